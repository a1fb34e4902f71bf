"""A Study laid out for counting: each passage with its testimony, its coding, its themes, and a number of its own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from voices.domain import CodedPassage, Passage, Role, Sense, Study, Testimony, Theme
from voices.neighbours import Neighbours
from voices.report import words

T = TypeVar("T")

FEW = 5
"""Under this many coded passages, a place or a year is not shown on its own."""

SENSES = {Sense.PRESENCE: "présence", Sense.LACK: "manque", Sense.MIXED: "mixte"}


@dataclass(frozen=True, slots=True)
class Row:
    """One passage and what surrounds it. `number` counts from 1 in the order of the study: it is printed as is."""

    number: int
    passage: Passage
    testimony: Testimony
    coded: CodedPassage | None

    @property
    def place(self) -> str | None:
        """Where it was gathered, if told."""
        return self.testimony.origin.place

    @property
    def year(self) -> str | None:
        """The year it was gathered, if told."""
        return words.year(self.testimony.origin.date)

    @property
    def trust(self) -> bool:
        """Whether trust itself is said or shown here."""
        return self.coded is not None and self.coded.trust

    def sense(self, code: str) -> Sense | None:
        """The sense of that code here, or None where it is absent."""
        return self.coded.sense(code) if self.coded else None

    def sense_doubtful(self, code: str) -> bool:
        """Whether that code is here, in a sense to be checked."""
        coding = self.coded.coding(code) if self.coded else None
        return coding is not None and coding.sense_doubtful

    @property
    def codes(self) -> tuple[str, ...]:
        """The ids of the codes that are here."""
        return tuple(coding.code for coding in self.coded.codings) if self.coded else ()


@dataclass(frozen=True)
class Corpus:
    """The rows of a study in order, and how to find them again."""

    study: Study
    quotable: frozenset[str]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """One row a passage."""
        testimonies = {testimony.id: testimony for testimony in self.study.reading.testimonies}
        coded = {coding.passage_id: coding for coding in self.study.codings}
        return tuple(
            Row(number, passage, testimonies[passage.testimony_id], coded.get(passage.id))
            for number, passage in enumerate(self.study.passages, start=1)
        )

    @cached_property
    def neighbours(self) -> Neighbours:
        """Who could tell who speaks."""
        return Neighbours(self.study.reading.testimonies)

    @cached_property
    def by_id(self) -> Mapping[str, Row]:
        """Rows by the id of their passage."""
        return {row.passage.id: row for row in self.rows}

    def of(self, passage_ids: Iterable[str]) -> tuple[Row, ...]:
        """The rows of these passages, in the order of the study."""
        return tuple(sorted((self.by_id[name] for name in set(passage_ids)), key=lambda row: row.number))

    def where(self, keep: Callable[[Row], bool]) -> tuple[Row, ...]:
        """The rows that satisfy a condition."""
        return tuple(row for row in self.rows if keep(row))

    def theme(self, theme: Theme) -> tuple[Row, ...]:
        """The rows of a theme."""
        return self.of(theme.passage_ids)

    def shows(self, testimony_id: str) -> bool:
        """Whether the words of that testimony may be in the page."""
        return testimony_id in self.quotable


def grouped(rows: Iterable[T], key: Callable[[T], str | None]) -> dict[str, list[T]]:
    """Rows by key, keys in alphabetical order, rows without a key left out."""
    groups: dict[str, list[T]] = {}
    for row in rows:
        name = key(row)
        if name is not None:
            groups.setdefault(name, []).append(row)
    return dict(sorted(groups.items()))


def voices(testimony: Testimony) -> int:
    """How many witnesses speak in a testimony: one at least where anything of a witness is there."""
    return len({turn.speaker for turn in testimony.turns if turn.role is Role.WITNESS})
