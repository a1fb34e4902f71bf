import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.coding.calibration import Platt, best_threshold, fit_platt, fit_temperature, softmax

SCORES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30)
JUDGED = st.lists(st.tuples(st.floats(-20, 20), st.booleans()), min_size=4, max_size=60)


@given(SCORES, st.floats(0, 50), st.floats(-50, 50))
def test_probabilities_lie_between_0_and_1_and_keep_the_order(scores, slope, offset):
    ordered = np.sort(np.array(scores))
    found = Platt(slope, offset).probability(ordered)
    assert ((found >= 0) & (found <= 1)).all()
    assert (np.diff(found) >= 0).all()


@given(JUDGED)
def test_a_fitted_calibration_never_turns_the_order_round(judged):
    scores, truth = zip(*judged, strict=True)
    platt = fit_platt(scores, truth)
    assert platt.slope >= 0
    assert np.isfinite([platt.slope, platt.offset]).all()


def test_scores_that_tell_the_log_odds_are_left_alone():
    random = np.random.default_rng(0)
    scores = random.normal(-1, 2, 20_000)
    truth = random.random(20_000) < 1 / (1 + np.exp(-scores))
    platt = fit_platt(scores, truth)
    assert platt.slope == pytest.approx(1, abs=0.05)
    assert platt.offset == pytest.approx(0, abs=0.05)


def test_scores_that_rank_backwards_give_everyone_the_base_rate():
    platt = fit_platt([3, 2, 1, 0], [False, False, True, True])
    assert platt.slope == 0
    assert platt.probability([-5, 5]) == pytest.approx([0.5, 0.5])


@given(JUDGED)
def test_no_threshold_gives_a_better_f1_than_the_chosen_one(judged):
    scores, truth = (np.array(column) for column in zip(*judged, strict=True))

    def f1(threshold: float) -> float:
        said = scores >= threshold
        return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))

    tried = [f1(one) for one in [*scores, -21]]
    if truth.any() and scores.min() >= 0:
        assert f1(best_threshold(scores, truth)) == pytest.approx(max(tried))


def test_the_threshold_lies_halfway_to_the_next_probability():
    assert best_threshold([0.9, 0.6, 0.2, 0.1], [True, True, False, False]) == pytest.approx(0.4)


def test_the_temperature_of_scores_twice_too_sure_is_a_half():
    random = np.random.default_rng(1)
    scores = random.normal(0, 1.5, (20_000, 3))
    truth = np.array([random.choice(3, p=row) for row in softmax(scores)])
    assert fit_temperature(2 * scores, truth) == pytest.approx(0.5, rel=0.06)
