"""Why a code was put: the sentence that weighs most, and the nearest passages that people coded so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from voices.coding.features import Floats
from voices.domain import Neighbour, Passage, Sense

NEIGHBOURS = 3
SAME_WORDS = 0.97
"""From this similarity on, an example is the passage itself, names apart, and is no reason."""


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that a person coded."""

    text: str
    codes: Mapping[str, Sense]


@dataclass(frozen=True, slots=True)
class Examples:
    """The passages the coder learnt from that have a code; `directions` is (n, dim) float32, rows L2-normalised."""

    passages: tuple[Example, ...]
    directions: Floats

    def nearest(self, direction: Floats, code: str) -> tuple[Neighbour, ...]:
        """The nearest examples that have that code, nearest first, by cosine of centred vectors."""
        similarity = self.directions @ direction
        found: list[Neighbour] = []
        for row in np.argsort(-similarity, kind="stable"):
            example = self.passages[row]
            if code in example.codes and similarity[row] < SAME_WORDS:
                found.append(Neighbour(example.text, example.codes, max(-1.0, float(similarity[row]))))
            if len(found) == NEIGHBOURS:
                break
        return tuple(found)


def heaviest_sentences(
    wanted: Sequence[tuple[int, int]], passages: Sequence[Passage], scores: Callable[[Sequence[str]], Floats]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each (row of a passage, number of a code): the span, in the testimony, of the sentence that scores highest.

    A passage of one sentence is its own evidence. Each sentence is scored once.
    """
    spans = {
        row: passages[row].sentences for row in dict.fromkeys(row for row, _ in wanted) if _has_several(passages[row])
    }
    places = {
        key: place
        for place, key in enumerate((row, rank) for row, found in spans.items() for rank in range(len(found)))
    }
    texts = [_words(passages[row], passages[row].sentences[rank]) for row, rank in places]
    found = scores(texts) if texts else np.empty((0, 0), np.float32)
    heaviest: dict[tuple[int, int], tuple[int, int]] = {}
    for row, code in wanted:
        sentences = spans.get(row)
        if sentences is None:
            heaviest[row, code] = (passages[row].start, passages[row].end)
        else:
            heaviest[row, code] = max(
                sentences, key=lambda span: float(found[places[row, sentences.index(span)], code])
            )
    return heaviest


def _has_several(passage: Passage) -> bool:
    return len(passage.sentences) > 1


def _words(passage: Passage, span: tuple[int, int]) -> str:
    return passage.text[span[0] - passage.start : span[1] - passage.start]
