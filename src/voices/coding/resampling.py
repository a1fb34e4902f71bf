"""Figures over testimonies drawn again: every round at once, as products of counts. numpy only.

`times` is (rounds, n) float64: how often each passage counts in each round. The first round is the sample itself.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Doubles = NDArray[np.float64]

ROUNDS = 500
BINS = 10


def draw(groups: Sequence[str], *, seed: int, rounds: int = ROUNDS) -> Doubles:
    """(1 + rounds, n): once each, then whole groups (testimonies) drawn again with replacement."""
    random = np.random.default_rng(seed)
    names, group = np.unique(np.array(groups), return_inverse=True)
    drawn = [np.ones(len(names))] + [
        np.bincount(random.integers(len(names), size=len(names)), minlength=len(names)) for _ in range(rounds)
    ]
    return np.asarray(np.stack(drawn)[:, group], np.float64)


def ratio(parts: ArrayLike, wholes: ArrayLike, times: Doubles) -> Doubles:
    """(rounds,) sum of the passages' parts over the sum of their wholes; NaN in a round where the whole is nothing.

    `parts` and `wholes` are counts, (n,) or, to have a figure a column, (n, m): then the result is (rounds, m).
    """
    above, below = times @ np.asarray(parts, np.float64), times @ np.asarray(wholes, np.float64)
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def f1(truth: ArrayLike, said: ArrayLike, times: Doubles) -> Doubles:
    """F1 of what was said, by round (and by column); 0 where nothing is said nor true."""
    true, yes = np.asarray(truth, np.float64), np.asarray(said, np.float64)
    return np.nan_to_num(ratio(2 * true * yes, true + yes, times))


def macro_f1(truth: ArrayLike, said: ArrayLike, times: Doubles) -> Doubles:
    """(rounds,) the mean F1 of the columns."""
    return np.asarray(f1(truth, said, times).mean(axis=1), np.float64)


def average_precision(truth: ArrayLike, probabilities: ArrayLike, times: Doubles) -> Doubles:
    """(rounds,) the area under the precision-recall steps; ties share one step. 0 where nothing is true."""
    true, values = np.asarray(truth, bool), np.asarray(probabilities, np.float64)
    order = np.argsort(-values, kind="stable")
    ends = np.append(values[order][1:] < values[order][:-1], True)
    seen = np.cumsum(times[:, order], axis=1)[:, ends]
    found = np.cumsum(times[:, order] * true[order], axis=1)[:, ends]
    steps = np.diff(found, prepend=0, axis=1) * found / np.maximum(seen, 1e-12)
    return np.asarray(steps.sum(axis=1) / np.maximum(found[:, -1], 1e-12), np.float64)


def calibration_error(truth: ArrayLike, probabilities: ArrayLike, times: Doubles, *, bins: int = BINS) -> Doubles:
    """(rounds,) the mean gap between probability and frequency, over bins of equal counts (adaptive ECE).

    Source: Nixon et al. 2019, « Measuring calibration in deep learning ». Bins are cut anew in each round; a passage
    drawn several times stands in one bin.
    """
    true, values = np.asarray(truth, np.float64), np.asarray(probabilities, np.float64)
    if not len(values):
        return np.zeros(len(times))
    order = np.argsort(values, kind="stable")
    drawn = times[:, order]
    total = np.maximum(drawn.sum(axis=1, keepdims=True), 1e-12)
    place = np.minimum((np.cumsum(drawn, axis=1) - drawn) * bins / total, bins - 1).astype(np.intp)
    place += bins * np.arange(len(times))[:, None]
    gaps = np.bincount(place.ravel(), (drawn * (values - true)[order]).ravel(), minlength=bins * len(times))
    return np.asarray(np.abs(gaps).reshape(-1, bins).sum(axis=1) / total[:, 0], np.float64)


def interval(values: Doubles) -> tuple[float, float]:
    """The 2.5 and 97.5 % points of the rounds after the first, those without a figure left out."""
    known = values[1:][~np.isnan(values[1:])]
    low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (values[0], values[0])
    return float(low), float(high)
