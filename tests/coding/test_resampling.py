import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, f1_score

from voices.coding.resampling import average_precision, calibration_error, draw, f1, interval, macro_f1, ratio

ROWS = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.floats(0, 1, width=16), st.integers(0, 3)), min_size=2, max_size=30
)


def _columns(rows):
    truth, said, probabilities, times = (np.array(column) for column in zip(*rows, strict=True))
    return truth, said, probabilities, np.asarray(times, np.float64)[None]


def _repeated(column, times):
    return np.repeat(column, times[0].astype(int))


@settings(deadline=None)
@given(ROWS)
def test_counting_a_passage_twice_is_having_it_twice(rows):
    truth, said, probabilities, times = _columns(rows)
    twice = [_repeated(column, times) for column in (truth, said, probabilities)]
    once = np.ones((1, len(twice[0])))
    assert f1(truth, said, times) == pytest.approx(f1(twice[0], twice[1], once))
    if len(twice[0]):
        assert average_precision(truth, probabilities, times) == pytest.approx(
            average_precision(twice[0], twice[2], once)
        )


@settings(deadline=None)
@given(ROWS)
def test_f1_and_average_precision_are_those_of_scikit_learn(rows):
    truth, said, probabilities, _ = _columns(rows)
    once = np.ones((1, len(truth)))
    assert f1(truth, said, once)[0] == pytest.approx(f1_score(truth, said, zero_division=0))
    if truth.any():
        expected = average_precision_score(truth, probabilities)
        assert average_precision(truth, probabilities, once)[0] == pytest.approx(expected)


@settings(deadline=None)
@given(ROWS)
def test_the_calibration_error_is_a_share_and_at_least_the_gap_of_the_means(rows):
    truth, _, probabilities, _ = _columns(rows)
    (found,) = calibration_error(truth, probabilities, np.ones((1, len(truth))))
    assert abs(probabilities.mean() - truth.mean()) - 1e-9 <= found <= 1


def test_macro_f1_is_the_mean_of_the_columns():
    truth = np.array([[1, 1], [1, 0], [1, 1], [0, 0], [0, 0]], bool)
    said = np.array([[1, 1], [1, 0], [0, 1], [1, 0], [0, 0]], bool)
    assert macro_f1(truth, said, np.ones((1, 5))) == pytest.approx((2 / 3 + 1) / 2)


def test_a_share_of_nothing_is_not_a_number():
    times = np.array([[1.0, 1.0], [2.0, 0.0]])
    assert ratio([0, 1], [0, 1], times).tolist() == [1.0, pytest.approx(np.nan, nan_ok=True)]


def test_the_first_round_is_the_sample_and_the_others_draw_whole_testimonies():
    times = draw(["a", "a", "b"], seed=0, rounds=50)
    assert times[0].tolist() == [1, 1, 1]
    assert {tuple(one) for one in times[1:].tolist()} == {(2, 2, 0), (1, 1, 1), (0, 0, 2)}


def test_the_interval_is_the_same_with_the_same_seed_and_holds_the_figure():
    values = np.arange(40.0)
    groups = [f"t{row // 4}" for row in range(40)]
    one, two = (interval(ratio(values, np.ones(40), draw(groups, seed=3))) for _ in range(2))
    assert one == two
    assert one[0] < values.mean() < one[1]


def test_rounds_without_a_figure_are_left_out_of_the_interval():
    assert interval(np.array([0.5, np.nan, 0.25, 0.25])) == (0.25, 0.25)
    assert interval(np.array([0.5, np.nan])) == (0.5, 0.5)
