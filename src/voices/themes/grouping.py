"""The groups of a corpus: how many there are is tried out, the number that gives most groups that hold is kept."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.domain import STABLE
from voices.themes import groups
from voices.themes.groups import Labels, Method
from voices.themes.stability import drawn_again, stability

_TRIES = 8
"""Draws of the corpus for each number of groups; stability itself is then measured on other draws."""
_OTHER = 1
"""Added to the seed for those other draws: what was chosen on some draws looks better on them than it is."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to group passages, settled for one corpus: it does the same for the corpus less a fifth."""

    method: Method
    n_groups: int
    seed: int

    def __call__(self, vectors: NDArray[np.float32]) -> Labels:
        """(n,) groups. `vectors`: (n, dim) float32, centred, rows L2-normalised."""
        return groups.settle(vectors, self.method.group(vectors, self.n_groups, self.seed))

    def final(self, vectors: NDArray[np.float32], docs: list[str]) -> Labels:
        """The same groups, through BERTopic where the method has it. `docs`: the passages' lemmas between spaces."""
        return groups.settle(vectors, self.method.final(vectors, docs, self.n_groups, self.seed))

    def drawn_again(self, vectors: NDArray[np.float32], labels: Labels) -> NDArray[np.float64]:
        """(draws, groups) in [0, 1]: how well each group of `labels` is found again where passages are missing."""
        return drawn_again(vectors, labels, self, seed=self.seed + _OTHER)


def settled(vectors: NDArray[np.float32], seed: int) -> Grouping:
    """The grouping for that corpus: of the numbers of groups tried, the one with most groups that hold; where equal,
    with most passages in them.
    """
    method = groups.method_for(len(vectors))
    several = [Grouping(method, count, seed) for count in method.counts(len(vectors))]
    return several[0] if len(several) == 1 else max(several, key=lambda one: _held(vectors, one))


def _held(vectors: NDArray[np.float32], grouping: Grouping) -> tuple[int, int]:
    """How many groups hold, and how many passages are in them."""
    labels = grouping(vectors)
    holds = stability(drawn_again(vectors, labels, grouping, seed=grouping.seed, times=_TRIES)) >= STABLE
    return int(holds.sum()), int(np.bincount(labels[labels != groups.NOBODY], minlength=len(holds))[holds].sum())
