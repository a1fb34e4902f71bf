"""What pages tell of testimonies: a line in a list, and the whole as it was spoken, with its passages and codes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from voices import consenting
from voices.domain import Purpose, Role
from voices.privacy import SHOWN
from voices.receiving.twins import twins
from voices.report.gathered import channel_words
from voices.report.words import cut, date_words
from voices.reviewing.holding import codes_of
from voices.store.models import Passage, Testimony
from voices.web.access import Action, Reach
from voices.web.views.deposits_told import rank_of
from voices.web.views.review.book import Book, book
from voices.web.views.review.reasons import Chip, chips

_BEGINNING = 130
"""Characters of a testimony that tell it in a list."""


@dataclass(frozen=True, slots=True)
class Line:
    """A testimony in a list: how it begins, where it comes from, how much of it was reviewed."""

    testimony: Testimony
    beginning: str
    where: str
    title: str
    """What who handed it in called it; empty for who may not hand in at its place: it may hold a name."""
    elsewhere: tuple[str, ...]
    """The other places, within reach, that hold the same words."""
    passages: int
    reviewed: int


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a turn: a passage with its codes, or what is in none. `blind`: its codes are not to be shown."""

    text: str
    passage: Passage | None = None
    chips: tuple[Chip, ...] = ()
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """What one person says in one go."""

    speaker: str
    witness: bool
    parts: tuple[Part, ...]


def lines(testimonies: Sequence[Testimony], reach: Reach) -> list[Line]:
    """Each testimony as a list tells it to that person."""
    ids = [one.pk for one in testimonies]
    reviewed = Count("pk", filter=~Q(standing=Passage.Standing.MACHINE))
    standing = Passage.objects.filter(testimony__in=ids, retired=False).order_by()
    counts = {
        one: (total, checked)
        for one, total, checked in standing.values("testimony")
        .annotate(total=Count("pk"), reviewed=reviewed)
        .values_list("testimony", "total", "reviewed")
    }
    first = dict(standing.filter(number=1).values_list("testimony", "text"))
    beside = twins(testimonies, reach.testimonies(Action.READ))
    return [
        Line(
            one,
            cut(" ".join(first.get(one.pk, one.text[: 2 * _BEGINNING]).split()), _BEGINNING),
            where(one),
            title_of(one, reach),
            tuple(place.name for place in beside.get(one.pk, ())),
            *counts.get(one.pk, (0, 0)),
        )
        for one in testimonies
    ]


def title_of(testimony: Testimony, reach: Reach) -> str:
    """The title that a person typed, and which of its testimonies it is, for those who may hand in at its place.

    Titles are checked for no name, and are shown to nobody else. Empty for a file, which its deposit names.
    """
    file = testimony.file
    if file is None or not file.typed or not reach.at(Action.DEPOSIT, testimony.place_id):
        return ""
    return ", ".join(part for part in (file.title, rank_of(testimony)) if part)


def where(testimony: Testimony, *, place: bool = True) -> str:
    """« Le Grain de Sel · 12 mars 2024 · entretien »: what is told of it."""
    told = (
        testimony.place.name if place else "",
        date_words(testimony.date),
        channel_words(testimony.channel),
        testimony.role,
    )
    return " · ".join(part for part in told if part)


def speeches(testimony: Testimony, passages: Iterable[Passage], blind: set[int]) -> list[Speech]:
    """The turns in order, each with its passages; of those in `blind`, the codes are not shown."""
    by_turn: dict[int, list[Passage]] = {}
    for one in passages:
        by_turn.setdefault(one.turn, []).append(one)
    the_book = book()
    return [
        Speech(
            speaker or "",
            role == Role.WITNESS.value,
            tuple(_parts(testimony.text, start, end, by_turn.get(index, ()), blind, the_book)),
        )
        for index, (start, end, role, speaker, _empty, _seconds) in enumerate(testimony.turns)
    ]


def quotable(testimony: Testimony) -> bool:
    """Whether what holds of its consent allows quotes somewhere, without a name at least."""
    today = timezone.localdate()
    return consenting.released(testimony, Purpose.ANONYMOUS_QUOTES, today=today, outlets=SHOWN) is not None


def narrowed(testimony: Testimony) -> bool:
    """Whether the same words were handed in elsewhere with a narrower consent, which holds for quoting these too."""
    (held,) = consenting.held([testimony])
    return (held.consent.value, held.terms) != (testimony.consent, testimony.terms)


def _parts(
    text: str, start: int, end: int, passages: Iterable[Passage], blind: set[int], the_book: Book
) -> Iterator[Part]:
    here = start
    for one in passages:
        if text[here : one.start].strip():
            yield Part(text[here : one.start])
        hidden = one.pk in blind
        yield Part(one.text, one, () if hidden else chips(the_book, codes_of(one)), hidden)
        here = one.end
    if text[here:end].strip():
        yield Part(text[here:end])
