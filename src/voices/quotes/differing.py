"""Claims cut to what can be quoted, and an order of them in which quotes differ in speakers, places and words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.domain import Passage, Testimony
from voices.letters import bare
from voices.quotes import trimming
from voices.quotes.style import answers, frames, n_words, reads_well

ELISION = " […] "
"""What joins the spans of a quote; what is printed has it at both ends too, where words are left out (`marking`)."""

LEAST_SURE = 0.25
"""A passage that tells a code in a sense less likely than this counts in the figures, and is not put forward as saying
it: there, the wrong sense (« je me sens moins seule » as a lack) is as common as the right one."""
_LEAST_WORDS = 4
_SAME = 0.9
"""Above this cosine of centred vectors, two passages say the same thing in the same words: one is enough."""
_SAME_VOICE, _SAME_PLACE, _QUOTED_ELSEWHERE = 0.4, 0.75, 0.7
"""What is left of a quote's score for each quote chosen before it from its testimony, for each from another of its
place, and if its passage is quoted under another subject already."""
_NEEDS_ITS_QUESTION = 0.6
_DOUBTFUL_SENSE = 0.5
"""What is left of the score where the sense is to be checked: it is put forward where hardly a sure one is."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A passage that speaks to a subject: how well, in [0, 1], and the span of it that says so, if known."""

    row: int
    strength: float
    evidence: tuple[int, int] | None = None
    sense_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A claim cut to what can be quoted, and what it is worth before it is compared to others."""

    claim: Claim
    spans: tuple[tuple[int, int], ...]
    text: str
    bare: str
    worth: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """A stretch, what it was worth when it was chosen, and those left out because they say the same."""

    stretch: Stretch
    score: float
    same: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where quotes come from: the released testimonies, all passages, their centred vectors (n, dim)."""

    testimonies: dict[str, Testimony]
    passages: Sequence[Passage]
    vectors: NDArray[np.float32]

    def of(self, claim: Claim) -> tuple[Passage, Testimony]:
        """The claim's passage, and its testimony."""
        passage = self.passages[claim.row]
        return passage, self.testimonies[passage.testimony_id]

    def released(self, claim: Claim) -> bool:
        """Whether the claim's testimony may be quoted."""
        return self.passages[claim.row].testimony_id in self.testimonies


def source(
    testimonies: Sequence[Testimony],
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    *,
    centre: NDArray[np.float32] | None = None,
) -> Source:
    """A source of those; `centre` is what vectors are measured from: their mean, unless told."""
    if not len(vectors):
        return Source({testimony.id: testimony for testimony in testimonies}, passages, vectors)
    moved = vectors - (vectors.mean(axis=0) if centre is None else centre)
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    centred = (moved / np.where(norms > 0, norms, 1)).astype(np.float32)
    return Source({testimony.id: testimony for testimony in testimonies}, passages, centred)


def stretch(origin: Source, claim: Claim, quoted: Collection[str] = ()) -> Stretch | None:
    """The claim's quotable stretch; None where too little is left to quote. `quoted`: passages quoted already."""
    passage, testimony = origin.of(claim)
    spans = trimming.spans(testimony.text, passage, claim.evidence)
    text = ELISION.join(testimony.text[start:end] for start, end in spans)
    if n_words(text) < _LEAST_WORDS or frames(text):
        return None
    again = _QUOTED_ELSEWHERE if passage.id in quoted else 1.0
    alone = _NEEDS_ITS_QUESTION if passage.question and answers(text) else 1.0
    doubt = _DOUBTFUL_SENSE if claim.sense_doubtful else 1.0
    return Stretch(claim, spans, text, bare(text), claim.strength * again * alone * doubt * reads_well(text))


def differing(origin: Source, stretches: Sequence[Stretch], n: int) -> list[Chosen]:
    """The n best, each with what it was worth when it was chosen: greedy maximal marginal relevance.

    (Carbonell and Goldstein 1998, with products: a score stays in [0, 1] and never grows as others are chosen.)
    """
    left = sorted(stretches, key=lambda one: (-one.worth, origin.passages[one.claim.row].id))
    vectors = origin.vectors[np.array([one.claim.row for one in left], dtype=np.intp)]
    nearest = np.zeros(len(left))
    worth = np.array([one.worth for one in left])
    chosen: list[Chosen] = []
    while len(chosen) < min(n, len(left)):
        values = worth * (1 - 0.5 * nearest)
        best = int(values.argmax())
        if values[best] <= 0:
            break
        standing = worth > 0
        nearest = np.maximum(nearest, vectors @ vectors[best])
        worth = worth * [_left_beside(origin, one, left[best]) for one in left]
        worth[nearest > _SAME] = 0
        worth[best] = 0
        same = [left[at] for at in np.flatnonzero(standing & (worth <= 0)) if at != best]
        chosen.append(Chosen(left[best], float(values[best]), tuple(same)))
    return chosen


def _left_beside(origin: Source, one: Stretch, chosen: Stretch) -> float:
    """What is left of a stretch's worth once `chosen` is quoted: 0 if it says the same in the same words."""
    if one.bare == chosen.bare:
        return 0.0
    (_, own), (_, other) = origin.of(one.claim), origin.of(chosen.claim)
    if own.id == other.id:
        return _SAME_VOICE
    return _SAME_PLACE if own.origin.place is not None and own.origin.place == other.origin.place else 1.0
