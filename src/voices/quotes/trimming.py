"""Which sentences of a passage are quoted: those that bear, in order, the evidence always among them."""

from voices.domain import Passage
from voices.quotes.style import LONGEST, SHORTEST, bears, frames, idles, n_words, opens

Span = tuple[int, int]
"""Start and end in the testimony, in code points."""
_Ranked = tuple[int, Span]
"""A sentence with its rank in the passage."""


def spans(text: str, passage: Passage, evidence: Span | None) -> tuple[Span, ...]:
    """The spans of `text` to quote, within the passage, at its sentence ends; never empty.

    Sentences that say nothing (greetings, bare fillers, a letter's heading or signature) or lean on what is not there
    are dropped at the ends, and fillers inside; a passage over `LONGEST` words is cut down around its evidence, or
    else its first sentence. A sentence that overlaps `evidence` is never dropped, but for a heading or a signature.
    """
    sentences = list(enumerate(passage.sentences or ((passage.start, passage.end),)))
    needed = {
        at
        for at, (start, end) in sentences
        if evidence and start < evidence[1] and evidence[0] < end and not frames(text[start:end])
    }
    kept = _without_weak_ends(text, sentences, needed)
    if _words(text, kept) > LONGEST:
        kept = _without_weak_ends(text, _around(text, kept, needed or {kept[0][0]}), needed)
    ends = {kept[0][0], kept[-1][0]}
    return _runs([one for one in kept if one[0] in needed | ends or not idles(text[slice(*one[1])])])


def _words(text: str, sentences: list[_Ranked]) -> int:
    return sum(n_words(text[start:end]) for _, (start, end) in sentences)


def _without_weak_ends(text: str, sentences: list[_Ranked], needed: set[int]) -> list[_Ranked]:
    """The sentences less those at both ends that do nothing for a reader, as long as enough is left to quote."""
    kept = list(sentences)
    for end, serves in ((0, opens), (-1, bears)):
        while len(kept) > 1 and kept[end][0] not in needed and not serves(text[slice(*kept[end][1])]):
            rest = kept[1:] if end == 0 else kept[:-1]
            if bears(text[slice(*kept[end][1])]) and _words(text, rest) < SHORTEST:
                break
            kept = rest
    return kept


def _around(text: str, sentences: list[_Ranked], needed: set[int]) -> list[_Ranked]:
    """The sentences from the first to the last needed, and those before, then after, that still fit."""
    first, last = min(needed), max(needed)
    window = [one for one in sentences if first <= one[0] <= last]
    before = [one for one in reversed(sentences) if one[0] < first]
    after = [one for one in sentences if one[0] > last]
    for side in (before, after):
        for one in side:
            if _words(text, [*window, one]) > LONGEST:
                break
            window.append(one)
    return sorted(window)


def _runs(kept: list[_Ranked]) -> tuple[Span, ...]:
    """One span for each run of sentences that follow each other."""
    found: list[Span] = []
    previous: int | None = None
    for at, (start, end) in kept:
        if previous is not None and at == previous + 1:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        previous = at
    return tuple(found)
