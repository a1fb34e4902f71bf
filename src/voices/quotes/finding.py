"""Looking for a quote: the best that may be used among many passages, each with those that say almost the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from voices.domain import Passage, Testimony
from voices.quotes.cutting import Span, trimmed
from voices.quotes.differing import Claim, differing, source, stretch
from voices.quotes.style import n_words


class Length(StrEnum):
    """How long a quote is on the page."""

    SHORT = "court"
    MEDIUM = "moyen"
    LONG = "long"


WORDS = {Length.SHORT: (1, 20), Length.MEDIUM: (21, 45), Length.LONG: (46, 10_000)}
"""Words of a quote of that length, both included."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be quoted, and how well it says what is looked for, in [0, 1]."""

    passage: Passage
    testimony: Testimony
    strength: float
    evidence: Span | None = None
    sense_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What of a passage is best quoted, how good it is, and the passages that say almost the same (their ids)."""

    passage: Passage
    testimony: Testimony
    spans: tuple[Span, ...]
    score: float
    same: tuple[str, ...] = ()


def rank(
    candidates: Sequence[Candidate],
    vectors: NDArray[np.float32],
    *,
    n: int,
    centre: NDArray[np.float32],
    length: Length | None = None,
) -> tuple[Found, ...]:
    """At most n of the candidates, best first; they differ in speakers, places and words as those of `choose` do.

    Args:
        candidates: of testimonies released for the purpose at hand, and of no other.
        vectors: (n_candidates, dim) float32, a row a candidate.
        n: how many.
        centre: the mean vector of passages at large, which near-duplicates are told from.
        length: of the quotes, once cut to what bears.
    """
    passages = [one.passage for one in candidates]
    origin = source([one.testimony for one in candidates], passages, vectors, centre=centre)
    claims = [Claim(row, one.strength, one.evidence, one.sense_doubtful) for row, one in enumerate(candidates)]
    stretches = [found for claim in claims if (found := stretch(origin, claim)) and _fits(found.text, length)]
    return tuple(
        Found(
            *origin.of(one.stretch.claim),
            trimmed(origin.of(one.stretch.claim)[1].text, one.stretch.spans),
            one.score,
            tuple(passages[same.claim.row].id for same in one.same),
        )
        for one in differing(origin, stretches, n)
    )


def facing(one_side: Sequence[Found], other_side: Sequence[Found]) -> tuple[Found, ...]:
    """Both sides in one list, best first, and never more than two of a side in a row while the other has some left."""
    left, right, found = list(one_side), list(other_side), []
    run = 0  # how many of the left side in a row, or of the right side where negative
    while left and right:
        from_left = run < 2 and (run <= -2 or left[0].score >= right[0].score)
        found.append((left if from_left else right).pop(0))
        run = max(run, 0) + 1 if from_left else min(run, 0) - 1
    return (*found, *left, *right)


def _fits(text: str, length: Length | None) -> bool:
    if length is None:
        return True
    least, most = WORDS[length]
    return least <= n_words(text) <= most
