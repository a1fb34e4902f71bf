"""Why a code was put: the sentence that weighs most, and the nearest passages that people coded so or otherwise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from voices.coding.features import Floats, plain
from voices.domain import Neighbour, Passage, Sense
from voices.ports import Span

Weigh = Callable[[Sequence[int]], Sequence[Floats]]
"""Of each of some passages, by their rows: (n_choices, n_codes or more), how much each sentence weighs."""

NEIGHBOURS = 3
SAME_WORDS = 0.97
"""From this similarity on, an example is the passage itself, names apart, and is no reason."""

_WORDS = 4


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that a person coded; no code is a coding too."""

    text: str
    codes: Mapping[str, Sense]


@dataclass(frozen=True, slots=True)
class Examples:
    """The passages the coder learnt from; `directions` is (n, dim) float32, rows L2-normalised."""

    passages: tuple[Example, ...]
    directions: Floats

    def around(self, direction: Floats) -> "Around":
        """The examples as seen from a passage, by cosine of centred vectors. A coder without vectors has none."""
        similarity = self.directions @ direction
        order = [int(row) for row in np.argsort(-similarity, kind="stable") if similarity[row] < SAME_WORDS]
        return Around(self.passages, similarity, order)


@dataclass(frozen=True, slots=True)
class Around:
    """Examples in `order`, nearest first."""

    passages: tuple[Example, ...]
    similarity: Floats
    order: Sequence[int]

    def nearest(self, code: str, *, coded: bool) -> tuple[Neighbour, ...]:
        """The nearest that people gave that code, or, where not `coded`, that they did not."""
        found: list[Neighbour] = []
        for row in self.order:
            example = self.passages[row]
            if (code in example.codes) == coded:
                found.append(Neighbour(example.text, example.codes, max(-1.0, float(self.similarity[row]))))
            if len(found) == NEIGHBOURS:
                break
        return tuple(found)


def choices(passage: Passage) -> tuple[Span, ...]:
    """The sentences, as spans in the testimony, that may be evidence; the whole passage where it has none.

    « Oui. » weighs nothing: sentences under four words count only where there are no longer ones.
    """
    sentences = passage.sentences or ((passage.start, passage.end),)
    return tuple(span for span in sentences if len(words(passage, span).split()) >= _WORDS) or sentences


def folded_choices(passage: Passage) -> tuple[Span, ...]:
    """The choices as spans in the passage's folded text, which is what encoders read; none where there is only one.

    Folding may compose an accent and its letter into one character, so spans are measured in folded text.
    """
    found = choices(passage)
    if len(found) == 1:
        return ()
    lengths = [(start - passage.start, end - passage.start) for start, end in found]
    return tuple((len(plain(passage.text[:start])), len(plain(passage.text[:end]))) for start, end in lengths)


def words(passage: Passage, span: Span) -> str:
    """The words of that span of the testimony."""
    return passage.text[span[0] - passage.start : span[1] - passage.start]


def without(passage: Passage, span: Span) -> str:
    """The words of the passage but those of that span of the testimony."""
    before, after = passage.text[: span[0] - passage.start], passage.text[span[1] - passage.start :]
    return f"{before.rstrip()} {after.lstrip()}".strip()


def each_alone(passages: Sequence[Passage], scores: Callable[[Sequence[str]], Floats]) -> Weigh:
    """Weighs each sentence as if it were a passage. `scores` gives (n_texts, n_codes or more)."""

    def weigh(rows: Sequence[int]) -> Sequence[Floats]:
        found = [[words(passages[row], span) for span in choices(passages[row])] for row in rows]
        scored = scores([text for some in found for text in some])
        return np.split(scored, np.cumsum([len(some) for some in found])[:-1])

    return weigh


def heaviest_sentences(
    wanted: Sequence[tuple[int, int]], passages: Sequence[Passage], weigh: Weigh
) -> dict[tuple[int, int], Span]:
    """For each (row of a passage, number of a code): the span, in the testimony, of the sentence that weighs most.

    `weigh` is asked once, and of no passage where there is only one to choose.
    """
    spans = {row: choices(passages[row]) for row, _ in wanted}
    several = [row for row, some in spans.items() if len(some) > 1]
    weights = dict(zip(several, weigh(several), strict=True)) if several else {}
    return {
        (row, code): spans[row][int(np.argmax(weights[row][:, code])) if row in weights else 0] for row, code in wanted
    }
