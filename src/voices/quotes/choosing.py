"""Ranking claims and choosing among them, so that the quotes of one subject differ."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.domain import Codebook, CodedPassage, Passage, Quote, Sense, Testimony, Theme, Themes
from voices.quotes.attributions import attribution
from voices.quotes.differing import LEAST_SURE, Chosen, Claim, Source, differing, source, stretch
from voices.quotes.marking import printed

_MAJORITY, _LEAST_CODED = 2 / 3, 5
_BESIDE = 0.7
"""The strength of the nearest passage of a theme beside that of its central ones, which say its name as well."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """What quotes are chosen for: a code's id and a sense, or a theme's id."""

    id: str
    sense: Sense | None = None


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
    origin = source(testimonies, passages, vectors)
    subjects = [
        (_Subject(code.id, sense), _sure(_coded(origin, codings, code.id, sense)))
        for code in codebook.codes
        for sense in Sense
    ]
    subjects += [(_Subject(theme.id), _near(origin, theme)) for theme in themes.themes]
    return _chosen(origin, subjects, per_subject)


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
    origin = source(testimonies, passages, vectors)
    subjects = []
    for code in codebook.codes:
        for sense, most in ((Sense.LACK, Sense.PRESENCE), (Sense.PRESENCE, Sense.LACK)):
            places = _places_where(origin, codings, code.id, most)
            against = [c for c in _coded(origin, codings, code.id, sense) if origin.of(c)[1].origin.place in places]
            subjects.append((_Subject(code.id, sense), _sure(against)))
    return _chosen(origin, subjects, per_subject)


def _coded(origin: Source, codings: Sequence[CodedPassage], code: str, sense: Sense) -> list[Claim]:
    rows = {passage.id: row for row, passage in enumerate(origin.passages)}
    claims = [
        Claim(
            row=rows[coding.passage_id],
            strength=coding.probability * coding.sense_probability,
            evidence=(coding.evidence.start, coding.evidence.end) if coding.evidence else None,
            sense_doubtful=coding.sense_doubtful,
        )
        for coded in codings
        for coding in coded.codings
        if (coding.code, coding.sense) == (code, sense)
    ]
    return [claim for claim in claims if origin.released(claim)]


def _sure(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.strength >= LEAST_SURE]


def _near(origin: Source, theme: Theme) -> list[Claim]:
    """The theme's released passages: 1 for those that the search for themes has as central, the others under `_BESIDE`,
    as strong as they are near its centre.
    """
    members = set(theme.passage_ids)
    rows = [row for row, passage in enumerate(origin.passages) if passage.id in members]
    if not rows:
        return []
    near = origin.vectors[rows] @ origin.vectors[rows].mean(axis=0)
    nearness = _BESIDE * np.clip(near / max(float(near.max()), 1e-9), 0, 1)
    central = np.isin([origin.passages[row].id for row in rows], theme.central)
    strengths = np.where(central, 1.0, nearness).tolist()
    claims = [Claim(row, strength) for row, strength in zip(rows, strengths, strict=True)]
    return [claim for claim in claims if origin.released(claim)]


def _places_where(origin: Source, codings: Sequence[CodedPassage], code: str, most: Sense) -> set[str]:
    by_place: dict[str, Counter[Sense]] = {}
    for sense in Sense:
        for claim in _coded(origin, codings, code, sense):
            place = origin.of(claim)[1].origin.place
            if place:
                by_place.setdefault(place, Counter())[sense] += 1
    return {
        place
        for place, senses in by_place.items()
        if senses.total() >= _LEAST_CODED and senses[most] >= _MAJORITY * senses.total()
    }


def _chosen(
    origin: Source, subjects: Iterable[tuple[_Subject, Sequence[Claim]]], per_subject: int
) -> tuple[Quote, ...]:
    quotes: list[Quote] = []
    quoted: set[str] = set()
    for subject, claims in subjects:
        stretches = [found for claim in claims if (found := stretch(origin, claim, quoted)) is not None]
        best = differing(origin, stretches, per_subject)
        quotes += [_quote(origin, subject, one) for one in best]
        quoted |= {origin.passages[one.stretch.claim.row].id for one in best}
    return tuple(quotes)


def _quote(origin: Source, subject: _Subject, chosen: Chosen) -> Quote:
    passage, testimony = origin.of(chosen.stretch.claim)
    return Quote(
        passage_id=passage.id,
        testimony_id=testimony.id,
        subject=subject.id,
        sense=subject.sense,
        text=printed(testimony, passage, chosen.stretch.spans),
        spans=chosen.stretch.spans,
        attribution=attribution(testimony),
        score=round(chosen.score, 4),
        sense_doubtful=chosen.stretch.claim.sense_doubtful,
    )
