"""Why a code was put: the sentence that weighs most, and the nearest passages that people coded so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from voices.coding.features import Floats
from voices.domain import Neighbour, Passage, Sense

Span = tuple[int, int]

NEIGHBOURS = 3
SAME_WORDS = 0.97
"""From this similarity on, an example is the passage itself, names apart, and is no reason."""

_WORDS = 4
_NONE = np.empty(0, np.float32)


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
) -> dict[tuple[int, int], Span]:
    """For each (row of a passage, number of a code): the span, in the testimony, of the sentence that scores highest.

    « Oui. » weighs nothing: sentences under four words count only where there are no longer ones. Each sentence is
    scored once, and none where there is only one to choose.
    """
    choices = {row: _weighable(passages[row]) for row, _ in wanted}
    places = [(row, span) for row, spans in choices.items() if len(spans) > 1 for span in spans]
    found = scores([_words(passages[row], span) for row, span in places]) if places else np.empty((0, 0), np.float32)
    weight = dict(zip(places, found, strict=True))
    return {
        (row, code): _heaviest([(span, weight.get((row, span), _NONE)) for span in choices[row]], code)
        for row, code in wanted
    }


def _heaviest(weighed: Sequence[tuple[Span, Floats]], code: int) -> Span:
    """The span with the highest score for that code; the only one, where there is one."""
    return max(weighed, key=lambda one: float(one[1][code]))[0] if len(weighed) > 1 else weighed[0][0]


def _weighable(passage: Passage) -> tuple[Span, ...]:
    """The sentences that may be evidence; the whole passage where it has none."""
    sentences = passage.sentences or ((passage.start, passage.end),)
    return tuple(span for span in sentences if len(_words(passage, span).split()) >= _WORDS) or sentences


def _words(passage: Passage, span: tuple[int, int]) -> str:
    return passage.text[span[0] - passage.start : span[1] - passage.start]
