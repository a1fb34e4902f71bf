"""A quote cut by hand: the words that a person keeps of a passage, checked against the testimony.

What is kept is told by spans of the testimony. Whatever a page sends, the words are read there and nowhere else, so
that a quote is its testimony word for word, « […] » apart.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voices.domain import Passage
from voices.errors import VoicesError

MARK = "[…]"
"""What stands for the words left out."""
_WORD = re.compile(r"\S+")
_AGAIN = "Reprenez la citation à partir du passage."

Span = tuple[int, int]
"""Start and end in the testimony, in code points."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a passage as a page shows it, with what is stuck to it; `kept` in the quote at hand."""

    start: int
    end: int
    text: str
    kept: bool


def written(text: str, passage: Passage, spans: Sequence[Span]) -> str:
    """The quote: the spans of the testimony's `text`, with « […] » for what is left out between them, and at either end
    where that cuts into a sentence.

    Raises VoicesError where the spans are not whole words of the passage, in order.
    """
    check(text, passage, spans)
    starts = {start for start, _ in _sentences(passage)}
    ends = {end for _, end in _sentences(passage)}
    parts = [text[start:end] for start, end in spans]
    before = [] if _at(spans[0][0], starts, text, -1) else [MARK]
    after = [] if _at(spans[-1][1], ends, text, 1) else [MARK]
    return f" {MARK} ".join(parts) if not (before or after) else " ".join([*before, f" {MARK} ".join(parts), *after])


def check(text: str, passage: Passage, spans: Sequence[Span]) -> None:
    """Nothing. Raises VoicesError where the spans are not whole words of the passage, in order, apart."""
    if not spans:
        raise VoicesError("Il ne reste aucun mot à citer.", "Gardez au moins quelques mots du passage.")
    before = passage.start
    for number, (start, end) in enumerate(spans):
        if not before <= start < end <= passage.end:
            raise VoicesError("Cette coupe sort du passage, ou n’en suit pas l’ordre.", _AGAIN)
        if number and not text[before:start].strip():
            raise VoicesError("Cette coupe ne laisse aucun mot de côté.", _AGAIN)
        if _inside_a_word(text, passage, start) or _inside_a_word(text, passage, end):
            raise VoicesError("Cette coupe tombe au milieu d’un mot.", _AGAIN)
        if text[start].isspace() or text[end - 1].isspace():
            raise VoicesError("Cette coupe ne commence ou ne finit pas sur un mot.", _AGAIN)
        before = end


def pieces(text: str, passage: Passage, spans: Sequence[Span]) -> tuple[tuple[Piece, ...], ...]:
    """The passage's words, sentence by sentence, each told whether these spans keep it."""
    return tuple(
        tuple(
            Piece(word.start(), word.end(), word.group(), _holds(spans, word.span()))
            for word in _WORD.finditer(text, start, end)
        )
        for start, end in _sentences(passage)
    )


def kept(text: str, words: Iterable[Span]) -> tuple[Span, ...]:
    """The spans that words make, those that follow each other as one; they are not checked."""
    found: list[Span] = []
    for start, end in sorted(set(words)):
        if found and found[-1][1] <= start and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def left_out(text: str, passage: Passage, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The stretches of the passage that the quote leaves out, white space apart."""
    edges = [(passage.start, passage.start), *spans, (passage.end, passage.end)]
    gaps = [(one[1], other[0]) for one, other in pairwise(edges)]
    return tuple((start, end) for start, end in gaps if text[start:end].strip())


def trimmed(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same spans without the white space at their ends."""
    found = []
    for start, end in spans:
        part = text[start:end]
        begun = start + len(part) - len(part.lstrip())
        found.append((begun, begun + len(part.strip())))
    return kept(text, (span for span in found if span[0] < span[1]))


def _sentences(passage: Passage) -> tuple[Span, ...]:
    return passage.sentences or ((passage.start, passage.end),)


def _at(place: int, edges: set[int], text: str, side: int) -> bool:
    """Whether that place is the edge of a sentence, white space apart."""
    return any(
        not (text[place:edge] if side > 0 else text[edge:place]).strip()
        for edge in edges
        if (edge >= place if side > 0 else edge <= place)
    )


def _inside_a_word(text: str, passage: Passage, place: int) -> bool:
    if place in {edge for sentence in _sentences(passage) for edge in sentence}:
        return False
    return not text[place - 1].isspace() and not text[place].isspace()


def _holds(spans: Sequence[Span], word: Span) -> bool:
    return any(start <= word[0] and word[1] <= end for start, end in spans)
