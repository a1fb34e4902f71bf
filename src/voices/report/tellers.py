"""Who tells what: each code as lived and as lacking, testimony by testimony.

A testimony that tells both sides, in one passage or in two, is on both: lived and lacking are two questions.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from voices.domain import Sense
from voices.report.corpus import Row
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
