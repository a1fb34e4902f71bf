"""From scores to probabilities that mean what they say, and to thresholds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from voices.domain import Aim

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Platt:
    """probability = 1 / (1 + exp(-(slope * score + offset))); slope is never negative, so order is kept."""

    slope: float
    offset: float

    def probability(self, scores: ArrayLike) -> Doubles:
        """Same shape as `scores`, float64 in [0, 1]."""
        return sigmoid(self.slope * np.asarray(scores, np.float64) + self.offset)


def sigmoid(scores: Doubles) -> Doubles:
    """1 / (1 + exp(-scores)), without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * scores)), np.float64)


def softmax(scores: Doubles) -> Doubles:
    """Probabilities over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float64)


def fit_platt(scores: ArrayLike, truth: ArrayLike) -> Platt:
    """The Platt scaling of out-of-fold scores (Platt 1999, with the smoothed targets and Newton steps of
    Lin, Lin and Weng 2007). Where scores rank backwards, slope is 0: the base rate for everyone.
    """
    values, labels = np.asarray(scores, np.float64), np.asarray(truth, bool)
    positives, negatives = int(labels.sum()), int((~labels).sum())
    target = np.where(labels, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    columns = np.stack([values, np.ones_like(values)], axis=1)
    weights = _newton(columns, target)
    if weights[0] < 0:
        return Platt(0.0, float(np.log(target.mean() / (1 - target.mean()))))
    return Platt(float(weights[0]), float(weights[1]))


def _newton(columns: Doubles, target: Doubles) -> Doubles:
    weights = np.zeros(columns.shape[1])
    for _ in range(50):
        probability = sigmoid(columns @ weights)
        slope = columns.T @ (probability - target)
        curve = columns.T @ (columns * (probability * (1 - probability))[:, None]) + 1e-9 * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights = weights - step * min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < 1e-9:
            break
    return weights


def fit_temperature(scores: Doubles, truth: NDArray[np.intp]) -> float:
    """What to multiply (n, k) scores by so that their softmax is least surprised by `truth` (Guo et al. 2017)."""
    grid = np.geomspace(0.1, 10, 81)
    rows = np.arange(len(truth))
    losses = [-np.log(np.maximum(softmax(scores * one)[rows, truth], 1e-12)).mean() for one in grid]
    return float(grid[int(np.argmin(losses))])


PRECISION, RECALL = 0.8, 0.9
"""What the cautious and the broad thresholds aim at."""


def best_threshold(probabilities: ArrayLike, truth: ArrayLike, aim: Aim = Aim.BALANCED) -> float:
    """The probability from which saying yes serves the aim best; 0.5 where nothing is true.

    Balanced: the best F1. Cautious: the lowest with a precision of 0.8; where none has it, the best F0.5, which weighs
    precision twice as much as recall (van Rijsbergen 1979). Broad: the highest with a recall of 0.9.
    Halfway between two neighbouring probabilities, the lowest of equals.
    """
    values, labels = np.asarray(probabilities, np.float64), np.asarray(truth, bool)
    if not labels.any():
        return 0.5
    order = np.argsort(-values, kind="stable")
    ranked = values[order]
    ends = np.append(ranked[1:] < ranked[:-1], True)  # passages of one probability are on one side
    worth = _worth(np.cumsum(labels[order]), ends, aim)
    last = len(worth) - 1 - int(np.argmax(worth[::-1]))
    following = ranked[last + 1] if last + 1 < len(ranked) else 0.0
    return float((ranked[last] + following) / 2)


def best_thresholds(probabilities: Doubles, truth: NDArray[np.bool_], aim: Aim) -> tuple[float, ...]:
    """The best threshold of each column of (n, k) probabilities."""
    return tuple(best_threshold(probabilities[:, k], truth[:, k], aim) for k in range(truth.shape[1]))


def _worth(found: NDArray[np.intp], ends: NDArray[np.bool_], aim: Aim) -> Doubles:
    """(n,) what it is worth to say yes to the first, the first two… of the passages; -1 where one cannot stop.

    `found` is how many of them are right.
    """
    said, everything = np.arange(1, len(found) + 1), found[-1]
    worth = 2 * found / (said + everything)
    precise = ends & (found >= PRECISION * said)
    if aim is Aim.BROAD:
        worth = np.where(found >= RECALL * everything, 1 / said, 0)
    elif aim is Aim.CAUTIOUS:
        worth = said * precise if precise.any() else 1.25 * found / (said + 0.25 * everything)
    return np.asarray(np.where(ends, worth, -1), np.float64)
