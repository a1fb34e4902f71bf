"""The few quotes that tell a place: chosen among its passages by the rules of quotes, reviewed ones first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from voices.domain import Sense
from voices.quotes.cutting import written
from voices.quotes.differing import LEAST_SURE
from voices.quotes.finding import Candidate, Found, rank
from voices.report.gathered import channel_words
from voices.report.words import date_words
from voices.reporting.held import reviewed
from voices.store.models import Passage, Suggestion
from voices.store.search.vectors import DIM
from voices.store.testimonies import passage_of, testimony_of
from voices.web.views.place_counts import THREE, Counts, Said
from voices.web.views.testimonies_told import quotable

_TRIED = 24
"""Passages compared for one code and one sense."""
_MORE, _LESS = 2, 1
"""Quotes of the side that is told most, and of the other: a lack is never left out for being rare."""
_SIDES = (Sense.PRESENCE, Sense.LACK)


@dataclass(frozen=True, slots=True)
class Told:
    """A quote of a place, as its page shows it."""

    passage: Passage
    text: str
    sense: Sense
    attribution: str
    publishable: bool


def quotes(counts: Counts) -> dict[str, list[Told]]:
    """By code, the quotes that tell it, presence and lack."""
    tried = {(code, sense): _tried(counts.of(code, sense)) for code in THREE for sense in _SIDES}
    rows = Passage.objects.filter(pk__in={pk for some in tried.values() for pk in some})
    found = {row.pk: row for row in rows.defer("lemmas").select_related("testimony__place")}
    strengths = _strengths(found.values())
    return {
        code: [
            quote
            for sense, most in _shares(counts, code)
            for quote in _chosen([found[pk] for pk in tried[code, sense]], code, sense, most, strengths)
        ]
        for code in THREE
    }


def _tried(said: Sequence[Said]) -> list[int]:
    """What people agreed on first, then what the machine is surest of."""
    fit = [one for one in said if not one.differing]
    return [one.pk for one in sorted(fit, key=lambda one: (not one.reviewed, one.doubt, one.pk))[:_TRIED]]


def _shares(counts: Counts, code: str) -> list[tuple[Sense, int]]:
    """How many quotes of each side, the presence first."""
    presence, lack = (len(counts.of(code, sense)) for sense in _SIDES)
    return [(Sense.PRESENCE, _MORE if presence >= lack else _LESS), (Sense.LACK, _MORE if lack > presence else _LESS)]


def _chosen(
    rows: Sequence[Passage],
    code: str,
    sense: Sense,
    most: int,
    strengths: Mapping[tuple[int, str, str], tuple[float, tuple[int, int] | None]],
) -> list[Told]:
    held = {row.pk: strengths.get((row.pk, code, sense.value), (1.0, None)) for row in rows}
    kept = [
        (row, *held[row.pk])
        for row in rows
        if held[row.pk][0] >= LEAST_SURE or row.standing != Passage.Standing.MACHINE
    ]
    if not kept:
        return []
    candidates = [
        Candidate(passage_of(row), testimony_of(row.testimony), 1.0 if reviewed(row) else strength, evidence)
        for row, strength, evidence in kept
    ]
    vectors = np.array([_vector(row) for row, *_ in kept], np.float32)
    by_id = {str(row.pk): row for row, *_ in kept}
    found = rank(candidates, vectors, n=most, centre=vectors.mean(axis=0))
    return [_told(by_id[one.passage.id], one, sense) for one in found]


def _told(row: Passage, found: Found, sense: Sense) -> Told:
    of = row.testimony
    told = (row.speaker, channel_words(of.channel), date_words(of.date))
    return Told(
        passage=row,
        text=written(of.text, found.passage, found.spans),
        sense=sense,
        attribution=", ".join(part for part in told if part) or "Une personne",
        publishable=quotable(of),
    )


def _strengths(rows: Iterable[Passage]) -> dict[tuple[int, str, str], tuple[float, tuple[int, int] | None]]:
    """By passage, code and sense: how probable the machine finds it, and the sentence that weighs most."""
    ids = [row.pk for row in rows]
    suggestions = Suggestion.objects.filter(passage__in=ids, machine_pass__undone_at=None).order_by("machine_pass_id")
    found = {}
    for passage, codings in suggestions.values_list("passage", "codings"):
        for one in codings:
            evidence = (one["evidence"]["start"], one["evidence"]["end"]) if one["evidence"] else None
            found[passage, one["code"], one["sense"]] = (one["probability"] * one["sense_probability"], evidence)
    return found


def _vector(row: Passage) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.frombuffer(row.vector, "<f2").astype(np.float32) if row.vector else np.zeros(DIM, np.float32)
