"""What a card shows of each code: what holds, what the machine says and why, what the book says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from voices.domain import Sense
from voices.store.models import Passage, Suggestion
from voices.web.views.review.book import Book

SENSES = (("", "absent"), ("+", "présence"), ("-", "manque"), ("±", "mixte"))


@dataclass(frozen=True, slots=True)
class Chip:
    """A code with its sense, in words for people."""

    code: str
    label: str
    sense: str


@dataclass(frozen=True, slots=True)
class Near:
    """An example that people coded, close to the passage."""

    text: str
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What the machine says of one code: put with a sense, or left out where `sense` is empty."""

    sense: str
    percent: int
    certainty: str
    sense_percent: int = 0
    near: tuple[Near, ...] = ()
    against: tuple[Near, ...] = ()

    @property
    def absent(self) -> int:
        """The percent for its absence."""
        return 100 - self.percent


@dataclass(frozen=True, slots=True)
class Sub:
    """A sub-code to tick."""

    id: str
    label: str
    includes: str
    ticked: bool
    suggested: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One code of the card. `sense` is what the form starts from; `key` is its key, from 1 to 9."""

    code: str
    label: str
    motto: str
    key: str
    sense: str
    said: Said | None
    lines: tuple[str, ...]
    subcodes: tuple[Sub, ...]
    senses: tuple[tuple[str, str], ...] = SENSES


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the passage, and the codes that it carries most."""

    text: str
    codes: tuple[str, ...] = field(default=())


def rows(book: Book, codes: Mapping[str, str], subcodes: Collection[str], suggested: Suggestion | None) -> list[Row]:
    """Each code of the book, then those that the passage has and the book no longer."""
    ids = [*book.ids, *(code for code in codes if code not in book.ids)]
    put = {one["code"]: one for one in suggested.codings} if suggested else {}
    return [
        Row(
            code=code,
            label=book.label(code),
            motto=next((one.motto for one in book.codebook.codes if one.id == code), ""),
            key=str(number) if number < 10 else "",
            sense=codes.get(code, ""),
            said=_said(book, code, put.get(code), suggested),
            lines=_lines(book, code, codes.get(code, ""), put.get(code)),
            subcodes=tuple(
                Sub(sub.id, sub.label, sub.includes, sub.id in subcodes, sub.id in _first(put.get(code)))
                for sub in book.subcodes(code)
            ),
        )
        for number, code in enumerate(ids, start=1)
    ]


def stretches(passage: Passage, suggested: Suggestion | None) -> list[Stretch]:
    """The passage's text, cut where the evidence of a code begins or ends."""
    spans = [
        (max(one["evidence"]["start"], passage.start), min(one["evidence"]["end"], passage.end), one["code"])
        for one in (suggested.codings if suggested else [])
        if one["evidence"]
    ]
    bounds = sorted({passage.start, passage.end, *(at for first, past, _ in spans for at in (first, past))})
    return [
        Stretch(
            passage.text[start - passage.start : end - passage.start],
            tuple(code for first, past, code in spans if first <= start and end <= past),
        )
        for start, end in pairwise(bounds)
        if start < end
    ]


def chips(book: Book, codes: Mapping[str, str]) -> tuple[Chip, ...]:
    """These codes, in the order of the book."""
    order = [*book.ids, *codes]
    return tuple(Chip(code, book.label(code), codes[code]) for code in sorted(codes, key=order.index))


def _said(book: Book, code: str, put: Mapping[str, Any] | None, suggested: Suggestion | None) -> Said | None:
    if suggested is None or (put is None and code not in suggested.certainties):
        return None
    if put is None:
        return Said("", _percent(suggested.probabilities.get(code, 0.0)), suggested.certainties[code])
    evidence = put["evidence"] or {}
    return Said(
        sense=put["sense"],
        percent=_percent(put["probability"]),
        certainty=put["certainty"],
        sense_percent=_percent(put["sense_probability"]),
        near=_near(book, evidence.get("neighbours", ())),
        against=_near(book, evidence.get("against", ())),
    )


def _lines(book: Book, code: str, sense: str, put: Mapping[str, Any] | None) -> tuple[str, ...]:
    sense = sense or (put["sense"] if put else "")
    subcodes: Sequence[str] = put["subcodes"] if put else ()
    return book.lines(code, Sense(sense) if sense else None, tuple(subcodes))


def _first(put: Mapping[str, Any] | None) -> Sequence[str]:
    return put["subcodes"][:1] if put else ()


def _near(book: Book, found: Iterable[Mapping[str, Any]]) -> tuple[Near, ...]:
    return tuple(Near(one["text"], chips(book, one["codes"])) for one in found)


def _percent(value: float) -> int:
    return round(100 * value)
