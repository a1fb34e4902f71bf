"""What spaCy's French model brings here: the words it knows, and whom it takes for a person."""

import importlib.util
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from voices import french
from voices.privacy.words import Words

_WINDOW, _BATCH = 8_000, 16
"""Code points read at once, and windows a batch: spaCy takes 3.5 GB for a million code points read in one piece."""


@cache
def vocabulary() -> frozenset[str]:
    """The lower-case forms in the model's own list of strings.

    Read from its file, not from the pipeline: the pipeline's list grows with every text it sees, and what is
    replaced in one testimony must not depend on those read before.
    """
    spec = importlib.util.find_spec(french.MODEL)
    if spec is None or spec.origin is None:
        french.pipeline()  # says what is missing and how to install it
        return frozenset()
    file = next(Path(spec.origin).parent.glob(f"{french.MODEL}-*")) / "vocab" / "strings.json"
    return frozenset(string for string in json.loads(file.read_text(encoding="utf-8")) if string.islower())


def persons(texts: Sequence[Words], done: Iterable[int]) -> Iterator[frozenset[int]]:
    """For each text, the indexes of the words that spaCy takes for persons. `done` is consumed as it goes."""
    nlp = french.pipeline()
    windows = ((words.text[at:to], (row, at)) for row, words in enumerate(texts) for at, to in _windows(words.text))
    with nlp.select_pipes(enable=["tok2vec", "ner"]):
        docs = nlp.pipe(windows, as_tuples=True, batch_size=_BATCH)
        by_text = groupby(docs, key=lambda one: one[1][0])
        for words, (_, parts), _ in zip(texts, by_text, done, strict=False):
            spans = [
                (at + ent.start_char, at + ent.end_char)
                for doc, (_, at) in parts
                for ent in doc.ents
                if ent.label_ == "PER"
            ]
            yield _inside(words, spans)


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
