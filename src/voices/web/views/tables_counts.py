"""What tables count: each figure is a filter of the search page, so that it counts what its link opens."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from voices.defining import Book
from voices.store.columns.asked import Chosen
from voices.store.models import Passage, Place
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
    ROLE = "role"
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


def counted(passages: Chosen, by: By, asked: Sequence[Measure]) -> list[Group]:
    """The lines, each with its counts."""
    lines, named = _places(passages) if by is By.PLACE else _words(passages, by)
    tallies = _tallies(passages, lines, len(named), asked)
    found = (
        Group(value, label, {name: some[at] for name, some in tallies.items()})
        for at, (value, label) in enumerate(named)
    )
    return [one for one in found if one.counts[PASSAGES.name].passages]


def whole(passages: Chosen, asked: Sequence[Measure]) -> Mapping[str, Tally]:
    """The same counts of all these passages. A testimony in which two voices speak counts once."""
    tallies = _tallies(passages, np.zeros(len(passages), np.int64), 1, asked)
    return {name: some[0] for name, some in tallies.items()}


_FIELD = {By.CHANNEL: "channel", By.ROLE: "role_group", By.VOICE: "speaker"}
_Lines = tuple[NDArray[np.int64], Sequence[tuple[str | None, str]]]
"""The line of each passage; the value and the label of each line."""


def _places(passages: Chosen) -> _Lines:
    known = {pk: (slug, name) for pk, slug, name in Place.objects.values_list("pk", "slug", "name")}
    there, lines = np.unique(passages.number("place_id"), return_inverse=True)
    return lines, [known[pk] for pk in there.tolist()]


def _words(passages: Chosen, by: By) -> _Lines:
    at, said = passages.words(_FIELD.get(by, "date"))
    values = [_value(by, one[:7] if by in PERIODS else one) for one in said]
    lines: dict[str | None, int] = {value: rank for rank, value in enumerate(dict.fromkeys(values))}
    return np.array([lines[value] for value in values], np.int64)[at], [(value, "") for value in lines]


def _tallies(
    passages: Chosen, lines: NDArray[np.int64], count: int, asked: Sequence[Measure]
) -> dict[str, list[Tally]]:
    """By measure, the counts of each line."""
    # A testimony is counted once a line: its passages there are one pair.
    pairs, of = np.unique(
        lines * (len(passages.columns.testimonies.ids) + 1) + passages.number("of"), return_inverse=True
    )
    line_of_pair = pairs // (len(passages.columns.testimonies.ids) + 1)
    found = {}
    for one in asked:
        told = passages.telling(where(one.fields))
        some = np.zeros(len(pairs), np.bool_)
        some[of[told]] = True
        counts = np.bincount(lines[told], minlength=count), np.bincount(line_of_pair[some], minlength=count)
        found[one.name] = [Tally(*both) for both in zip(*(one.tolist() for one in counts), strict=True)]
    return found


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
