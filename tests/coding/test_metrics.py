import numpy as np
import pytest

from voices.coding.metrics import average_precision, calibration_error, macro_f1, scores


@pytest.mark.parametrize(
    ("truth", "said", "expected"),
    [
        pytest.param([1, 1, 1, 0, 0], [1, 1, 0, 1, 0], (2 / 3, 2 / 3, 2 / 3), id="two of three each way"),
        pytest.param([1, 1, 1, 1], [1, 0, 0, 0], (1, 1 / 4, 2 / 5), id="one said, four true"),
        pytest.param([0, 0], [0, 0], (0, 0, 0), id="nothing said, nothing true"),
        pytest.param([0, 1], [1, 0], (0, 0, 0), id="all wrong"),
    ],
)
def test_precision_recall_and_f1_are_those_counted_by_hand(truth, said, expected):
    found = scores(truth, said)
    assert (found.precision, found.recall, found.f1) == pytest.approx(expected)


def test_macro_f1_is_the_mean_of_the_columns():
    truth = np.array([[1, 1], [1, 0], [1, 1], [0, 0], [0, 0]], bool)
    said = np.array([[1, 1], [1, 0], [0, 1], [1, 0], [0, 0]], bool)
    assert macro_f1(truth, said) == pytest.approx((2 / 3 + 1) / 2)


@pytest.mark.parametrize(
    ("truth", "probabilities", "expected"),
    [
        pytest.param([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], (1 + 2 / 3) / 2, id="first and third"),
        pytest.param([1, 0], [0.5, 0.5], 0.5, id="a tie is one step"),
        pytest.param([0, 0], [0.5, 0.1], 0.0, id="nothing true"),
        pytest.param([1, 1], [0.1, 0.2], 1.0, id="all true"),
    ],
)
def test_average_precision_is_the_one_counted_by_hand(truth, probabilities, expected):
    assert average_precision(truth, probabilities) == pytest.approx(expected)


def test_calibration_error_is_the_mean_gap_over_bins_of_equal_counts():
    probabilities = [0.1, 0.3, 0.6, 0.8]
    # Bins {0.1, 0.3} and {0.6, 0.8}: means 0.2 and 0.7; frequencies 0.5 and 1.
    assert calibration_error([0, 1, 1, 1], probabilities, bins=2) == pytest.approx((0.3 + 0.3) / 2)
