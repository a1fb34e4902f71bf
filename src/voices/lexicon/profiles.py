"""What sets each class of segments apart: its words, the segments most like it, the places, periods, codes it goes by.

All is counted on classed segments. A word's chi-square is that of the table « in the class or not » × « said or not »,
without correction, negative where the class says it less than the others do: as ALCESTE and IRaMuTeQ tell it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.stats import chi2 as chi2_law
from scipy.stats import false_discovery_control

from voices.lexicon.parts import Parts
from voices.lexicon.segments import Segments
from voices.lexicon.table import Cell

RATE = 0.05
"""Of the crossings said to hold, the share that chance may have made."""
FEW = 5
"""Of a part that fewer testimonies tell, no difference is claimed."""

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, repr=False)
class Profiles:
    """Of each class (row) and column: how many classed segments of the class have it, and its signed chi-square.

    `totals` are the classed segments that have each column, `sizes` those of each class.
    """

    inside: Numbers
    totals: Numbers
    sizes: Numbers
    chi2: Reals

    def __repr__(self) -> str:
        return f"Profiles({len(self.sizes)} classes, {len(self.totals)} colonnes)"

    @property
    def chances(self) -> Reals:
        """The chance of a chi-square as large, with one degree of freedom."""
        return np.asarray(chi2_law.sf(np.abs(self.chi2), 1))

    def share(self, rank: int) -> Reals:
        """Of the class's segments, the share that have each column."""
        return np.asarray(self.inside[rank] / max(int(self.sizes[rank]), 1))

    def elsewhere(self, rank: int) -> Reals:
        """Of the segments of other classes, the share that have each column."""
        others = int(self.sizes.sum() - self.sizes[rank])
        return np.asarray((self.totals - self.inside[rank]) / max(others, 1))


def profile(present: sparse.csr_array, labels: Numbers) -> Profiles:
    """The profiles of the classes 0, 1, 2… that `labels` gives the rows; those of -1 are counted nowhere.

    `present` is (n_segments, n_columns), 1 where a segment has what the column stands for.
    """
    inside = np.asarray((_members(labels).T @ present).toarray(), dtype=np.int64)
    sizes = np.bincount(labels[labels >= 0], minlength=inside.shape[0]).astype(np.int64)
    totals = inside.sum(axis=0)
    return Profiles(inside, totals, sizes, signed_chi2(inside, sizes[:, None], totals[None, :], int(sizes.sum())))


def signed_chi2(both: Numbers, first: Numbers, second: Numbers, total: int) -> Reals:
    """The chi-square of being in two sets of `first` and `second` among `total`, negative under what chance would put.

    Arrays are broadcast. 0 where a set is empty or everything.
    """
    apart = both * float(total) - first * second.astype(np.float64)
    margins = (first * (total - first)).astype(np.float64) * (second * (total - second)).astype(np.float64)
    found = np.divide(apart * np.abs(apart) * total, margins, out=np.zeros(apart.shape), where=margins > 0)
    return np.asarray(found)


def closest(present: sparse.csr_array, labels: Numbers, profiles: Profiles, rank: int, number: int) -> Numbers:
    """The segments most like their class: those whose words of the class have the largest sum of chi-squares."""
    members = np.flatnonzero(labels == rank)
    scores = present[members] @ np.maximum(profiles.chi2[rank], 0)
    return np.asarray(members[np.lexsort((members, -scores))[:number]], dtype=np.int64)


@dataclass(frozen=True, slots=True, repr=False)
class Crossed:
    """Classes crossed with the parts of the corpus made `by` a place, a period, a code…

    `profiles` counts segments. `voices` and `whole` count testimonies (classes × parts): those that have a segment both
    in the part and in the class, those that have one in the part. `chances` are those of the chi-square divided by its
    design effect, since the segments of one testimony are not independent; NaN where the part, or the rest, is told by
    too few testimonies. `holds` marks those that remain once it is counted how many were looked at (Benjamini and
    Hochberg 1995, 5 %).
    """

    by: str
    names: tuple[str, ...]
    profiles: Profiles
    voices: Numbers
    whole: Numbers
    chances: Reals
    holds: NDArray[np.bool_]

    columns: ClassVar = (
        *("partie", "classe", "segments", "segments_de_la_partie", "part_de_la_partie", "part_ailleurs", "chi2"),
        *("temoignages", "temoignages_de_la_partie", "p", "tient"),
    )

    def __repr__(self) -> str:
        return f"Crossed({self.by}\u202f: {len(self.names)} parties, {len(self.profiles.sizes)} classes)"

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """A row a part and class, part by part, the class that goes most with it first."""
        n = int(self.profiles.sizes.sum())
        for part, name in enumerate(self.names):
            size = int(self.profiles.totals[part])
            for rank in np.argsort(-self.profiles.chi2[:, part], kind="stable").tolist():
                both = int(self.profiles.inside[rank, part])
                rest = int(self.profiles.sizes[rank]) - both
                chance = self.chances[rank, part]
                yield (
                    *(name, rank + 1, both, size, round(both / max(size, 1), 4), round(rest / max(n - size, 1), 4)),
                    round(float(self.profiles.chi2[rank, part]), 2),
                    *(int(self.voices[rank, part]), int(self.whole[part])),
                    *(None if np.isnan(chance) else float(f"{chance:.3g}"), "oui" if self.holds[rank, part] else "non"),
                )


@dataclass(frozen=True, slots=True, repr=False)
class Listing:
    """A table of results, as it is written into a file."""

    columns: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]

    def __repr__(self) -> str:
        return f"Listing({len(self.lines)} lignes\u202f: {', '.join(self.columns)})"

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows, in order."""
        return iter(self.lines)


def together(crossed: Sequence[Crossed]) -> Listing:
    """One table of several crossings."""
    return Listing(("selon", *Crossed.columns), tuple((one.by, *row) for one in crossed for row in one.rows()))


def cross(segments: Segments, labels: Numbers, parts: Parts, by: str) -> Crossed:
    """The classes crossed with parts of passages; segments of no class are left out."""
    members = sparse.csr_array(parts.members[segments.passage])
    found = profile(members, labels)
    classed = labels >= 0
    told = _told(segments.testimony[classed])
    classes, here = _members(labels)[classed], sparse.csr_array(members[classed])
    voices, whole = _voices(told, classes, here)
    away = np.array([int(((told.sum(axis=1) - one) > 0).sum()) for one in (told @ here).toarray().T])
    chances = np.asarray(chi2_law.sf(np.abs(found.chi2) / design_effects(told, classes, here), 1))
    chances[:, (whole < FEW) | (away < FEW)] = np.nan
    return Crossed(by, parts.names, found, voices, whole, chances, _holding(chances))


def design_effects(told: sparse.csr_array, classes: sparse.csr_array, parts: sparse.csr_array) -> Reals:
    """(classes, parts) how many times less a segment counts than if no other were of its testimony, 1 at least.

    The variance of how classes and parts go together, summed by testimony, over what it is for independent segments:
    the correction that Rao and Scott (1981) bring to a chi-square counted on clusters.

    Args:
        told: (testimonies, n) 1 where a segment is of the testimony.
        classes: (n, classes) 1 where a segment is of the class.
        parts: (n, parts) 1 where a segment is in the part.
    """
    n = told.shape[1]
    sizes = told.sum(axis=1)
    in_class, in_part = (told @ classes).toarray(), (told @ parts).toarray()
    p, x = classes.sum(axis=0) / n, parts.sum(axis=0) / n
    found = np.ones((classes.shape[1], parts.shape[1]))
    for part in range(parts.shape[1]):
        both = (told @ classes.multiply(parts[:, [part]]).tocsr()).toarray()
        apart = both - np.outer(in_part[:, part], p) - x[part] * in_class + x[part] * np.outer(sizes, p)
        alone = n * p * (1 - p) * x[part] * (1 - x[part])
        found[:, part] = np.divide((apart**2).sum(axis=0), alone, out=np.ones(len(p)), where=alone > 0)
    return np.maximum(found, 1.0)


def _holding(chances: Reals) -> NDArray[np.bool_]:
    holds = np.zeros(chances.shape, dtype=bool)
    known = ~np.isnan(chances)
    if known.any():
        holds[known] = false_discovery_control(chances[known]) <= RATE
    return holds


def _members(labels: Numbers) -> sparse.csr_array:
    """(n, classes) 1 where a row is of the class."""
    rows = np.flatnonzero(labels >= 0)
    shape = (len(labels), int(labels.max(initial=-1)) + 1)
    return sparse.coo_array((np.ones(len(rows), dtype=np.int64), (rows, labels[rows])), shape=shape).tocsr()


def _told(testimony: Numbers) -> sparse.csr_array:
    """(testimonies, n) 1 where a segment is of the testimony."""
    numbers = np.unique(testimony, return_inverse=True)[1]
    shape = (int(numbers.max(initial=-1)) + 1, len(numbers))
    where = (numbers, np.arange(len(numbers)))
    return sparse.coo_array((np.ones(len(numbers), dtype=np.int64), where), shape=shape).tocsr()


def _voices(told: sparse.csr_array, classes: sparse.csr_array, inside: sparse.csr_array) -> tuple[Numbers, Numbers]:
    """How many testimonies have a segment in both the class and the part (classes × parts), and in the part."""
    both = [
        np.asarray(((told @ inside.multiply(classes[:, [rank]]).tocsr()) > 0).sum(axis=0), dtype=np.int64)
        for rank in range(classes.shape[1])
    ]
    whole = np.asarray(((told @ inside) > 0).sum(axis=0), dtype=np.int64)
    return np.array(both, dtype=np.int64).reshape(classes.shape[1], inside.shape[1]), whole
