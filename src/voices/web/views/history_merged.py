"""One history of many tables: their rows, the last first, read some at a time from where the reader stands."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Q

from voices.web.views.history_lines import Line, Sight
from voices.web.views.history_sources import SOURCES, Rows, Source


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a row stands in the history: when, of which source, its number. The last come first."""

    when: datetime
    rank: int
    number: int

    def __lt__(self, other: "Mark") -> bool:
        return (-self.when.timestamp(), self.rank, -self.number) < (
            *(-other.when.timestamp(), other.rank, -other.number),
        )

    def __str__(self) -> str:
        return f"{self.when.isoformat()}_{self.rank}_{self.number}"

    @classmethod
    def of(cls, said: str) -> "Mark | None":
        """The mark that an address says; None where it says none."""
        try:
            when, rank, number = said.split("_")
            found = cls(datetime.fromisoformat(when), int(rank), int(number))
        except ValueError:
            return None
        return found if found.when.tzinfo else None


Asked = Sequence[tuple[Source, Rows]]
"""Each source that the filters let through, with its rows."""


def lines(asked: Asked, sight: Sight, *, after: Mark | None = None, size: int) -> Iterator[tuple[Mark, Line]]:
    """The acts that come after that mark in the history, read so many at a time from each table."""
    several = [_rows(source, rows, after, size) for source, rows in asked]
    merged = heapq.merge(*several, key=lambda found: found[0])
    while some := list(islice(merged, size)):
        yield from _told(some, sight)


def _rows(source: Source, rows: Rows, after: Mark | None, size: int) -> Iterator[tuple[Mark, Source, Any]]:
    """The rows of one table, read by keys: however far one goes, a batch costs the same."""
    rank = SOURCES.index(source)
    ordered = source.whole(rows).order_by(f"-{source.when}", "-pk")
    while True:
        some = list(ordered.filter(_beyond(source.when, rank, after))[:size])
        for row in some:
            after = Mark(getattr(row, source.when), rank, row.pk)
            yield after, source, row
        if len(some) < size:
            return


def _beyond(when: str, rank: int, after: Mark | None) -> Q:
    """The rows of that source which come after the mark. The first condition is what an index finds."""
    if after is None:
        return Q()
    found = Q(**{f"{when}__lte": after.when})
    if rank > after.rank:
        return found
    same = Q(pk__lt=after.number) if rank == after.rank else Q(pk__in=[])
    return found & (Q(**{f"{when}__lt": after.when}) | same)


def _told(some: Sequence[tuple[Mark, Source, Any]], sight: Sight) -> Iterator[tuple[Mark, Line]]:
    """These rows in words, in their order: those of one table are told together."""
    found: dict[Mark, Line] = {}
    for source in {id(source): source for _, source, _ in some}.values():
        mine = [(mark, row) for mark, one, row in some if one is source]
        told = source.tell([row for _, row in mine], sight)
        found |= {mark: line for (mark, _), line in zip(mine, told, strict=True)}
    return ((mark, found[mark]) for mark, _, _ in some)
