"""Passages cut in parts, or joined: spans of the testimony, whose words never change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voices.errors import VoicesError

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a testimony and its sentences, as offsets in the testimony's text."""

    start: int
    end: int
    sentences: tuple[Span, ...]


def split(text: str, whole: Piece, cuts: Iterable[int]) -> tuple[Piece, ...]:
    """The parts of the whole, cut before each of these offsets of the testimony; a sentence cut in two gives two.

    Together they hold every character of the whole but white space. Raises VoicesError where a part would be empty.
    """
    bounds = [whole.start, *sorted(set(cuts)), whole.end]
    parts = [_trimmed(text, start, end) for start, end in pairwise(bounds)]
    if len(parts) < 2 or any(start >= end for start, end in parts):
        raise VoicesError(
            "Une des parties serait vide.", "Choisir un endroit entre deux mots, à l’intérieur du passage."
        )
    return tuple(Piece(start, end, tuple(_within(text, whole.sentences, start, end))) for start, end in parts)


def join(text: str, pieces: Sequence[Piece]) -> Piece:
    """The stretch that goes from the first piece to the last.

    Raises VoicesError where they do not follow one another, with nothing but white space between them.
    """
    if any(one.end > other.start or text[one.end : other.start].strip() for one, other in pairwise(pieces)):
        raise VoicesError("Ces passages ne se suivent pas.", "Joindre un passage à celui qui vient juste après lui.")
    return Piece(pieces[0].start, pieces[-1].end, tuple(span for one in pieces for span in one.sentences))


def cuts_of_lines(text: str, written: str) -> tuple[int, ...]:
    """The offsets in text where someone wrote line breaks into it: more than it had there. Other white space is free.

    Raises VoicesError where anything else was changed.
    """
    ours, theirs = list(_letters(text)), list(_letters(written))
    if [letter for _, letter, _ in ours] != [letter for _, letter, _ in theirs]:
        raise VoicesError(
            "Le texte a été changé, pas seulement coupé.", "Aller à la ligne là où couper, sans toucher aux mots."
        )
    pairs = list(zip(ours, theirs, strict=True))[1:]
    return tuple(at for (at, _, breaks), (_, _, more) in pairs if more > breaks)


def _letters(text: str) -> Iterator[tuple[int, str, int]]:
    """Each character but white space: where it is, which it is, how many line breaks are just before it."""
    breaks = 0
    for at, letter in enumerate(text.replace("\r\n", " \n")):
        if letter.isspace():
            breaks += letter == "\n"
        else:
            yield at, letter, breaks
            breaks = 0


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def _within(text: str, sentences: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    for first, past in sentences:
        span = _trimmed(text, max(first, start), min(past, end))
        if span[0] < span[1]:
            yield span
