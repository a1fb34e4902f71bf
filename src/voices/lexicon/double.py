"""Double classification: what two descents agree on, made with units of two sizes (Reinert 1990; `rainette2`).

Every class met by one descent is crossed with every class met by the other. Crossings that are large and associated
enough are candidates; the best partition into k classes is the set of k candidates without a segment in common whose
total chi-square (or number of segments) is largest. What is in none of them stays unclassified.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

LEAST_SHARED = 10
"""A crossing of this many segments or fewer is no candidate."""
LEAST_CHI2 = 3.84
"""A crossing whose association is no stronger is no candidate: chance explains it once in twenty."""
MOST_TRIED = 1_000_000
"""Sets of candidates looked at before the search stops with the best found: it is then told that it stopped."""

Numbers = NDArray[np.int64]


class Best(StrEnum):
    """What makes a partition the best: its classes' association, or how many segments it classes."""

    CHI2 = "chi2"
    SIZE = "effectif"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A class of one descent (`first`) crossed with a class of the other (`second`), by their ranks as given."""

    first: int
    second: int
    members: frozenset[int]
    chi2: float

    @property
    def size(self) -> int:
        """How many segments are in both."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Partition:
    """Candidates without a segment in common. `whole` tells that no better one was left untried."""

    classes: tuple[Crossing, ...]
    whole: bool = True

    @property
    def chi2(self) -> float:
        """The sum of the classes' associations."""
        return sum(one.chi2 for one in self.classes)

    @property
    def size(self) -> int:
        """How many segments are classed."""
        return sum(one.size for one in self.classes)

    def labels(self, n_segments: int) -> Numbers:
        """(n_segments,) the rank of each segment's class, or -1 where it has none."""
        found = np.full(n_segments, -1)
        for rank, one in enumerate(self.classes):
            found[sorted(one.members)] = rank
        return found


def crossings(
    first: Sequence[NDArray[np.bool_]],
    second: Sequence[NDArray[np.bool_]],
    *,
    least_shared: int = LEAST_SHARED,
    least_chi2: float = LEAST_CHI2,
    full: bool = True,
) -> tuple[Crossing, ...]:
    """The candidates, in the order of the classes of the first descent, then of the second.

    Args:
        first: every class of one descent, each (n_segments,) whether a segment is in it, the whole left out.
        second: those of the other.
        least_shared: a candidate holds more segments than that.
        least_chi2: a candidate's association (chi-square with Yates's correction, negative under what is expected) is
            greater than that.
        full: keep every candidate; else only those whose two classes are each other's most associated.
    """
    found: dict[frozenset[int], Crossing] = {}
    for one, inside in enumerate(first):
        for other, within in enumerate(second):
            both = inside & within
            if both.sum() <= least_shared:
                continue
            chi2 = association(int(both.sum()), int(inside.sum()), int(within.sum()), len(both))
            if chi2 > least_chi2:
                members = frozenset(np.flatnonzero(both).tolist())
                found.setdefault(members, Crossing(one, other, members, chi2))
    candidates = tuple(found.values())
    return candidates if full else _mutual(candidates)


def association(both: int, first: int, second: int, total: int) -> float:
    """The chi-square (with Yates's correction) of being in two classes, negative where fewer are than by chance."""
    expected = first * second / total
    denominator = first * second * (total - first) * (total - second)
    if not denominator:
        return 0.0
    distance = abs(both - expected)
    chi2 = (distance - min(0.5, distance)) ** 2 * total**3 / denominator
    return chi2 if both >= expected else -chi2


def partition(
    candidates: Sequence[Crossing], classes: int, *, best: Best = Best.CHI2, most_tried: int = MOST_TRIED
) -> Partition | None:
    """The best partition into that many classes, the largest class first, or None where there is none.

    The other criterion decides between equals.
    """
    search = _Search(candidates, classes, best, most_tried)
    chosen = search.best()
    if chosen is None:
        return None
    ranked = sorted(chosen, key=lambda one: (-one.size, min(one.members)))
    return Partition(tuple(ranked), whole=search.left > 0)


def _mutual(candidates: Sequence[Crossing]) -> tuple[Crossing, ...]:
    of_first: dict[int, Crossing] = {}
    of_second: dict[int, Crossing] = {}
    for one in candidates:
        of_first[one.first] = max(of_first.get(one.first, one), one, key=lambda crossing: crossing.chi2)
        of_second[one.second] = max(of_second.get(one.second, one), one, key=lambda crossing: crossing.chi2)
    return tuple(one for one in candidates if of_first[one.first] is one and of_second[one.second] is one)


Worth = tuple[float, float]


@dataclass(slots=True)
class _Search:
    """Branch and bound: candidates from the worthiest down; a branch that cannot beat the best found is left."""

    given: Sequence[Crossing]
    classes: int
    criterion: Best
    left: int
    candidates: list[Crossing] = field(init=False)
    worths: list[Worth] = field(init=False)
    apart: list[int] = field(init=False)
    found: tuple[int, ...] | None = field(init=False, default=None)
    worth: Worth = field(init=False, default=(-1.0, -1.0))

    def __post_init__(self) -> None:
        self.candidates = sorted(self.given, key=lambda one: (*(-part for part in self._worth(one)), min(one.members)))
        self.worths = [self._worth(one) for one in self.candidates]
        overlaps = _overlaps(self.candidates)
        self.apart = [
            sum(1 << other for other in np.flatnonzero(overlaps[at] == 0).tolist() if other > at)
            for at in range(len(self.candidates))
        ]

    def best(self) -> list[Crossing] | None:
        self._extend((), (0.0, 0.0), (1 << len(self.candidates)) - 1)
        return None if self.found is None else [self.candidates[at] for at in self.found]

    def _worth(self, one: Crossing) -> Worth:
        return (one.chi2, one.size) if self.criterion is Best.CHI2 else (one.size, one.chi2)

    def _extend(self, chosen: tuple[int, ...], worth: Worth, allowed: int) -> None:
        wanted = self.classes - len(chosen)
        if not wanted:
            if worth > self.worth:
                self.found, self.worth = chosen, worth
            return
        rest = list(_bits(allowed))
        for rank, at in enumerate(rest):
            if len(rest) - rank < wanted or not self._may_beat(worth, rest[rank:], wanted) or self.left <= 0:
                return
            self.left -= 1
            own = self.worths[at]
            self._extend((*chosen, at), (worth[0] + own[0], worth[1] + own[1]), allowed & self.apart[at])

    def _may_beat(self, worth: Worth, rest: Sequence[int], wanted: int) -> bool:
        """Whether the best that could be hoped for is better: on what counts first or, equal there, on the other."""
        hoped = worth[0] + sum(self.worths[at][0] for at in rest[:wanted])
        if hoped != self.worth[0]:
            return hoped > self.worth[0]
        return worth[1] + sum(sorted((self.worths[at][1] for at in rest), reverse=True)[:wanted]) > self.worth[1]


def _overlaps(candidates: Sequence[Crossing]) -> Numbers:
    """(n, n) how many segments two candidates have in common."""
    rows = np.repeat(np.arange(len(candidates)), [one.size for one in candidates])
    columns = np.fromiter((member for one in candidates for member in one.members), dtype=np.int64, count=len(rows))
    shape = (len(candidates), int(columns.max(initial=-1)) + 1)
    held = sparse.coo_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape).tocsr()
    return np.asarray((held @ held.T).toarray())


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
