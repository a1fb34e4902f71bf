"""Training of the border: what tells a testimony about such a place from an ordinary text."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from voices.coding.features import BUCKETS, Floats, plain
from voices.coding.fitting import INNER_FOLDS, LEXICAL_C, Rows, Table
from voices.coding.folds import splits
from voices.coding.lexical import tally, weighed
from voices.coding.model import CoderModel
from voices.coding.outside import Border
from voices.ports import Encoder

DENSE_C = 0.01
"""Inverse strength of the L2 penalty, the best of five tried on corpora/outside/learn.txt."""

FLAGGED = 0.02
"""At most that share of passages of the coder's own kind may be taken for something else."""


def fit_border(model: CoderModel, table: Table, outside: Sequence[str], encoder: Encoder, *, seed: int) -> Border:
    """The border between the passages of the table and those texts.

    A mean of two logistic regressions, as for codes, or that on n-grams where there are no vectors. The bar is the
    conformal quantile of the log-odds of passages, out of fold by testimony: a further passage of their kind falls
    under it with probability 2 % at most (Bates, Candès, Lei, Romano and Sesia 2023, « Testing for outliers with
    conformal p-values »).
    """
    vectors = np.vstack([table.vectors.text, encoder.encode([plain(text) for text in outside])])
    dense = model.scaling.texts(vectors)
    lexical = weighed(sparse.vstack([table.grams, tally(outside)], format="csr"), model.weights.idf)
    passages, others = len(table.passages), np.arange(len(table.passages), len(dense))
    held = np.zeros(passages)
    for learn, judge in splits(table.passages, INNER_FOLDS, seed=seed):
        border = _fit(dense, lexical, np.concatenate([learn, others]), passages)
        held[judge] = dense[judge] @ border.dense + lexical[judge] @ border.lexical + border.bias
    rank = int(FLAGGED * (passages + 1))
    bar = float(np.sort(held)[rank - 1]) if rank else -np.inf
    whole = _fit(dense, lexical, np.arange(len(dense)), passages)
    return Border(whole.dense, whole.lexical, whole.bias, bar)


def _fit(dense: Floats, lexical: "sparse.csr_matrix", rows: Rows, passages: int) -> Border:
    """Rows under `passages` are passages, the others are texts from elsewhere. The two weigh the same in all."""
    truth: NDArray[np.bool_] = rows < passages
    used = np.unique(lexical[rows].indices)
    two = LogisticRegression(C=LEXICAL_C, class_weight="balanced", solver="liblinear").fit(
        lexical[rows][:, used], truth
    )
    weights, bias = np.zeros(BUCKETS), float(two.intercept_[0])
    weights[used] = two.coef_[0]
    along = np.zeros(0)
    if dense.shape[1]:
        one = LogisticRegression(C=DENSE_C, class_weight="balanced", max_iter=300).fit(dense[rows], truth)
        along, weights, bias = one.coef_[0] / 2, weights / 2, (float(one.intercept_[0]) + bias) / 2
    return Border(
        dense=along.astype(np.float32),
        # Through float16, as it is stored (see fitting.with_examples).
        lexical=weights.astype(np.float16).astype(np.float32),
        bias=bias,
        bar=-np.inf,
    )
