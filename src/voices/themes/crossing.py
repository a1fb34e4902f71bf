"""Themes crossed with codes and senses, places, periods and channels, counted by testimony.

What is counted and compared is testimonies, which are independent of each other as passages of one of them are not.
Codes are of passages: there, each testimony counts for one passage, always the same, drawn by its id, so that a long
interview does not weigh more than a word in a guest book.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from voices.domain import Axis, Cell, Crossing, Sense, Study
from voices.themes.chance import by_chance, likely

FEWEST = 5
"""Under this many testimonies on a side, nothing is compared."""
_YEAR, _MONTH = 4, 7
"""Characters of an ISO 8601 date."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A passage as crossings see it: its testimony, its theme's id (None: in none), what is known of it by axis.

    `codes` are as in `Crossing`: « accueil + ». A place, a period or a channel that is not known is None.
    """

    passage_id: str
    testimony_id: str
    theme_id: str | None
    codes: frozenset[str]
    known: Mapping[Axis, str | None]


def observed(study: Study) -> list[Observation]:
    """The passages of the study that the search for themes compared."""
    origins = {one.id: one.origin for one in study.reading.testimonies}
    theme_of = {passage: theme.id for theme in study.themes.themes for passage in theme.passage_ids}
    coded = {one.passage_id: one.codings for one in study.codings}
    left_out = set(study.themes.left_out)
    period = periods(one.date for one in origins.values())
    return [
        Observation(
            one.id,
            one.testimony_id,
            theme_of.get(one.id),
            frozenset(f"{coding.code} {coding.sense}" for coding in coded.get(one.id, ())),
            {
                Axis.PLACE: origins[one.testimony_id].place,
                Axis.PERIOD: period(origins[one.testimony_id].date),
                Axis.CHANNEL: origins[one.testimony_id].channel,
            },
        )
        for one in study.passages
        if one.id not in left_out
    ]


def periods(dates: Iterable[str | None]) -> Callable[[str | None], str | None]:
    """What gives the period of a date: its year, or its month where all are of one year and tell it."""
    known = [one for one in dates if one]
    months = len({one[:_YEAR] for one in known}) == 1 and all(len(one) >= _MONTH for one in known)
    size = _MONTH if months else _YEAR
    return lambda date: date[:size] if date else None


def cross(observations: Sequence[Observation], theme_ids: Sequence[str], codes: Sequence[str]) -> tuple[Crossing, ...]:
    """Every theme crossed with every axis, in the order of `theme_ids`; values that are seen once at least.

    Args:
        observations: the passages that were compared, those in no theme among them.
        theme_ids: the themes to cross.
        codes: the ids of codes, in the order to tell them.
    """
    of: dict[str | None, list[Observation]] = defaultdict(list)
    for one in observations:
        of[one.theme_id].append(one)
    values = [f"{code} {sense}" for code in codes for sense in Sense]
    ranks = {one.passage_id: hashlib.sha256(one.passage_id.encode()).digest() for one in observations}
    drawn = _drawn(observations, ranks)
    everywhere = Counter(value for one in drawn.values() for value in one.codes)
    found = [
        Crossing(theme, Axis.CODE, _by_code(of[theme], _drawn(of[theme], ranks), drawn, everywhere, values))
        for theme in theme_ids
    ]
    for axis in (Axis.PLACE, Axis.PERIOD, Axis.CHANNEL):
        everyone = _testimonies(observations, axis)
        found += [Crossing(theme, axis, _by_value(of[theme], everyone, axis)) for theme in theme_ids]
    return _corrected(found)


def _testimonies(observations: Iterable[Observation], axis: Axis) -> dict[str, set[str]]:
    """The testimonies of each value, where it is known."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in observations:
        value = one.known.get(axis)
        if value is not None:
            found[value].add(one.testimony_id)
    return found


def _by_value(mine: Sequence[Observation], everyone: Mapping[str, set[str]], axis: Axis) -> tuple[Cell, ...]:
    """Of the testimonies of each value, those that tell the theme."""
    telling = _testimonies(mine, axis)
    passages: dict[str, list[str]] = defaultdict(list)
    for one in mine:
        value = one.known.get(axis)
        if value is not None:
            passages[value].append(one.passage_id)
    total, total_telling = (sum(len(some) for some in counts.values()) for counts in (everyone, telling))
    return tuple(
        _cell(
            value,
            (len(telling.get(value, ())), len(everyone[value])),
            (total_telling - len(telling.get(value, ())), total - len(everyone[value])),
            passages[value],
        )
        for value in sorted(everyone)
    )


def _by_code(
    mine: Sequence[Observation],
    telling: Mapping[str, Observation],
    drawn: Mapping[str, Observation],
    everywhere: Mapping[str, int],
    values: Sequence[str],
) -> tuple[Cell, ...]:
    """Of the testimonies that tell the theme, those whose drawn passage of it is so coded; beside the others.

    `telling`: the passage drawn of each testimony that tells the theme, among the theme's; `drawn`: of each testimony,
    among all of its passages; `everywhere`: how many of these are so coded.
    """
    inside = Counter(value for one in telling.values() for value in one.codes)
    not_outside = Counter(value for testimony in telling for value in drawn[testimony].codes)
    others = len(drawn) - len(telling)
    passages: dict[str, list[str]] = defaultdict(list)
    for one in mine:
        for value in one.codes:
            passages[value].append(one.passage_id)
    return tuple(
        _cell(
            value,
            (inside[value], len(telling)),
            (everywhere.get(value, 0) - not_outside[value], others),
            passages[value],
        )
        for value in values
    )


def _drawn(observations: Iterable[Observation], ranks: Mapping[str, bytes]) -> dict[str, Observation]:
    """One passage of each testimony, always the same, as by chance: that of the lowest rank. `ranks`: by passage."""
    found: dict[str, tuple[bytes, Observation]] = {}
    for one in observations:
        rank = ranks[one.passage_id]
        if one.testimony_id not in found or rank < found[one.testimony_id][0]:
            found[one.testimony_id] = (rank, one)
    return {testimony: one for testimony, (_, one) in found.items()}


def _cell(value: str, here: tuple[int, int], elsewhere: tuple[int, int], passages: Sequence[str]) -> Cell:
    (part, whole), (other, others) = here, elsewhere
    compared = min(whole, others) >= FEWEST
    return Cell(
        value,
        part,
        whole,
        tuple(passages),
        *likely(part, whole),
        elsewhere=other / others if compared else None,
        p=by_chance(part, whole, other, others) if compared else None,
    )


def _corrected(crossings: Sequence[Crossing]) -> tuple[Crossing, ...]:
    """The crossings, their probabilities corrected for being many on one axis (Holm 1979)."""
    corrected: dict[tuple[str, Axis, str], float] = {}
    for axis in Axis:
        tests = [
            (cell.p, one.theme_id, cell.value)
            for one in crossings
            if one.axis == axis
            for cell in one.cells
            if cell.p is not None
        ]
        highest = 0.0
        for rank, (p, theme, value) in enumerate(sorted(tests)):
            highest = max(highest, min(1.0, (len(tests) - rank) * p))
            corrected[theme, axis, value] = highest
    return tuple(
        replace(
            one,
            cells=tuple(replace(cell, p=corrected.get((one.theme_id, one.axis, cell.value))) for cell in one.cells),
        )
        for one in crossings
    )
