"""What tables count: each figure is a filter of the search page, so that it counts what its link opens."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Substr

from voices.defining import Book
from voices.store.models import Passage
from voices.web.views.search_filters import NONE, REVIEWED, SENSES, where

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")
ALL = "ensemble"


class By(StrEnum):
    """What the lines of tables are."""

    PLACE = "lieu"
    YEAR = "annee"
    QUARTER = "trimestre"
    MONTH = "mois"
    CHANNEL = "moyen"
    VOICE = "voix"


PERIODS = (By.YEAR, By.QUARTER, By.MONTH)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted: the fields of the address that asks for it. `sense` is as addresses say it."""

    name: str
    label: str
    fields: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    sense: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many passages, of how many testimonies."""

    passages: int = 0
    testimonies: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.passages + other.passages, self.testimonies + other.testimonies)


@dataclass(frozen=True, slots=True)
class Group:
    """A line of tables: the value that the address gives it, and its counts by name of measure.

    `value` is None where no address can ask for it.
    """

    value: str | None
    label: str
    counts: Mapping[str, Tally]


PASSAGES = Measure("passages", "Passages")


def measures(book: Book, *, standing: bool) -> tuple[Measure, ...]:
    """Everything that is counted; `standing`, what people have seen and what the machine alone has read too."""
    seen = (
        Measure("relus", "Vus par une personne", {"avis": REVIEWED}),
        Measure("machine", "Lus par la machine seule", {"avis": Passage.Standing.MACHINE.value}),
    )
    codes = tuple(
        Measure(f"{code.id}_{sense}", code.label, {code.id: sense}, code.id, sense)
        for code in book.codebook.codes
        for sense in SENSES
    )
    subcodes = tuple(
        Measure(f"sous_{sub.id}", sub.label, {"souscode": sub.id}, code.id)
        for code in book.codebook.codes
        for sub in code.subcodes
    )
    own = tuple(Measure(f"ajout_{one.id}", one.label, {"ajout": one.id}, one.id) for one in book.own)
    trust = Measure("confiance", "Confiance", {"confiance": "oui"})
    return (PASSAGES, *(seen if standing else ()), trust, *codes, *subcodes, *own)


def counted(passages: QuerySet[Passage], by: By, asked: Sequence[Measure]) -> list[Group]:
    """The lines, each with its counts."""
    names = ("place__slug", "place__name") if by is By.PLACE else ("line",)
    rows = passages.order_by()
    if by is not By.PLACE:
        rows = rows.annotate(line=_LINE.get(by, Substr("testimony__date", 1, 7)))
    found: dict[str | None, Group] = {}
    for row in rows.values(*names).annotate(**_counts(asked)):
        value = row["place__slug"] if by is By.PLACE else _value(by, row["line"])
        new = Group(value, row.get("place__name", ""), _read(row, asked))
        known = found.get(value)
        found[value] = new if known is None else Group(value, new.label, _added(known.counts, new.counts))
    return list(found.values())


def whole(passages: QuerySet[Passage], asked: Sequence[Measure]) -> Mapping[str, Tally]:
    """The same counts of all these passages. A testimony in which two voices speak counts once."""
    return _read(passages.order_by().aggregate(**_counts(asked)), asked)


_LINE = {By.CHANNEL: F("testimony__channel"), By.VOICE: F("speaker")}


def _counts(asked: Sequence[Measure]) -> dict[str, Count]:
    found = {}
    for rank, one in enumerate(asked):
        told = where(one.fields) or None
        found[f"p{rank}"] = Count("pk", filter=told)
        found[f"t{rank}"] = Count("testimony", filter=told, distinct=True)
    return found


def _read(row: Mapping[str, int], asked: Sequence[Measure]) -> dict[str, Tally]:
    return {one.name: Tally(row[f"p{rank}"], row[f"t{rank}"]) for rank, one in enumerate(asked)}


def _added(one: Mapping[str, Tally], other: Mapping[str, Tally]) -> dict[str, Tally]:
    """A testimony has one date: months that fall together share none."""
    return {name: one[name] + other[name] for name in one}


def _value(by: By, line: str) -> str | None:
    """How the address says the line."""
    if not line:
        return NONE
    if by not in PERIODS:
        return line
    match = _DATE.fullmatch(line)
    if match is None:
        return None
    year, month = match[1], int(match[2] or 0)
    return {
        By.YEAR: year,
        By.QUARTER: f"{year}-T{(month + 2) // 3}",
        By.MONTH: f"{year}-{month:02}",
    }[by]
