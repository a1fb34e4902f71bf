"""Words: those that set places, years, codes and themes apart; those that go together; where each is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from voices import counting, exchange
from voices.counting import Said
from voices.errors import SettingsError
from voices.lexicon import network, plane
from voices.lexicon.concordance import LONGEST, Line
from voices.lexicon.specificities import BANAL, Specificities
from voices.report.words import date_words
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.traces import trace
from voices.web.views.search_filters import PassageFilters

WAYS = (
    ("lieu", "Par lieu"),
    ("annee", "Par année"),
    ("role", "Par rôle"),
    ("code", "Par code"),
    ("sens", "Par sens"),
    ("theme", "Par thème"),
)
SORTS = (
    ("droite", "Ce qui suit"),
    ("gauche", "Ce qui précède"),
    ("lieu", "Le lieu"),
    ("date", "La date"),
)
_Cell = TypeVar("_Cell")
_KIND = "categorie"
KEPT = ("lieu", "du", "au", "canal")
_WORDS, _PARTS, _LINES, _LINKS = 12, 30, 200, 40
"""Shown at most: words of a part on each side, parts, lines of a concordance, links of the graph."""


class WordFilters(PassageFilters):
    """Which passages are counted."""

    def __init__(self, data: QueryDict, *, reach: Reach) -> None:
        super().__init__(data, reach=reach, action=Action.SEARCH)
        for name in [name for name in self.fields if name not in KEPT]:
            del self.fields[name]

    def kept(self) -> dict[str, str]:
        """The filters in force, as addresses repeat them."""
        return {name: self.data[name] for name in KEPT if self.data.get(name)}


class Query(forms.Form):
    """What a concordance looks for, and in what order it shows it."""

    q = forms.CharField(label="Mots à chercher", required=False, max_length=LONGEST)
    tri = forms.ChoiceField(label="Ranger par", required=False, choices=SORTS)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a part: its score, how often it is said there and in all, by how many testimonies, if it is sure."""

    word: str
    url: str
    score: str
    said: int
    total: int
    testimonies: int
    sure: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part, and the words that it says more, and less, than the others."""

    name: str
    more: list[Word]
    less: list[Word]


@allowed(Action.SEARCH)
@require_safe
def compared(request: HttpRequest) -> HttpResponse:
    """The words that set each place, year, code… apart."""
    by = _by(request)
    form = WordFilters(request.GET, reach=reach_in(request))
    said, problem = _said(request, form)
    parts, picture, single = [], "", False
    if said and said.rows:
        found = counting.compare(said, by)
        single = len(found.parts) < 2
        parts = [] if single else list(_parts(found))
        axes = None if single else counting.plane(said, by)
        picture = plane.draw(axes) if axes else ""
    ways = [_way(form, way, label) | {"current": way == by} for way, label in WAYS]
    context = {"form": form, "ways": ways, "by": by, "parts": parts, "single": single, "problem": problem}
    context |= {"query": urlencode(form.kept() | {"par": by})}
    context |= {"picture": mark_safe(picture), "tab": "compared"}  # noqa: S308 - written by `drawing`, which escapes
    return render(request, "web/words/compared.html", context, status=422 if form.errors else 200)


@allowed(Action.SEARCH)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Every word that sets a part apart, one a row. Nothing but its columns where there is nothing to compare."""
    by, form = _by(request), WordFilters(request.GET, reach=reach_in(request))
    said, _ = _said(request, form)
    rows = counting.compare(said, by).rows() if said and said.rows else ()
    lines = exchange.csv_lines(_kindless(Specificities.columns), [_kindless(row) for row in rows])
    trace(request, "Mots exportés", dict(WAYS)[by].lower())
    headers = {"Content-Disposition": f'attachment; filename="mots-{by}.csv"'}
    return HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8", headers=headers)


@allowed(Action.SEARCH)
@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """The words that go together: their graph, and its links."""
    form = WordFilters(request.GET, reach=reach_in(request))
    said, problem = _said(request, form)
    found = counting.graph(said) if said and said.rows else None
    context = {
        "form": form,
        "problem": problem,
        "picture": mark_safe(network.draw(found)) if found else "",  # noqa: S308 - as above
        "groups": found.communities() if found else (),
        "links": [row[:4] for _, row in zip(range(_LINKS), found.rows(), strict=False)] if found else [],
        "tab": "together",
    }
    return render(request, "web/words/together.html", context, status=422 if form.errors else 200)


@allowed(Action.SEARCH)
@require_safe
def concordance(request: HttpRequest) -> HttpResponse:
    """Every place where words are said."""
    form, lines, total, problem = Query(request.GET), [], 0, ""
    query = request.GET.get("q", "").replace("\x00", " ").strip()
    if query and form.is_valid():
        try:
            found = counting.concord(
                reach_in(request).passages(Action.SEARCH), query, sort=form.cleaned_data["tri"] or SORTS[0][0]
            )
            lines, total = [_line(line) for line in found.lines[:_LINES]], len(found.lines)
        except SettingsError as error:
            problem = f"{error.problem} {error.remedy}"
    context = {"form": form, "query": query, "lines": lines, "total": total, "problem": problem, "sorts": SORTS}
    return render(request, "web/words/concordance.html", context | {"most": _LINES, "tab": "concordance"})


def _by(request: HttpRequest) -> str:
    """What is compared: places, unless asked."""
    asked = request.GET.get("par", "")
    return asked if asked in dict(WAYS) else WAYS[0][0]


def _kindless(row: tuple[_Cell, ...]) -> tuple[_Cell, ...]:
    """The row without the part of speech, which the base does not tell."""
    at = Specificities.columns.index(_KIND)
    return (*row[:at], *row[at + 1 :])


def _way(form: WordFilters, way: str, label: str) -> dict[str, Any]:
    return {"label": label, "url": f"?{urlencode(form.kept() | {'par': way})}"}


def _said(request: HttpRequest, form: WordFilters) -> tuple[Said | None, str]:
    """The words of the passages asked for, or why they are not counted."""
    try:
        return counting.count(form.among(reach_in(request).passages(Action.SEARCH))), ""
    except SettingsError as error:
        return None, f"{error.problem} {error.remedy}"


def _parts(found: Specificities) -> Iterator[Part]:
    for part, name in enumerate(found.parts[:_PARTS]):
        scores = found.scores[:, part]
        order = scores.argsort(kind="stable").tolist()
        more = [_word(found, at, part) for at in reversed(order[-_WORDS:]) if scores[at] >= BANAL]
        less = [_word(found, at, part) for at in order[:_WORDS] if scores[at] <= -BANAL]
        yield Part(name, more, less)


def _word(found: Specificities, at: int, part: int) -> Word:
    return Word(
        word=found.terms[at],
        url=f"{reverse('search')}?{urlencode({'q': found.terms[at], 'mode': 'formes'})}",
        score=f"{found.scores[at, part]:+.1f}".replace(".", ",").replace("-", "−"),
        said=int(found.counts[at, part]),
        total=int(found.totals[at]),
        testimonies=int(found.voices[at, part]),
        sure=bool(found.holds[at, part]),
    )


def _line(line: Line) -> dict[str, Any]:
    told = " · ".join(part for part in (line.place, date_words(line.date or "")) if part)
    return {"line": line, "where": told, "url": reverse("review_passage", args=[int(line.passage_id)])}
