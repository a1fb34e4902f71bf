"""Every figure of the report and the passages it counts, so that a reader can walk back from one to the others."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from voices.report.corpus import Row, voices


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the report: what it counts, in words, and the passages that it counts.

    `sense_of` is the code whose sense it counts, if any: a passage may be listed for a sense to be checked.
    """

    number: int
    label: str
    rows: tuple[Row, ...]
    sense_of: str | None = None

    @property
    def anchor(self) -> str:
        """Where the list of its passages stands in the page."""
        return f"chiffre-{self.number}"

    @property
    def passages(self) -> int:
        """How many passages."""
        return len(self.rows)

    @property
    def testimonies(self) -> int:
        """How many testimonies these passages come from."""
        return len({row.testimony.id for row in self.rows})

    @property
    def voices(self) -> int:
        """How many people speak in these testimonies."""
        return sum(voices(one) for one in {row.testimony.id: row.testimony for row in self.rows}.values())

    @property
    def places(self) -> int:
        """How many known places these passages come from."""
        return len({row.place for row in self.rows if row.place is not None})


@dataclass(slots=True)
class Ledger:
    """The figures, in the order in which the report comes to them; same label and same passages, same figure."""

    figures: dict[tuple[str, tuple[int, ...]], Figure] = field(default_factory=dict)

    def figure(self, label: str, rows: Iterable[Row], *, sense_of: str | None = None) -> Figure:
        """The figure of that label and these passages, entered where it is new."""
        rows = tuple(rows)
        key = (label, tuple(row.number for row in rows))
        return self.figures.setdefault(key, Figure(len(self.figures) + 1, label, rows, sense_of))
