"""Figures of one sample: F1, average precision, calibration error. numpy only. Intervals: `resampling`."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from voices.coding import resampling


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1 of one yes/no question. A share of nothing counts 0."""

    precision: float
    recall: float
    f1: float


def scores(truth: ArrayLike, said: ArrayLike) -> Scores:
    """Precision, recall and F1 of what was said."""
    true, yes = np.asarray(truth, bool), np.asarray(said, bool)
    hits = float((true & yes).sum())
    precision = hits / yes.sum() if yes.any() else 0.0
    recall = hits / true.sum() if true.any() else 0.0
    f1 = 2 * hits / (yes.sum() + true.sum()) if yes.any() or true.any() else 0.0
    return Scores(float(precision), float(recall), float(f1))


def macro_f1(truth: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    """The mean F1 of the columns."""
    return float(np.mean([scores(truth[:, k], said[:, k]).f1 for k in range(truth.shape[1])]))


def average_precision(truth: ArrayLike, probabilities: ArrayLike) -> float:
    """The area under the precision-recall steps; ties share one step. 0 where nothing is true."""
    return float(resampling.average_precision(truth, probabilities, _once(truth))[0])


def calibration_error(truth: ArrayLike, probabilities: ArrayLike, *, bins: int = resampling.BINS) -> float:
    """The mean gap between probability and frequency, over bins of equal counts (adaptive ECE)."""
    return float(resampling.calibration_error(truth, probabilities, _once(truth), bins=bins)[0])


def _once(rows: ArrayLike) -> resampling.Doubles:
    """Each row counted once."""
    return np.ones((1, len(np.asarray(rows))))
