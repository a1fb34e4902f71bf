"""Lexical worlds: which words go together in the passages, class by class, and what each class goes with."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from voices import counting
from voices.domain import STABLE
from voices.errors import SettingsError
from voices.lexicon import dendrogram
from voices.lexicon.classes import Classes, Typical
from voices.store.models import User
from voices.web import worlds
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.views.words import WAYS, WordFilters

_WORDS, _FEWER, _TYPICAL, _TIES = 16, 6, 3, 5


@dataclass(frozen=True, slots=True)
class World:
    """A class as it is shown."""

    number: int
    share: str
    testimonies: int
    steady: bool | None
    words: list[dict[str, str]]
    fewer: tuple[str, ...]
    typical: list[dict[str, str]]
    ties: list[str]


@allowed(Action.SEARCH)
@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """The classes of words of the passages asked for; whether they hold, once it is measured."""
    form, asked = WordFilters(request.GET, reach=reach_in(request)), worlds.Asked(request.GET or None)
    found, shown, problem = None, [], ""
    try:
        said, choices = worlds.counted(request.GET, reach_in(request))
        found = counting.worlds(said, choices)
        if held := worlds.known(said, choices):
            found = worlds.told(found, held, choices)
        shown = list(_worlds(said, found))
    except SettingsError as error:
        problem = f"{error.problem} {error.remedy}"
    chosen = request.GET.get("classes") or worlds.USUAL
    context = {
        "form": form,
        "asked": asked,
        "numbers": [(value, label, value == chosen) for value, label in worlds.NUMBERS],
        "found": found,
        "worlds": shown,
        "unclassed": _percent(found.unclassed) if found else "",
        "picture": mark_safe(dendrogram.draw(found)) if found else "",  # noqa: S308 - `dendrogram` escapes
        "problem": problem,
        "tab": "classes",
    }
    if found and not found.stability:
        context |= {"measuring": True} | _measuring(worlds.asked_in(request.GET), person_in(request))
    return render(request, "web/words/classes.html", context, status=422 if form.errors else 200)


@allowed(Action.SEARCH)
@require_POST
def measure(request: HttpRequest) -> HttpResponse:
    """The page of the classes, where whether they hold is being measured; the part of it that moves, with scripts."""
    asked = worlds.asked_in(request.POST)
    worlds.ask(asked, person_in(request))
    if request.headers.get("HX-Request"):
        return render(request, "web/words/holding.html", _measuring(asked, person_in(request)))
    return redirect(_page(asked))


@allowed(Action.SEARCH)
@require_safe
def measured(request: HttpRequest) -> HttpResponse:
    """Where the measure stands, asked for again and again; once it has ended, the page is to be loaded anew."""
    told = _measuring(worlds.asked_in(request.GET), person_in(request))
    answer = render(request, "web/words/holding.html", told)
    if not told["moving"]:
        answer["HX-Refresh"] = "true"
    return answer


def _measuring(asked: dict[str, str], person: User) -> dict[str, Any]:
    """Where the measure that the person asked for stands: it goes on, failed, is out of date, or is to be asked for."""
    job = worlds.last(asked, person)
    return {
        "job": job,
        "kept": asked,
        "moving": job is not None and job.state in worlds.GOING,
        "page": _page(asked),
        "state": f"{reverse('words_measured')}?{urlencode(asked)}",
    }


def _page(asked: dict[str, str]) -> str:
    return f"{reverse('words_classes')}?{urlencode(asked)}"


def _worlds(said: counting.Said, found: Classes) -> Iterator[World]:
    ties = _ties(said, found)
    for rank in range(len(found)):
        yield World(
            number=rank + 1,
            share=_percent(found.share(rank)),
            testimonies=found.testimonies(rank),
            steady=found.stability[rank] >= STABLE if found.stability else None,
            words=[{"word": word, "url": _search(word)} for word in found.words_of(rank, _WORDS)],
            fewer=found.words_of(rank, _FEWER, missing=True),
            typical=[_typical(one) for one in found.typical(rank, _TYPICAL)],
            ties=ties[rank][:_TIES],
        )


def _ties(said: counting.Said, found: Classes) -> list[list[str]]:
    """Of each class, the places, years, codes and themes that it goes with more than chance would have it."""
    told: list[list[tuple[float, str]]] = [[] for _ in range(len(found))]
    for way, _ in WAYS:
        crossed = counting.crossed(said, found, way) if way != "code" else None
        for row in crossed.rows() if crossed else ():
            name, number, _, _, share, elsewhere, chi2, *_, holds = row
            if holds == "oui" and float(chi2 or 0) > 0 and not str(name).startswith("("):
                line = f"{name}\u202f: {_percent(share)} de ses passages, {_percent(elsewhere)} ailleurs"
                told[int(number or 1) - 1].append((-float(chi2 or 0), line))
    return [[line for _, line in sorted(lines)] for lines in told]


def _typical(one: Typical) -> dict[str, str]:
    return {"text": one.text, "url": reverse("review_passage", args=[int(one.passage_id)])}


def _search(word: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': word, 'mode': 'formes'})}"


def _percent(share: object) -> str:
    return f"{100 * float(str(share or 0)):.0f}\u202f%"
