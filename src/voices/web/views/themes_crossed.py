"""A theme crossed with codes, places, periods and channels: counts open their passages, differences are tested."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from voices.domain import Axis, Cell, Crossing
from voices.report.gathered import channel_words
from voices.report.words import percent
from voices.store.models import Place
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.views.search_filters import period_words
from voices.web.views.themes_seen import Seen, seen
from voices.web.views.themes_told import CODES, one_of

_FEW = 5
"""Under this many testimonies a share would say more than they know."""
_SAID = {"+": ("presence", "présence"), "-": ("manque", "manque"), "±": ("mixte", "mixte")}
_CAPTIONS = {
    Axis.CODE: "Avec les trois A",
    Axis.PLACE: "Avec les lieux",
    Axis.PERIOD: "Dans le temps",
    Axis.CHANNEL: "Selon le moyen",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A value, as a line of a table. Shares are empty where there are too few testimonies."""

    label: str
    url: str
    passages: int
    testimonies: int
    of: int
    share: str
    between: str
    elsewhere: str
    differs: str


@dataclass(frozen=True, slots=True)
class Table:
    """An axis: its lines, and whether they are codes, which are counted otherwise."""

    caption: str
    rows: list[Row]
    codes: bool


@allowed(Action.THEMES)
@require_safe
def crossed(request: HttpRequest, pk: int) -> HttpResponse:
    """The tables of a theme, of the passages in reach."""
    reach = reach_in(request)
    mine, everyone = one_of(reach, pk)
    tables = tables_of(pk, crossings(seen(reach), reach, [one.theme.pk for one in everyone]))
    return render(request, "web/themes/crossed.html", {"told": mine, "tables": tables})


def crossings(found: Seen, reach: Reach, themes: Sequence[int]) -> tuple[Crossing, ...]:
    """The themes crossed, over the passages in reach that the search compared. Places are told by their slugs."""
    from voices.themes.crossing import Observation, cross, periods

    compared = found.passages.where((found.home > 0) | found.alone)
    homes = found.home[(found.home > 0) | found.alone]
    rows = reach.testimonies(Action.THEMES).values_list("pk", "date", "channel")
    about = {pk: (date or None, channel or None) for pk, date, channel in rows}
    period = periods(date for date, _ in about.values())
    slugs = dict(Place.objects.values_list("pk", "slug"))
    senses = {(code, sense): compared.is_(code, sense) for code in CODES for sense in _SAID}
    columns = (compared.number(name).tolist() for name in ("id", "testimony_id", "place_id"))
    observations = [
        Observation(
            str(pk),
            str(testimony),
            str(home) if home else None,
            frozenset(f"{code} {sense}" for (code, sense), said in senses.items() if said[at]),
            {
                Axis.PLACE: slugs.get(place),
                Axis.PERIOD: period(about.get(testimony, (None, None))[0]),
                Axis.CHANNEL: about.get(testimony, (None, None))[1],
            },
        )
        for at, (pk, testimony, place, home) in enumerate(zip(*columns, homes.tolist(), strict=True))
    ]
    return cross(observations, [str(one) for one in themes], list(CODES))


def tables_of(theme: int, found: Sequence[Crossing]) -> list[Table]:
    """The tables of that theme; a table of one line has nothing to compare, and is left out."""
    places = dict(Place.objects.values_list("slug", "name"))
    mine = [one for one in found if one.theme_id == str(theme)]
    return [
        Table(_CAPTIONS[one.axis], [_row(theme, one.axis, cell, places) for cell in one.cells], one.axis == Axis.CODE)
        for one in mine
        if len(one.cells) > 1
    ]


def _row(theme: int, axis: Axis, cell: Cell, places: dict[str, str]) -> Row:
    label, asked = _told(axis, cell.value, places)
    enough = cell.of >= _FEW
    more = cell.elsewhere is not None and cell.share > cell.elsewhere
    return Row(
        label,
        f"{reverse('theme', args=[theme])}?{urlencode(asked)}",
        len(cell.passages),
        cell.testimonies,
        cell.of,
        (percent(cell.testimonies, cell.of, enough=_FEW) or "") if enough else "",
        f"entre {cell.low:.0%} et {cell.high:.0%}".replace("%", "\u202f%") if enough else "",
        f"{cell.elsewhere:.0%}".replace("%", "\u202f%") if cell.elsewhere is not None else "",
        ("plus qu’ailleurs" if more else "moins qu’ailleurs") if cell.differs else "",
    )


def _told(axis: Axis, value: str, places: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The value in words, and what the page of the theme is asked to list its passages."""
    match axis:
        case Axis.CODE:
            code, _, sense = value.partition(" ")
            name, word = _SAID[sense]
            return f"{CODES[code]}, {word}", {"dit": f"{code}-{name}"}
        case Axis.PLACE:
            return places.get(value, value), {"lieu": value}
        case Axis.PERIOD:
            return period_words(value), {"periode": value}
        case Axis.CHANNEL:
            return channel_words(value) or value, {"canal": value}
