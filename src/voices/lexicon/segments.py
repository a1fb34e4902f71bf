"""Segments: a corpus cut into stretches of about forty words, and the short ones of a testimony joined together.

The « unités de contexte » of Reinert's method: elementary ones, cut where punctuation lets them be, are what is
classed; they are joined, one after the other within a testimony, until they hold enough different words to compare.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from voices.lexicon import unsaid
from voices.lexicon.words import Words

SIZE = 40
"""Words that a segment aims at (IRaMuTeQ's and rainette's)."""
WINDOW = 15
"""Words beyond the aim where a better place to cut is still looked for."""

_HOLDS = 1.25
"""A stretch is cut when it is longer than this many times the aim."""
_WEIGHTS = np.array([0.01, 1.0, 4.5, 6.0])
"""How good a cut is after nothing, a comma, a semicolon or a colon, the end of a sentence."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, repr=False)
class Segments:
    """Stretches of passages, in the order of testimonies and passages whatever order these came in.

    Of each segment: the number of its `passage` in the words read, and its `start` and `end` in that passage's text;
    the number of its `testimony`. `of_word` has the segment of each word.
    """

    passage: Numbers
    testimony: Numbers
    start: Numbers
    end: Numbers
    of_word: Numbers

    def __repr__(self) -> str:
        return f"Segments({len(self)} segments)"

    def __len__(self) -> int:
        return len(self.passage)


def spoken(words: Words) -> Words:
    """The words without those in square brackets: what stands for an address, a number, a laugh, is nobody's word."""
    kept = np.ones(len(words), dtype=bool)
    for number, passage in enumerate(words.passages):
        low, high = words.bounds[number : number + 2]
        for start, end in unsaid.stretches(passage.text):
            inside = (words.start[low:high] >= start) & (words.start[low:high] < end)
            kept[low:high] &= ~inside
    if kept.all():
        return words
    counts = np.add.reduceat(np.append(kept, False), words.bounds[:-1]) * (np.diff(words.bounds) > 0)
    columns = {name: getattr(words, name)[kept] for name in ("form", "lemma", "kind", "start", "end", "mark")}
    return replace(words, bounds=np.append(0, np.cumsum(counts)), **columns)


def cut(words: Words, *, size: int = SIZE, window: int = WINDOW) -> Segments:
    """The segments of the words. None goes beyond its passage; a passage of few words is one segment."""
    firsts = [_firsts(words.mark[low:high], size, window) + low for low, high in pairwise(words.bounds)]
    given = [(number, first) for number, found in enumerate(firsts) for first in found.tolist()]
    given.sort(key=lambda one: (_place(words, one[0]), one[1]))
    passage = np.array([number for number, _ in given], dtype=np.int64)
    begins = np.array([first for _, first in given], dtype=np.int64)
    ends = _ends(begins, len(words))
    spans = [_span(words, number, first, end) for (number, first), end in zip(given, ends.tolist(), strict=True)]
    starts, stops = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    testimony = _numbered([words.passages[number].testimony_id for number in passage.tolist()])
    return Segments(passage, testimony, starts, stops, _of_word(begins, ends, len(words)))


def join(sizes: Numbers, documents: Numbers, least: int) -> Numbers:
    """(n,) for each segment, the number of the unit it joins, from 0: units of `least` words or more where they can be.

    Segments come in order within their documents. One too small takes in the next ones of its document; what is left
    too small at the end of a document joins the unit before it there, if there is one.
    """
    units = np.zeros(len(sizes), dtype=np.int64)
    unit, held, before = -1, least, False
    for at in range(len(sizes)):
        new_document = at == 0 or documents[at] != documents[at - 1]
        if new_document or held >= least:
            before = not new_document
            unit, held = unit + 1, 0
        units[at] = unit
        held += int(sizes[at])
        ends = at + 1 == len(sizes) or documents[at + 1] != documents[at]
        if ends and held < least and before:
            units[units == unit] = unit - 1
            unit -= 1
    return units


def _firsts(marks: NDArray[np.int8], size: int, window: int) -> Numbers:
    """Where the segments of one passage begin, from the marks that follow its words: the best ratio to the distance."""
    found, start = [0] if len(marks) else [], 0
    while len(marks) - start > size * _HOLDS:
        near = marks[start : start + size + window]
        distance = np.abs(np.arange(1, len(near) + 1) - size) + 1
        start += int(np.argmax(_WEIGHTS[near] / distance)) + 1
        if start < len(marks):
            found.append(start)
    return np.array(found, dtype=np.int64)


def _place(words: Words, number: int) -> tuple[str, int, str]:
    passage = words.passages[number]
    return passage.testimony_id, passage.number, passage.id


def _span(words: Words, number: int, first: int, end: int) -> tuple[int, int]:
    """Where a stretch of a passage stands in its text, with the marks before its first segment and after each."""
    text = words.passages[number].text
    low, high = words.bounds[number : number + 2].tolist()
    start = 0 if first == low else int(words.start[first])
    stop = len(text) if end == high else int(words.start[end])
    return start, start + len(text[start:stop].rstrip())


def _ends(begins: Numbers, n_words: int) -> Numbers:
    """Where each stretch ends, from where all of them begin, in any order."""
    ascending = np.sort(begins)
    following = np.append(ascending[1:], n_words)
    return following[np.searchsorted(ascending, begins)]


def _of_word(begins: Numbers, ends: Numbers, n_words: int) -> Numbers:
    found = np.zeros(n_words, dtype=np.int64)
    for segment, (begin, end) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True)):
        found[begin:end] = segment
    return found


def _numbered(names: Sequence[str]) -> Numbers:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)
