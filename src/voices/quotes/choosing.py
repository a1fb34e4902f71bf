"""Ranking claims and choosing among them, so that the quotes of one subject differ."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.domain import Codebook, CodedPassage, Passage, Quote, Sense, Testimony, Theme, Themes
from voices.quotes import trimming
from voices.quotes.attributions import attribution
from voices.quotes.style import answers, frames, n_words, reads_well

ELISION = " […] "
"""What joins the spans of a quote: `quote.text == ELISION.join(testimony.text[a:b] for a, b in quote.spans)`."""

_LEAST_WORDS = 4
_LEAST_SURE = 0.25
"""A passage that tells a code in a sense less likely than this counts in the figures, and is not put forward as saying
it: there, the wrong sense (« je me sens moins seule » as a lack) is as common as the right one."""
_SAME = 0.9
"""Above this cosine of centred vectors, two passages say the same thing in the same words: one is enough."""
_SAME_VOICE, _SAME_PLACE, _QUOTED_ELSEWHERE = 0.4, 0.75, 0.7
"""What is left of a quote's score for each quote chosen before it from its testimony, for each from another of its
place, and if its passage is quoted under another subject already."""
_NEEDS_ITS_QUESTION = 0.6
_DOUBTFUL_SENSE = 0.5
"""What is left of the score where the sense is to be checked: it is put forward where hardly a sure one is."""
_MAJORITY, _LEAST_CODED = 2 / 3, 5


@dataclass(frozen=True, slots=True)
class _Claim:
    """A passage that speaks to a subject: how well, in [0, 1], and the span of it that says so, if known."""

    row: int
    strength: float
    evidence: tuple[int, int] | None = None
    sense_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Subject:
    """What quotes are chosen for: a code's id and a sense, or a theme's id."""

    id: str
    sense: Sense | None = None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A claim cut to what can be quoted, and what it is worth before it is compared to others."""

    claim: _Claim
    spans: tuple[tuple[int, int], ...]
    text: str
    bare: str
    worth: float


@dataclass(frozen=True, slots=True)
class _Source:
    """Where quotes come from: the released testimonies, all passages, their centred vectors (n, dim)."""

    testimonies: dict[str, Testimony]
    passages: Sequence[Passage]
    vectors: NDArray[np.float32]

    def of(self, claim: _Claim) -> tuple[Passage, Testimony]:
        passage = self.passages[claim.row]
        return passage, self.testimonies[passage.testimony_id]

    def released(self, claim: _Claim) -> bool:
        return self.passages[claim.row].testimony_id in self.testimonies


def choose(
    testimonies: Sequence[Testimony],
    passages: Sequence[Passage],
    codings: Sequence[CodedPassage],
    themes: Themes,
    codebook: Codebook,
    *,
    vectors: NDArray[np.float32],
    per_subject: int = 5,
) -> tuple[Quote, ...]:
    """At most `per_subject` quotes for each code and sense, in the codebook's order, then for each theme; best first.

    Args:
        testimonies: those released for the purpose at hand; passages of others are never quoted.
        passages: all passages, released or not: a theme's centre needs them all.
        codings: in any order.
        themes: as found on those passages.
        codebook: whose codes are quoted.
        vectors: (n_passages, dim) float32, a row a passage.
        per_subject: quotes a subject.
    """
    source = _source(testimonies, passages, vectors)
    subjects = [
        (_Subject(code.id, sense), _sure(_coded(source, codings, code.id, sense)))
        for code in codebook.codes
        for sense in Sense
    ]
    subjects += [(_Subject(theme.id), _near(source, theme)) for theme in themes.themes]
    return _chosen(source, subjects, per_subject)


def dissenting(
    testimonies: Sequence[Testimony],
    passages: Sequence[Passage],
    codings: Sequence[CodedPassage],
    codebook: Codebook,
    *,
    vectors: NDArray[np.float32],
    per_subject: int = 3,
) -> tuple[Quote, ...]:
    """Quotes of those who tell the opposite of most people at their place, code by code; arguments as for `choose`.

    Where two thirds or more of a place's passages for a code (5 at least) tell a presence, its lacks; and conversely.
    """
    source = _source(testimonies, passages, vectors)
    subjects = []
    for code in codebook.codes:
        for sense, most in ((Sense.LACK, Sense.PRESENCE), (Sense.PRESENCE, Sense.LACK)):
            places = _places_where(source, codings, code.id, most)
            against = [c for c in _coded(source, codings, code.id, sense) if source.of(c)[1].origin.place in places]
            subjects.append((_Subject(code.id, sense), _sure(against)))
    return _chosen(source, subjects, per_subject)


def _source(testimonies: Sequence[Testimony], passages: Sequence[Passage], vectors: NDArray[np.float32]) -> _Source:
    moved = vectors - vectors.mean(axis=0) if len(vectors) else vectors
    norms = np.linalg.norm(moved, axis=1, keepdims=True)
    centred = (moved / np.where(norms > 0, norms, 1)).astype(np.float32)
    return _Source({testimony.id: testimony for testimony in testimonies}, passages, centred)


def _coded(source: _Source, codings: Sequence[CodedPassage], code: str, sense: Sense) -> list[_Claim]:
    rows = {passage.id: row for row, passage in enumerate(source.passages)}
    claims = [
        _Claim(
            row=rows[coding.passage_id],
            strength=coding.probability * coding.sense_probability,
            evidence=(coding.evidence.start, coding.evidence.end) if coding.evidence else None,
            sense_doubtful=coding.sense_doubtful,
        )
        for coded in codings
        for coding in coded.codings
        if (coding.code, coding.sense) == (code, sense)
    ]
    return [claim for claim in claims if source.released(claim)]


def _sure(claims: Iterable[_Claim]) -> list[_Claim]:
    return [claim for claim in claims if claim.strength >= _LEAST_SURE]


def _near(source: _Source, theme: Theme) -> list[_Claim]:
    """The theme's released passages, as strong as they are near its centre (1: the nearest of all its passages)."""
    members = set(theme.passage_ids)
    rows = [row for row, passage in enumerate(source.passages) if passage.id in members]
    if not rows:
        return []
    near = source.vectors[rows] @ source.vectors[rows].mean(axis=0)
    strengths = np.clip(near / max(float(near.max()), 1e-9), 0, 1).tolist()
    claims = [_Claim(row, strength) for row, strength in zip(rows, strengths, strict=True)]
    return [claim for claim in claims if source.released(claim)]


def _places_where(source: _Source, codings: Sequence[CodedPassage], code: str, most: Sense) -> set[str]:
    by_place: dict[str, Counter[Sense]] = {}
    for sense in Sense:
        for claim in _coded(source, codings, code, sense):
            place = source.of(claim)[1].origin.place
            if place:
                by_place.setdefault(place, Counter())[sense] += 1
    return {
        place
        for place, senses in by_place.items()
        if senses.total() >= _LEAST_CODED and senses[most] >= _MAJORITY * senses.total()
    }


def _chosen(
    source: _Source, subjects: Iterable[tuple[_Subject, Sequence[_Claim]]], per_subject: int
) -> tuple[Quote, ...]:
    quotes: list[Quote] = []
    quoted: set[str] = set()
    for subject, claims in subjects:
        stretches = [stretch for claim in claims if (stretch := _stretch(source, claim, quoted)) is not None]
        best = _differing(source, stretches, per_subject)
        quotes += [_quote(source, subject, stretch, score) for stretch, score in best]
        quoted |= {source.passages[stretch.claim.row].id for stretch, _ in best}
    return tuple(quotes)


def _differing(source: _Source, stretches: Sequence[_Stretch], n: int) -> list[tuple[_Stretch, float]]:
    """The n best, each with what it was worth when it was chosen: greedy maximal marginal relevance.

    (Carbonell and Goldstein 1998, with products: a score stays in [0, 1] and never grows as others are chosen.)
    """
    left = sorted(stretches, key=lambda stretch: (-stretch.worth, source.passages[stretch.claim.row].id))
    vectors = source.vectors[np.array([stretch.claim.row for stretch in left], dtype=np.intp)]
    nearest = np.zeros(len(left))
    worth = np.array([stretch.worth for stretch in left])
    chosen: list[tuple[_Stretch, float]] = []
    while len(chosen) < min(n, len(left)):
        values = worth * (1 - 0.5 * nearest)
        best = int(values.argmax())
        if values[best] <= 0:
            break
        chosen.append((left[best], float(values[best])))
        nearest = np.maximum(nearest, vectors @ vectors[best])
        worth = worth * [_left_beside(source, stretch, left[best]) for stretch in left]
        worth[nearest > _SAME] = 0
        worth[best] = 0
    return chosen


def _left_beside(source: _Source, stretch: _Stretch, chosen: _Stretch) -> float:
    """What is left of a stretch's worth once `chosen` is quoted: 0 if it says the same in the same words."""
    if stretch.bare == chosen.bare:
        return 0.0
    (_, own), (_, other) = source.of(stretch.claim), source.of(chosen.claim)
    if own.id == other.id:
        return _SAME_VOICE
    return _SAME_PLACE if own.origin.place is not None and own.origin.place == other.origin.place else 1.0


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split())


def _stretch(source: _Source, claim: _Claim, quoted: set[str]) -> _Stretch | None:
    """The claim's quotable stretch; None where too little is left to quote."""
    passage, testimony = source.of(claim)
    spans = trimming.spans(testimony.text, passage, claim.evidence)
    text = ELISION.join(testimony.text[start:end] for start, end in spans)
    if n_words(text) < _LEAST_WORDS or frames(text):
        return None
    again = _QUOTED_ELSEWHERE if passage.id in quoted else 1.0
    alone = _NEEDS_ITS_QUESTION if passage.question and answers(text) else 1.0
    doubt = _DOUBTFUL_SENSE if claim.sense_doubtful else 1.0
    return _Stretch(claim, spans, text, _bare(text), claim.strength * again * alone * doubt * reads_well(text))


def _quote(source: _Source, subject: _Subject, stretch: _Stretch, score: float) -> Quote:
    passage, testimony = source.of(stretch.claim)
    return Quote(
        passage_id=passage.id,
        testimony_id=testimony.id,
        subject=subject.id,
        sense=subject.sense,
        text=stretch.text,
        spans=stretch.spans,
        attribution=attribution(testimony),
        score=round(score, 4),
        sense_doubtful=stretch.claim.sense_doubtful,
    )
