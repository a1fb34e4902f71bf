"""Who tells what: each code as lived and as lacking, testimony by testimony.

A testimony that tells both sides, in one passage or in two, is on both: lived and lacking are two questions.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from voices.domain import Sense
from voices.report.chance import ALPHA, exact, excess, holm
from voices.report.corpus import Corpus, Row
from voices.report.figures import Figure, Ledger


class Side(StrEnum):
    """What a testimony tells of a code."""

    LIVED = "ce qui est vécu"
    LACKING = "ce qui manque"


SENSES_OF: Mapping[Side, frozenset[Sense]] = {
    Side.LIVED: frozenset({Sense.PRESENCE, Sense.MIXED}),
    Side.LACKING: frozenset({Sense.LACK, Sense.MIXED}),
}


def tells(row: Row, code: str, side: Side) -> bool:
    """Whether that passage tells that side of that code."""
    return row.sense(code) in SENSES_OF[side]


def telling(rows: Iterable[Row], keep: Callable[[Row], bool]) -> frozenset[str]:
    """The testimonies of which one passage at least is to be kept."""
    return frozenset(row.testimony.id for row in rows if keep(row))


@dataclass(frozen=True, slots=True)
class Part:
    """So many testimonies of so many: `told` counts those that tell, `whole` those that were asked of."""

    told: Figure
    whole: Figure

    @property
    def part(self) -> int:
        """How many tell."""
        return self.told.testimonies

    @property
    def of(self) -> int:
        """Of how many."""
        return self.whole.testimonies

    @property
    def share(self) -> float:
        """The one over the other; nothing of nothing is 0."""
        return self.part / self.of if self.of else 0.0


def part(label: str, code: str, side: Side, whole: Figure, ledger: Ledger, *, within: str = "") -> Part:
    """The testimonies of that figure that tell that side of that code."""
    where = f" ({within})" if within else ""
    rows = (row for row in whole.rows if tells(row, code, side))
    return Part(ledger.figure(f"{label}, {side}{where}", rows, sense_of=code), whole)


SEEN = 0.05
"""Shares nearer each other than this are not told as different: « 50 %, contre 52 % » says nothing to who reads."""
LENGTHS = (1, 2, 3, 5, 9)
"""Testimonies of up to so many passages are alike in length: who speaks longer has more occasions to tell anything."""


class Census:
    """Which testimonies tell what, and how long each is: what comparisons are made of."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        lengths = Counter(row.testimony.id for row in corpus.rows)
        self.length = {name: bisect_left(LENGTHS, number) for name, number in lengths.items()}
        self.all = frozenset(lengths)
        self._sides: dict[tuple[str, Side], frozenset[str]] = {}

    def side(self, code: str, side: Side) -> frozenset[str]:
        """The testimonies that tell that side of that code."""
        if (code, side) not in self._sides:
            self._sides[code, side] = telling(self.corpus.rows, lambda row: tells(row, code, side))
        return self._sides[code, side]

    def of(self, figure: Figure) -> frozenset[str]:
        """The testimonies of a figure."""
        return frozenset(row.testimony.id for row in figure.rows)

    def compare(self, here: AbstractSet[str], elsewhere: AbstractSet[str], tell: AbstractSet[str]) -> "Compared":
        """Whether those here tell it more than those elsewhere, testimonies of like length compared together."""
        wholes = (self._by_length(here), self._by_length(elsewhere))
        parts = (self._by_length(here & tell), self._by_length(elsewhere & tell))
        strata = [
            (parts[0][at], wholes[0][at], parts[1][at], wholes[1][at])
            for at in range(len(LENGTHS) + 1)
            if wholes[0][at] and wholes[1][at]
        ]
        more = len(here & tell) * len(elsewhere) > len(elsewhere & tell) * len(here)
        gap = abs(_share(here & tell, here) - _share(elsewhere & tell, elsewhere))
        return Compared(exact(strata), more, more == (excess(strata) > 0), gap >= SEEN)

    def _by_length(self, names: AbstractSet[str]) -> Counter[int]:
        return Counter(self.length[name] for name in names)


def _share(part: AbstractSet[str], whole: AbstractSet[str]) -> float:
    return len(part) / len(whole) if whole else 0.0


@dataclass(frozen=True, slots=True)
class Compared:
    """How likely chance makes the difference; whether it is told `more` here; `steady`: also at equal length; `seen`:
    far enough apart to be told of."""

    chance: float
    more: bool
    steady: bool
    seen: bool = True


def kept(compared: Sequence[Compared]) -> tuple[float | None, ...]:
    """The corrected chance of each comparison of a family that neither chance nor length explains, and that is seen;
    else None.
    """
    corrected = holm([one.chance for one in compared])
    return tuple(
        chance if chance < ALPHA and one.steady and one.seen else None
        for one, chance in zip(compared, corrected, strict=True)
    )
