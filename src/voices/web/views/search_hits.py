"""What the page of results shows of each passage: its words with marks, its question, its neighbours, its codes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from voices.report.gathered import channel_words
from voices.report.words import cut, date_words
from voices.searching import Found
from voices.store.models import Passage
from voices.store.search.words import Span
from voices.web.access import Action, Reach
from voices.web.views.search_filters import THREE
from voices.web.views.search_own import own_codes

LONG = 4000
"""Characters of one text that a page of results shows."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage as the page shows it."""

    passage: Passage
    text: tuple[Piece, ...]
    question: tuple[Piece, ...]
    before: str
    after: str
    where: str
    codes: tuple[dict[str, str], ...]
    links: tuple[dict[str, str], ...]


def hits(rows: Sequence[Passage], found: Found, reach: Reach) -> list[Hit]:
    """Each passage, as the page shows it, in the order given."""
    around = _around(rows, reach)
    own = dict(own_codes())
    return [
        Hit(
            passage=row,
            text=_pieces(row.text, [] if found.column == "question" else found.marks(row)),
            question=_pieces(row.question, found.marks(row) if found.column == "question" else []),
            before=cut(around.get((row.testimony_id, row.number - 1), ""), LONG),
            after=cut(around.get((row.testimony_id, row.number + 1), ""), LONG),
            where=where(row),
            codes=chips(row, own),
            links=_links(row, reach),
        )
        for row in rows
    ]


def where(passage: Passage) -> str:
    """« Le Grain de Sel · 12 mars 2024 · entretien · Mamadou »: what is told of it."""
    of = passage.testimony
    told = (passage.place.name, date_words(of.date), channel_words(of.channel), of.role, passage.speaker)
    return " · ".join(part for part in told if part)


def chips(passage: Passage, own: dict[str, str]) -> tuple[dict[str, str], ...]:
    """The codes that the passage has, in the order of the book: id, label, sense."""
    three = [(code, label, getattr(passage, code)) for code, label in THREE.items()]
    others = [(code, own.get(code, code), sense) for code, sense in passage.own.items()]
    return tuple({"code": code, "label": label, "sense": sense} for code, label, sense in (*three, *others) if sense)


def _around(rows: Sequence[Passage], reach: Reach) -> dict[tuple[int, int], str]:
    """By testimony and number, the passages just before and just after those."""
    numbers = {row.number + step for row in rows for step in (-1, 1)}
    near = reach.passages(Action.SEARCH).filter(testimony__in={row.testimony_id for row in rows}, number__in=numbers)
    return {(of, number): text for of, number, text in near.order_by().values_list("testimony_id", "number", "text")}


def _pieces(text: str, marks: Sequence[Span]) -> tuple[Piece, ...]:
    if len(text) > LONG:
        text, marks = f"{text[:LONG]}…", [(start, end) for start, end in marks if end <= LONG]
    pieces, at = [], 0
    for start, end in marks:
        pieces += [Piece(text[at:start]), Piece(text[start:end], marked=True)]
        at = end
    return tuple(piece for piece in (*pieces, Piece(text[at:])) if piece.text)


_LINKS = (("Relire", "review_passage", "pk"), ("Tout le témoignage", "review_testimony", "testimony_id"))
"""Where a reviewer can open a passage: words, name of the address, what it is given."""


def _links(passage: Passage, reach: Reach) -> tuple[dict[str, str], ...]:
    if not reach.at(Action.REVIEW, passage.place_id):
        return ()
    return tuple({"label": label, "url": reverse(name, args=[getattr(passage, key)])} for label, name, key in _LINKS)
