"""Figures: F1, average precision, calibration error, and intervals by resampling testimonies. numpy only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Interval = tuple[float, float]


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
    true, values = np.asarray(truth, bool), np.asarray(probabilities, np.float64)
    if not true.any():
        return 0.0
    order = np.argsort(-values, kind="stable")
    ends = np.append(values[order][1:] < values[order][:-1], True)
    found = np.cumsum(true[order])[ends]
    precision = found / (np.flatnonzero(ends) + 1)
    return float((np.diff(found, prepend=0) * precision).sum() / true.sum())


def calibration_error(truth: ArrayLike, probabilities: ArrayLike, *, bins: int = 10) -> float:
    """The mean gap between probability and frequency, over bins of equal counts (adaptive ECE)."""
    true, values = np.asarray(truth, np.float64), np.asarray(probabilities, np.float64)
    order = np.argsort(values, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [abs(values[part].mean() - true[part].mean()) * len(part) for part in parts]
    return float(sum(gaps) / len(values)) if len(values) else 0.0


def bootstrap(
    groups: Sequence[str], figure: Callable[[NDArray[np.intp]], float], *, seed: int, rounds: int = 500
) -> Interval:
    """The 2.5 and 97.5 % points of a figure when whole groups (testimonies) are drawn again with replacement.

    `figure` is given the drawn rows, as indices.
    """
    random = np.random.default_rng(seed)
    members: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    parts = [np.array(rows, np.intp) for rows in members.values()]
    drawn = [
        figure(np.concatenate([parts[one] for one in random.integers(len(parts), size=len(parts))]))
        for _ in range(rounds)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)
