"""Sentences of a turn: spaCy's `senter`, put right where French quotes, speech-to-text and text messages mislead it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from voices.french import pipeline
from voices.passages.clauses import LONG, clauses, count_words

BATCH = 64
"""Stretches given to spaCy at once."""
STRETCH = 20_000
"""Longest stretch, in characters: spaCy refuses a million, and an hour of speech may hold no full stop."""
SHORT_LINE = 40
"""Characters under which a line is not a line cut by the width of a page, but one that someone ended."""
REACH = 80
"""How far back, in characters, the rules look at what comes before a boundary."""

_EMOJI = "[\u2600-\u27bf\U0001f300-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*"
_CLOSER = r"(?:[»”’)\]]|\"(?!\w)|\[[^\[\]\n]{1,30}\])"
_END = rf"(?:[.!?…]|{_EMOJI})"
_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*")
_LINE = re.compile(r"\s*\n\s*")
_STRONG = re.compile(rf"{_END}(?:\s*{_CLOSER})*\s+(?=[«“\"(–—-]?\s*[A-ZÀ-ÖØ-ÞŒ])")
_TERMINAL = re.compile(rf"{_END}(?P<closers>(?:\s*{_CLOSER})*)\s*\Z")
_CLOSERS = re.compile(rf"(?:\s*{_CLOSER})*\s*")
_QUOTED = re.compile(r"«[^«»]{1,300}»|“[^“”]{1,300}”|\"[^\"\n]{1,300}\"")
_TITLE = re.compile(r"\b(?:MM?|Mr|Mmes?|Mlles?|Me|Dr|Pr|Ste?|Mgr)\.\s*\Z")
_SHORTENED = re.compile(r"\b(?:[A-ZÀ-Þ]|av|bd|tél|env|cf|ex|etc|no|art|vol|chap|hab|min)\.\s*\Z")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a clause of a sentence too long to be one: offsets in its text, words, how it parts from the next.

    `ending` is one of ENDINGS.
    """

    start: int
    end: int
    words: int
    ending: str


ENDINGS = ("paragraph", "line", "sentence", "clause")


def units(texts: Sequence[str]) -> Iterator[tuple[Unit, ...]]:
    """For each text, its units in order: trimmed of white space, every other character in exactly one of them."""
    stretches = [tuple(_stretches(text)) for text in texts]
    pieces = (text[start:end] for text, spans in zip(texts, stretches, strict=True) for start, end, _ in spans)
    documents = pipeline().pipe(pieces, disable=["ner"], batch_size=BATCH)
    for text, spans in zip(texts, stretches, strict=True):
        found: list[Unit] = []
        for start, end, ending in spans:
            proposed = {sentence.start_char for sentence in next(documents).sents}
            found += _units(text[start:end], proposed, offset=start, ending=ending)
        yield tuple(found)


def _stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """Paragraphs and the lines that someone ended: (start, end, how it parts from the next)."""
    start, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    for gap in _LINE.finditer(text, start, stop):
        paragraph = _PARAGRAPH.match(gap.group())
        if paragraph or _line_is_ended(text[start : gap.start()], text[gap.end()]):
            yield from _slices(text, start, gap.start(), "paragraph" if paragraph else "line")
            start = gap.end()
    if start < stop:
        yield from _slices(text, start, stop, "paragraph")


def _line_is_ended(before: str, after: str) -> bool:
    line = before[before.rfind("\n") + 1 :]
    return not after.islower() and (len(line) < SHORT_LINE or bool(_TERMINAL.search(line[-REACH:])) or after in "-–—•*")


def _slices(text: str, start: int, stop: int, ending: str) -> Iterator[tuple[int, int, str]]:
    while stop - start > STRETCH:
        gap = max(text.rfind(" ", start, start + STRETCH), text.rfind("\n", start, start + STRETCH))
        cut = gap if gap > start else start + STRETCH
        yield start, len(text[:cut].rstrip()), "clause"
        start = cut + len(text[cut : cut + STRETCH]) - len(text[cut : cut + STRETCH].lstrip())
    yield start, stop, ending


def _units(text: str, proposed: set[int], *, offset: int, ending: str) -> Iterator[Unit]:
    """The units of one stretch, which starts at `offset`."""
    starts = [0, *_sentence_starts(text, proposed), len(text)]
    for start, stop in pairwise(starts):
        end = start + len(text[start:stop].rstrip())
        last = ending if stop == len(text) else "sentence"
        spans = _clauses(text, start, end)
        for i, (first, past) in enumerate(spans):
            kind = last if i == len(spans) - 1 else "clause"
            yield Unit(offset + first, offset + past, count_words(text[first:past]), kind)


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    sentence = text[start:end]
    if count_words(sentence) <= LONG:
        return [(start, end)]
    return [(start + first, start + past) for first, past in clauses(sentence)]


def _sentence_starts(text: str, proposed: set[int]) -> list[int]:
    """Where a sentence starts, the first one left out: what spaCy proposes and what typography says, both checked."""
    strong = {match.end() for match in _STRONG.finditer(text)}
    quotes = [match.span() for match in _QUOTED.finditer(text) if count_words(match.group()) <= LONG]
    starts: set[int] = set()
    for place in proposed | strong:
        skipped = _CLOSERS.match(text, place)
        start = skipped.end() if skipped else place
        if _is_start(text, start, sure=place in proposed) and not _inside(quotes, start):
            starts.add(start)
    return sorted(starts)


def _is_start(text: str, place: int, *, sure: bool) -> bool:
    """Whether a sentence may start at `place`; `sure` where spaCy says so."""
    if not 0 < place < len(text) or text[place] in ",;:.!?…»)":
        return False
    if not (text[place - 1].isspace() or text[place].isalnum() or text[place] in '«“"(['):
        return False  # no white space between: the tail of an emoji, an accent on its own, a stray mark
    before = text[max(0, place - REACH) : place]
    terminal = _TERMINAL.search(before)
    if terminal is None or _TITLE.search(before) or (not sure and _SHORTENED.search(before)):
        return False
    return not (terminal["closers"].strip() and text[place].islower())


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    i = bisect_right(spans, (place,)) - 1
    return i >= 0 and spans[i][0] < place < spans[i][1]
