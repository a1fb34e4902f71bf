"""How well groups hold: the corpus is drawn anew many times, less a fifth, and grouped again.

C. Hennig, « Cluster-wise assessment of cluster stability », *Computational Statistics & Data Analysis*, 52, 2007.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from voices.themes.groups import NOBODY, Labels

RESAMPLES = 20
SHARE = 0.8
"""Of the passages, drawn without putting any back: a passage twice in a corpus would make groups of its own."""
MOST = 10_000
"""Passages of one draw, however many there are."""

FOUND = 0.5
"""From this Jaccard index on, a group of a draw is the group itself: under it, Hennig has it dissolved."""

Group = Callable[[NDArray[np.float32]], Labels]
"""The groups of passages, from their vectors (n, dim)."""


def drawn_again(
    vectors: NDArray[np.float32], labels: Labels, group: Group, *, seed: int, times: int = RESAMPLES
) -> NDArray[np.float64]:
    """(draws, groups) in [0, 1]: for each group of `labels`, the Jaccard index with the group most like it, on the
    passages drawn; NaN where the draw has no passage of the group, and says nothing of it.
    """
    chance = np.random.default_rng(seed)
    size = min(round(SHARE * len(labels)), MOST)
    return np.array(
        [
            likeness(labels[some], group(vectors[some]), int(labels.max(initial=NOBODY)) + 1)
            for some in (np.sort(chance.choice(len(labels), size, replace=False)) for _ in range(times))
        ]
    )


def stability(found: NDArray[np.float64]) -> NDArray[np.float64]:
    """(groups,) in [0, 1]: the mean over draws. `found`: what `drawn_again` gives."""
    drawn = ~np.isnan(found)
    means: NDArray[np.float64] = np.where(drawn, found, 0).sum(axis=0) / np.maximum(drawn.sum(axis=0), 1)
    return means


def times_found(found: NDArray[np.float64]) -> NDArray[np.intp]:
    """(groups,): in how many draws each group is found again. `found`: what `drawn_again` gives."""
    times: NDArray[np.intp] = (np.nan_to_num(found) >= FOUND).sum(axis=0)
    return times


def likeness(before: Labels, after: Labels, n_groups: int) -> NDArray[np.float64]:
    """(groups,): the highest Jaccard index of each group with a group after, NaN where nothing of it is there."""
    n_after = int(after.max(initial=NOBODY)) + 1
    # NOBODY goes into a row and a column of its own, which are then left out.
    common = np.zeros((n_groups + 1, n_after + 1))
    np.add.at(common, (before, after), 1)
    of, of_after = common.sum(axis=1)[:-1], common.sum(axis=0)[:-1]
    common = common[:-1, :-1]
    best: NDArray[np.float64] = (common / np.maximum(of[:, None] + of_after - common, 1)).max(axis=1, initial=0)
    return np.where(of > 0, best, np.nan)
