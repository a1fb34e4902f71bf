import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voices.coding.calibration import best_threshold
from voices.coding.doubt import NEVER_LEFT, NEVER_PUT, Doubt, Level, bar, binomial_tail, fit_doubt, quantile
from voices.domain import Aim, Certainty, CodedPassage

SURE, PROBABLE, REVIEW = Certainty


def drawn(count: int, seed: int, *, sharp: float = 3.0) -> tuple[np.ndarray, np.ndarray]:
    """Calibrated probabilities of one code, and whether it is there."""
    random = np.random.default_rng(seed)
    present = 1 / (1 + np.exp(-sharp * random.normal(size=(count, 1)) + 1))
    return present, random.random((count, 1)) < present


@pytest.mark.parametrize(
    ("count", "level", "rank"),
    [
        pytest.param(19, 0.95, 19, id="the nineteenth of nineteen"),
        pytest.param(18, 0.95, None, id="eighteen are too few for 95 %"),
        pytest.param(4, 0.8, 4, id="four are enough for 80 %"),
        pytest.param(99, 0.8, 80, id="the eightieth of ninety-nine"),
    ],
)
def test_the_quantile_counts_one_passage_more(count, level, rank):
    strange = np.arange(1.0, count + 1)[::-1]
    assert quantile(strange, level) == (rank if rank else math.inf)


@pytest.mark.parametrize(("level", "certainty"), [(0.95, SURE), (0.8, PROBABLE)])
@pytest.mark.parametrize("there", [True, False], ids=["there", "absent"])
def test_the_set_holds_the_truth_of_new_passages_as_often_as_it_says(level, certainty, there):
    """On average over draws, which is what split conformal prediction promises."""
    held = []
    for seed in range(60):
        fitted = fit_doubt(*drawn(400, seed)).levels[0][certainty]
        present, truth = drawn(400, 1000 + seed)
        held += [there in fitted.prediction_set(value) for value in present[truth == there]]
    assert level - 0.01 < np.mean(held) < level + 0.02


def test_codes_that_are_sure_are_right_as_often_as_said():
    """But for one fit in ten, which is the risk taken."""
    bad = 0
    for seed in range(40):
        doubt = fit_doubt(*drawn(1500, seed))
        present, truth = drawn(4000, 500 + seed)
        for put in (True, False):
            said = [doubt.certainty(0, float(value), put=put) is SURE for value in present[:, 0]]
            right = truth[:, 0][said] == put
            bad += bool(len(right)) and right.mean() < 0.94
    assert bad <= 8


def test_something_is_sure_where_answers_are_good_and_nothing_where_they_are_chance():
    good, chance = drawn(2000, 1, sharp=6), np.random.default_rng(1).random((2000, 1))
    assert {fit_doubt(*good).certainty(0, value, put=value > 0.5) for value in (0.001, 0.999)} == {SURE}
    doubt = fit_doubt(chance, np.random.default_rng(2).random((2000, 1)) < 0.5)
    assert {doubt.certainty(0, value, put=value > 0.5) for value in (0.0, 0.3, 0.7, 1.0)} == {REVIEW}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 300))
def test_a_surer_probability_is_never_less_certain(seed, count):
    doubt, order = fit_doubt(*drawn(count, seed)), list(Certainty)
    values = np.linspace(0, 1, 41)
    put = [order.index(doubt.certainty(0, float(value), put=True)) for value in values]
    left = [order.index(doubt.certainty(0, float(value), put=False)) for value in values]
    assert put == sorted(put, reverse=True)
    assert left == sorted(left)


@pytest.mark.parametrize(
    ("probability", "put", "holds", "found"),
    [
        pytest.param(0.9, True, True, {True}, id="put, and alone in the set"),
        pytest.param(0.55, True, False, {True, False}, id="put, but it could be the contrary"),
        pytest.param(0.7, True, False, {True}, id="put, under its bar"),
        pytest.param(0.05, False, True, {False}, id="left out, and alone in the set"),
        pytest.param(0.05, True, False, {False}, id="put, where the set says the contrary"),
    ],
)
def test_a_level_holds_where_the_set_and_the_bar_agree(probability, put, holds, found):
    level = Level(present_from=0.4, absent_to=0.6, put_from=0.8, left_to=0.1)
    assert level.holds(probability, put=put) is holds
    assert level.prediction_set(probability) == found


def test_an_empty_set_does_not_hold_the_contrary():
    level = Level(present_from=0.8, absent_to=0.2, put_from=0.5, left_to=NEVER_LEFT)
    assert level.prediction_set(0.6) == frozenset()
    assert level.holds(0.6, put=True)
    assert not level.holds(0.3, put=False)


def test_without_doubt_fitted_all_is_to_be_reviewed():
    assert Doubt().certainty(0, 0.99, put=True) is REVIEW


@pytest.mark.parametrize(
    ("wrong", "total", "rate", "expected"),
    [
        pytest.param(0, 10, 0.5, 0.5**10, id="none wrong"),
        pytest.param(1, 3, 0.5, 0.5, id="one of three"),
        pytest.param(2, 60, 0.2, sum(math.comb(60, k) * 0.2**k * 0.8 ** (60 - k) for k in range(3)), id="two of sixty"),
    ],
)
def test_the_binomial_tail_is_exact(wrong, total, rate, expected):
    assert binomial_tail(wrong, total, rate) == pytest.approx(expected)


def test_a_few_right_answers_prove_nothing():
    few, many = np.linspace(0.5, 1, 60), np.linspace(0.5, 1, 200)
    assert bar(few, np.ones(60, bool), above=0.0, level=0.95, never=NEVER_PUT) == NEVER_PUT
    assert bar(many, np.ones(200, bool), above=0.0, level=0.95, never=NEVER_PUT) == 0.5
    assert bar(many, np.ones(200, bool), above=0.99, level=0.95, never=NEVER_PUT) == NEVER_PUT


def test_a_bar_does_not_cut_equal_probabilities():
    surety, right = np.repeat([0.9, 0.4], 300), np.repeat([True, False], 300)
    assert bar(surety, right, above=0.0, level=0.95, never=NEVER_PUT) == 0.9


def test_a_passage_is_as_certain_as_its_least_certain_answer():
    coded = CodedPassage("p", (), {}, False, 0.0, {"accueil": SURE, "action": PROBABLE})
    assert coded.certainty is PROBABLE
    assert CodedPassage("p", (), {}, False, 0.0).certainty is REVIEW


def test_a_passage_outside_has_no_certainty_to_tell():
    coded = CodedPassage("p", (), {}, False, 0.0, {"accueil": SURE})
    assert (coded.standing, replace(coded, outside=True).standing) == ("sûr", "hors domaine")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=60))
def test_each_aim_gives_the_best_threshold_for_it(pairs):
    values, truth = np.array([value / 20 for value, _ in pairs]), np.array([right for _, right in pairs])
    if not truth.any():
        return
    tried = {bar: values >= bar for bar in np.unique(values)}
    recall = {bar: truth[said].sum() / truth.sum() for bar, said in tried.items()}
    precision = {bar: truth[said].mean() for bar, said in tried.items()}
    broad, cautious = (values >= best_threshold(values, truth, aim) for aim in (Aim.BROAD, Aim.CAUTIOUS))
    assert broad.sum() == min(said.sum() for bar, said in tried.items() if recall[bar] >= 0.9)
    if max(precision.values()) >= 0.8:
        assert cautious.sum() == max(said.sum() for bar, said in tried.items() if precision[bar] >= 0.8)
    else:
        half = {bar: 1.25 * truth[said].sum() / (said.sum() + 0.25 * truth.sum()) for bar, said in tried.items()}
        found = 1.25 * truth[cautious].sum() / (cautious.sum() + 0.25 * truth.sum())
        assert found == pytest.approx(max(half.values()))
