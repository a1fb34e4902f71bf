"""Rows to the domain's objects."""

from collections.abc import Iterable

from voices import domain
from voices.domain import Consent, Origin, Role, Turn
from voices.store.models import Passage, Testimony


def testimony_of(row: Testimony) -> domain.Testimony:
    """The testimony as the rest of voices knows it; its place's name and type are its origin's."""
    return domain.Testimony(
        id=row.key,
        text=row.text,
        turns=tuple(
            Turn(start, end, Role(role), speaker, empty, seconds)
            for start, end, role, speaker, empty, seconds in row.turns
        ),
        origin=Origin(row.place.name, row.place.type or None, row.date or None, row.channel or None, row.role or None),
        consent=Consent(row.consent),
        replaced=row.replaced,
        terms=row.terms,
    )


def turns_of(testimony: domain.Testimony) -> list[list[object]]:
    """The turns as they are kept."""
    return [[one.start, one.end, one.role.value, one.speaker, one.empty, one.seconds] for one in testimony.turns]


def passage_of(row: Passage) -> domain.Passage:
    """The passage as the rest of voices knows it; its id is the row's."""
    return domain.Passage(
        id=str(row.pk),
        testimony_id=row.testimony.key,
        number=row.number,
        start=row.start,
        end=row.end,
        text=row.text,
        turn=row.turn,
        sentences=tuple((start, end) for start, end in row.sentences),
        speaker=row.speaker or None,
        question=row.question or None,
        previous=row.previous or None,
    )


def passages_of(rows: Iterable[Passage]) -> tuple[domain.Passage, ...]:
    """The passages, in the order given."""
    return tuple(passage_of(row) for row in rows)
