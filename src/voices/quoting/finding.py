"""Finding quotes among the passages that may be quoted.

The base leaves out what was not asked for and keeps a few hundred passages, from every place; those are cut, ranked and
folded by `quotes`, presence and lack side by side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q, QuerySet

from voices import settings as table
from voices.domain import Sense
from voices.quotes.differing import LEAST_SURE
from voices.quotes.finding import Candidate, Found, Length, facing, rank
from voices.quoting.nearing import Near, drawn, nearest, vector_of
from voices.quoting.suggested import doubtful, suggestions
from voices.settings import Settings
from voices.store.columns.asked import Chosen, Mask, chosen
from voices.store.models import Passage, PassageTheme, Suggestion, Theme, ThemeRun
from voices.store.search import lemmas, text
from voices.store.search.vectors import DIM
from voices.store.testimonies import passage_of, testimony_of

CODES = ("accueil", "appartenance", "action")
TRIED = 400
"""How many passages are cut and compared for one search."""
SHOWN = 60
"""How many quotes a search gives at most."""
_CHARACTERS = {Length.SHORT: (1, 400), Length.MEDIUM: (90, 900), Length.LONG: (200, 10**6)}
"""Characters of the passages that quotes of each length can come from."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; empty, anything. `meaning` is asked with one's own words, `words` are to be found in it."""

    code: str = ""
    sense: Sense | None = None
    theme: int | None = None
    place: int | None = None
    length: Length | None = None
    words: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """A quote found: its row, the spans that are best quoted, those that say almost the same, the codes whose sense is
    to be checked, and how near it is to what was asked by its meaning."""

    row: Passage
    spans: tuple[tuple[int, int], ...]
    same: tuple[Passage, ...] = ()
    doubtful: frozenset[str] = frozenset()
    near: Near | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The quotes, best first, and how many passages answer: in all, telling a presence, a lack, both; their places."""

    picks: tuple[Pick, ...]
    total: int
    presence: int
    lack: int
    mixed: int
    places: int


def find(passages: QuerySet[Passage], wish: Wish, *, settings: Settings | None = None) -> Finding:
    """The quotes that answer, from these passages alone: those that the person may quote.

    Only passages whose coding stands: one of the three A at least, on which nobody differs, in words like those that
    the coder knows. Raises ModelError where what reads a question by its meaning is missing.
    """
    asked = _fitting(chosen(_asked(quotable(passages), wish)), wish)
    near = nearest(asked, wish.meaning, TRIED, settings or table.load()) if wish.meaning else {}
    ids = list(near) if wish.meaning else _spread(asked, wish)
    some = text.among(passages, ids).select_related("testimony__place").defer("lemmas", "testimony__names")
    rows = {row.pk: row for row in some}
    suggested = suggestions(rows.values())
    candidates = _candidates([rows[pk] for pk in ids if pk in rows], suggested, wish, near)
    found = _ranked(candidates, rows, wish)
    return Finding(picks=tuple(_pick(one, rows, suggested, near) for one in found), **_counts(asked, wish.code))


def quotable(passages: QuerySet[Passage]) -> QuerySet[Passage]:
    """Those of the passages whose coding stands."""
    coded = Q(*((code + "__gt", "") for code in CODES), _connector=Q.OR)
    return passages.filter(coded, outside=False).exclude(standing=Passage.Standing.DIFFERING)


def themes() -> QuerySet[Theme]:
    """The themes of the last search for them, those that are shown."""
    last = ThemeRun.objects.order_by("-pk").values("pk")[:1]
    return Theme.objects.filter(run__in=last, hidden=False, merged_into=None)


def _asked(passages: QuerySet[Passage], wish: Wish) -> QuerySet[Passage]:
    if wish.code in CODES:
        passages = passages.filter(**{wish.code: wish.sense.value} if wish.sense else {f"{wish.code}__gt": ""})
    elif wish.sense:
        passages = passages.filter(Q(*((code, wish.sense.value) for code in CODES), _connector=Q.OR))
    if wish.place:
        passages = passages.filter(place_id=wish.place)
    if wish.theme:
        passages = passages.filter(pk__in=PassageTheme.objects.filter(theme__in=_merged(wish.theme)).values("passage"))
    if wish.words:
        passages = text.containing(passages, lemmas.by_lemma(wish.words), column="lemmas")
    return passages


def _merged(theme: int) -> set[int]:
    """The theme, and those that people put into it."""
    every, more = {theme}, {theme}
    while more:
        more = set(Theme.objects.filter(merged_into__in=more).values_list("pk", flat=True)) - every
        every |= more
    return every


def _fitting(passages: Chosen, wish: Wish) -> Chosen:
    """Those from which a quote of that length can come."""
    if not wish.length:
        return passages
    least, most = _CHARACTERS[wish.length]
    sizes = passages.number("end") - passages.number("start")
    return passages.where((sizes >= least) & (sizes <= most))


def _spread(passages: Chosen, wish: Wish) -> list[int]:
    """A few hundred passages: of every place, presence and lack; those reread first, then those that are surest."""
    places, lacking = passages.number("place_id"), _lacking(passages, wish.code)
    machine = passages.is_("standing", Passage.Standing.MACHINE.value)
    ids, useful, chance = (passages.number(name) for name in ("id", "useful", "chance"))
    order = np.lexsort((ids, chance, useful, machine, lacking, places))
    # Their rank in their place and on their side: the distance to the first of these.
    group = places[order] * 2 + lacking[order]
    first = np.flatnonzero(np.r_[True, group[1:] != group[:-1]]) if len(group) else np.zeros(0, np.intp)
    rank = np.arange(len(group)) - np.repeat(first, np.diff(np.r_[first, len(group)]))
    share = max(3, TRIED // (2 * max(len(np.unique(places)), 1)))
    kept = np.flatnonzero(rank < share)
    kept = kept[np.lexsort((ids[order[kept]], rank[kept]))][:TRIED]
    found: list[int] = ids[order[kept]].tolist()
    return found


def _lacking(passages: Chosen, code: str) -> Mask:
    """Whether each tells a lack (of that code; of any, where none is told), alone or with a presence."""
    return _telling(passages, code, Sense.LACK, Sense.MIXED)


def _telling(passages: Chosen, code: str, *senses: Sense) -> Mask:
    """Whether each tells that code (any of the three, where none is told) in one of these senses."""
    codes, values = (code,) if code in CODES else CODES, [sense.value for sense in senses]
    found: Mask = np.logical_or.reduce([passages.is_(one, *values) for one in codes])
    return found


def _pick(
    found: Found, rows: Mapping[int, Passage], suggested: Mapping[int, Suggestion], near: Mapping[int, Near]
) -> Pick:
    row = rows[int(found.passage.id)]
    same = tuple(rows[int(one)] for one in found.same)
    return Pick(row, found.spans, same, doubtful(row, suggested.get(row.pk)), near.get(row.pk))


def _candidates(
    rows: Sequence[Passage], suggested: Mapping[int, Suggestion], wish: Wish, near: Mapping[int, Near]
) -> list[Candidate]:
    told = {row.pk: _told(row, suggested.get(row.pk), wish.code) for row in rows}
    return [
        Candidate(
            passage_of(row),
            testimony_of(row.testimony),
            strength=near[row.pk].weighing(told[row.pk][0]) if near else told[row.pk][0],
            evidence=told[row.pk][1],
            sense_doubtful=told[row.pk][2],
        )
        for row in rows
        if told[row.pk][0] >= LEAST_SURE
    ]


def _told(row: Passage, suggestion: Suggestion | None, code: str) -> tuple[float, tuple[int, int] | None, bool]:
    """How surely the passage tells the code (the surest of the three, where none is asked), its sentence for it, and
    whether the sense is to be checked.

    What people said is sure; the sentence is the machine's, where it saw the same.
    """
    held = {one: getattr(row, one) for one in CODES if getattr(row, one) and code in ("", one)}
    seen = [one for one in (suggestion.codings if suggestion else []) if held.get(one["code"]) == one["sense"]]
    best = max(seen, key=lambda one: one["probability"] * one["sense_probability"], default=None)
    evidence = (best["evidence"]["start"], best["evidence"]["end"]) if best and best["evidence"] else None
    if row.standing != Passage.Standing.MACHINE or not best:
        return 1.0, evidence, False
    return best["probability"] * best["sense_probability"], evidence, best["code"] in doubtful(row, suggestion)


def _ranked(candidates: Sequence[Candidate], rows: Mapping[int, Passage], wish: Wish) -> tuple[Found, ...]:
    """Both sides ranked, and put in one list: a lack is never far down for being a lack."""
    centre = drawn().mean(axis=0)
    codes = (wish.code,) if wish.code in CODES else CODES
    sides: tuple[list[Candidate], list[Candidate]] = ([], [])
    for one in candidates:
        senses = {getattr(rows[int(one.passage.id)], code) for code in codes}
        sides[bool(senses & {Sense.LACK.value, Sense.MIXED.value})].append(one)
    presence, lack = (
        rank(
            side,
            np.array([vector_of(rows[int(one.passage.id)].vector) for one in side], np.float32).reshape(-1, DIM),
            n=SHOWN,
            centre=centre,
            length=wish.length,
        )
        for side in sides
    )
    return facing(presence, lack)[:SHOWN]


def _counts(passages: Chosen, code: str) -> dict[str, int]:
    senses = {"presence": Sense.PRESENCE, "lack": Sense.LACK, "mixed": Sense.MIXED}
    return {
        "total": len(passages),
        "places": len(np.unique(passages.number("place_id"))),
        **{name: int(np.count_nonzero(_telling(passages, code, sense))) for name, sense in senses.items()},
    }
