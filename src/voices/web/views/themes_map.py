"""The map of the passages: a point a passage, near what is said in a like way, each a link; and the same as a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import dist

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from voices.report.words import cut
from voices.store.models import Passage
from voices.store.search.text import among
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.views.themes import counted
from voices.web.views.themes_seen import last_run, seen
from voices.web.views.themes_told import Mark, Told, told

MOST = 2000
"""Points of the map: more would hide one another."""
_WIDTH, _HEIGHT, _MARGIN = 1000, 720, 44
_LONG = 90
"""Characters of a passage that its point tells."""
_APART = 48.0
"""Between two numbers of themes, so that both are read and can be touched."""
_ROUNDS = 60
_NEAR = 2
"""Neighbours of a theme that the list tells."""


@dataclass(frozen=True, slots=True)
class Point:
    """A passage on the map. Without `mark`, it is in no theme."""

    x: float
    y: float
    url: str
    said: str
    mark: Mark | None

    @property
    def across(self) -> str:
        """Where it is drawn. Said here: two thousand times, a template's filters take longer than all the rest."""
        return f"{self.x:.1f}"

    @property
    def down(self) -> str:
        """The same, from the top."""
        return f"{self.y:.1f}"

    @property
    def theme(self) -> str:
        """Its theme, in words."""
        return f"Thème {self.mark.number}" if self.mark else "Sans thème"


@dataclass(frozen=True, slots=True)
class Label:
    """A theme on the map, and those whose centres are nearest to its own."""

    told: Told
    x: float
    y: float
    near: tuple[Told, ...]


@allowed(Action.THEMES)
@require_safe
def map_(request: HttpRequest) -> HttpResponse:
    """The map of the passages in reach: hidden themes are not on it."""
    reach = reach_in(request)
    found = told(reach, quotes=False)
    shown = [one for one in found if not one.theme.hidden]
    drawn, total = points(reach, shown)
    context = {
        "run": last_run(),
        "points": drawn,
        "total": total,
        "labels": labels(shown, drawn),
        "counts": counted(reach),
        "hidden": len(found) - len(shown),
        "width": _WIDTH,
        "height": _HEIGHT,
        "tab": "map",
    }
    return render(request, "web/themes/map.html", context)


def points(reach: Reach, shown: Sequence[Told]) -> tuple[list[Point], int]:
    """The points, at most `MOST`, drawn once for all from the passages; and how many there would be."""
    marks, found = {one.theme.pk: one.mark for one in shown}, seen(reach)
    there = found.alone | np.isin(found.home, list(marks))
    on_map, homes = found.passages.where(there), found.home[there]
    first = np.lexsort((on_map.ids, on_map.number("chance")))[:MOST]
    ids = on_map.ids[first].tolist()
    some = among(Passage.objects.order_by(), ids).values_list("pk", "text", "number", "testimony")
    said = {pk: (text, number, testimony) for pk, text, number, testimony in some}
    columns = (homes[first], on_map.number("x")[first], on_map.number("y")[first])
    before, after = reverse("review_testimony", args=[0]).rsplit("0", 1)  # one address is made, not two thousand
    drawn = [
        _point(marks.get(home), x, y, f"{before}{said[pk][2]}{after}#p{said[pk][1]}", said[pk][0])
        for pk, home, x, y in zip(ids, *(one.tolist() for one in columns), strict=True)
        if pk in said
    ]
    return sorted(drawn, key=lambda one: one.mark is not None), len(homes)


def _point(mark: Mark | None, x: float, y: float, url: str, said: str) -> Point:
    return Point(*_place(x, y), url, cut(" ".join(said.split()), _LONG), mark)


def _place(x: float, y: float) -> tuple[float, float]:
    return _MARGIN + x * (_WIDTH - 2 * _MARGIN), _MARGIN + (1 - y) * (_HEIGHT - 2 * _MARGIN)


def labels(shown: Sequence[Told], drawn: Iterable[Point]) -> list[Label]:
    """The themes, each at the middle of its points, pushed aside where two numbers would touch."""
    mine: dict[int, list[Point]] = {}
    for point in drawn:
        if point.mark:
            mine.setdefault(point.mark.number, []).append(point)
    middles = {}
    for one in shown:
        some = mine.get(one.mark.number if one.mark else 0, [])
        if some:
            middles[one.theme.pk] = (sum(p.x for p in some) / len(some), sum(p.y for p in some) / len(some))
    placed = _pushed(middles)
    by_id = {one.theme.pk: one for one in shown}
    return [Label(one, *placed[one.theme.pk], _near(one, middles, by_id)) for one in shown if one.theme.pk in placed]


def _near(told: Told, middles: dict[int, tuple[float, float]], by_id: dict[int, Told]) -> tuple[Told, ...]:
    here = middles[told.theme.pk]
    others = sorted((dist(here, there), pk) for pk, there in middles.items() if pk != told.theme.pk)
    return tuple(by_id[pk] for _, pk in others[:_NEAR])


def _pushed(middles: dict[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """The same, no two nearer than `_APART`, as far as a few rounds can do it."""
    placed = dict(middles)
    ids = sorted(placed)
    for _ in range(_ROUNDS):
        before = dict(placed)
        for at, one in enumerate(ids):
            for other in ids[at + 1 :]:
                (x, y), (u, v) = placed[one], placed[other]
                gap = dist((x, y), (u, v))
                if gap < _APART:
                    push = (_APART - gap) / 2
                    across, down = ((u - x) / gap, (v - y) / gap) if gap else (1.0, 0.0)
                    placed[one] = _inside(x - push * across, y - push * down)
                    placed[other] = _inside(u + push * across, v + push * down)
        if placed == before:
            break
    return placed


def _inside(x: float, y: float) -> tuple[float, float]:
    return min(max(x, _MARGIN), _WIDTH - _MARGIN), min(max(y, _MARGIN), _HEIGHT - _MARGIN)
