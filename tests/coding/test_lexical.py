import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from tests.coding.fakes import labelled
from voices.coding.features import BUCKETS, weighted
from voices.coding.fitting import LEXICAL_C, lexical_regression
from voices.coding.lexical import inverse_frequency, tally, weighed

TEXTS = st.lists(st.text(alphabet="aàbé ’1.", max_size=30), min_size=1, max_size=6)


@given(TEXTS, st.integers(0, 2**32 - 1))
def test_a_matrix_weighs_texts_as_a_coder_does(texts, seed):
    idf = np.random.default_rng(seed).uniform(1, 5, BUCKETS).astype(np.float32)
    found = weighed(tally(texts), idf)
    assert found.shape == (len(texts), BUCKETS)
    for row, text in enumerate(texts):
        buckets, values = weighted(text, idf)
        assert found[row].indices.tolist() == buckets.tolist()
        assert found[row].data == pytest.approx(values, abs=1e-6)


def test_rare_words_weigh_more():
    grams = tally(["pain", "pain", "pain sel"])
    idf = inverse_frequency(grams)
    everywhere, rare = grams[0].indices, tally(["sel"]).indices
    assert idf[everywhere] == pytest.approx(1)
    assert idf[rare] == pytest.approx(np.log(4 / 2) + 1)


@pytest.mark.parametrize("code", ["accueil", "action"])
def test_the_quick_regression_finds_the_optimum_of_the_slow_one(code):
    passages = labelled()
    grams = tally([one.text for one in passages])
    lexical = weighed(grams, inverse_frequency(grams))
    truth = np.array([code in one.codes for one in passages])
    slow = LogisticRegression(C=LEXICAL_C, solver="liblinear", tol=1e-8, max_iter=1000).fit(lexical, truth)
    quick = lexical_regression().fit(lexical, truth)
    assert quick.decision_function(lexical) == pytest.approx(slow.decision_function(lexical), abs=0.01)
    assert not quick.coef_[0, np.setdiff1d(np.arange(BUCKETS), grams.indices)].any()
