"""A quote as it is printed: « […] » wherever words of its passage, or of a sentence, are left out, at both ends too."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from voices.domain import Passage, Quote, Testimony
from voices.quotes.cutting import MARK
from voices.quotes.style import n_words

Span = tuple[int, int]
_ENDS = (".", "!", "?", "…")
_BESIDE = " \n\t\u00a0\u202f»«\"“”’'()[]–—-•*"
"""What may stand between the mark that ends a sentence and the first word of the next."""


def printed(testimony: Testimony, passage: Passage, spans: Sequence[Span]) -> str:
    """The spans of the testimony joined by « […] », which stands before and after them too where a reader would not
    know that there was more: words of the passage are left out there, or the sentence goes on.
    """
    said = f" {MARK} ".join(testimony.text[start:end] for start, end in spans)
    before = f"{MARK} " if _begins_late(testimony, passage, spans[0][0]) else ""
    after = f" {MARK}" if _ends_early(testimony, passage, spans[-1][1]) else ""
    return f"{before}{said}{after}"


def marked(quotes: Iterable[Quote], testimonies: Sequence[Testimony], passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """The same quotes, as they are printed: those of studies made before both ends were marked gain their marks."""
    told, cut = {one.id: one for one in testimonies}, {one.id: one for one in passages}
    return tuple(replace(one, text=printed(told[one.testimony_id], cut[one.passage_id], one.spans)) for one in quotes)


def _begins_late(testimony: Testimony, passage: Passage, start: int) -> bool:
    before = testimony.text[_turn(testimony, passage)[0] : start]
    return bool(n_words(testimony.text[passage.start : start]) or (n_words(before) and _goes_on(before)))


def _ends_early(testimony: Testimony, passage: Passage, end: int) -> bool:
    text = testimony.text
    if n_words(text[end : passage.end]):
        return True
    after = text[end : _turn(testimony, passage)[1]]
    gap = after[: len(after) - len(after.lstrip())]
    return bool(n_words(after)) and "\n" not in gap and _goes_on(text[passage.start : end])


def _goes_on(said: str) -> bool:
    """Whether a sentence is not over at the end of these words, neither by a mark nor by a line's end."""
    bare = said.rstrip(_BESIDE)
    return bool(bare) and "\n" not in said[len(bare) :] and not bare.endswith(_ENDS)


def _turn(testimony: Testimony, passage: Passage) -> Span:
    """Where the turn of that passage begins and ends: what another says before or after is no part of its sentences."""
    turns = ((one.start, one.end) for one in testimony.turns)
    return next((one for one in turns if one[0] <= passage.start and passage.end <= one[1]), (0, len(testimony.text)))
