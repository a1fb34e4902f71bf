"""What spaCy's French model brings here: whom it takes for a person."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from voices import french
from voices.privacy.words import Words

_WINDOW, _BATCH = 8_000, 16
"""Code points read at once, and windows a batch: spaCy takes 3.5 GB for a million code points read in one piece."""


def persons(texts: Sequence[Words], done: Iterable[int]) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """For each text, the indexes of the words that spaCy takes for persons, and for something else that has a name.

    `done` is consumed as it goes.
    """
    nlp = french.pipeline()
    windows = ((words.text[at:to], (row, at)) for row, words in enumerate(texts) for at, to in _windows(words.text))
    with nlp.select_pipes(enable=["tok2vec", "ner"]):
        docs = nlp.pipe(windows, as_tuples=True, batch_size=_BATCH)
        by_text = groupby(docs, key=lambda one: one[1][0])
        for words, (_, parts), _ in zip(texts, by_text, done, strict=False):
            spans: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
            for doc, (_, at) in parts:
                for ent in doc.ents:
                    spans[ent.label_ == "PER"].append((at + ent.start_char, at + ent.end_char))
            yield _inside(words, spans[True]), _inside(words, spans[False])


def _inside(words: Words, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The indexes of the words that lie in one of these spans, which are in order."""
    starts = [start for start, _ in spans]
    found = set()
    for index, word in enumerate(words.items):
        span = bisect_right(starts, word.start) - 1
        if span >= 0 and word.end <= spans[span][1]:
            found.add(index)
    return frozenset(found)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut a text into parts of at most _WINDOW, at ends of lines or else between words where there are any."""
    start = 0
    while len(text) - start > _WINDOW:
        last = start + _WINDOW
        end = max(text.rfind("\n", start + _WINDOW // 2, last), 0) or text.rfind(" ", start, last)
        end = end + 1 if end > start else last
        yield start, end
        start = end
    yield start, len(text)
