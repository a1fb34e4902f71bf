"""Lexical worlds: which words go together in the passages, class by class, and what each class goes with."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from voices import counting
from voices.domain import STABLE
from voices.errors import SettingsError
from voices.lexicon import dendrogram
from voices.lexicon.classes import SECOND_UNIT, Choices, Classes, Typical
from voices.web.access import Action, allowed, reach_in
from voices.web.views.words import WAYS, WordFilters

_NUMBERS = tuple((str(number), f"{number} classes au plus") for number in (3, 4, 5, 6, 8))
_USUAL = "4"
_WORDS, _FEWER, _TYPICAL, _TIES = 16, 6, 3, 5
_MEASURED = ((1_000, 20), (5_000, 5))
"""Up to so many passages, classifications made again to see what holds, while one waits; none above."""


class Asked(forms.Form):
    """How the passages are classed."""

    classes = forms.ChoiceField(label="Nombre de classes", required=False, choices=_NUMBERS)
    deux = forms.BooleanField(label="Ne garder que ce que deux classements disent tous deux", required=False)

    def choices(self, n_passages: int) -> Choices:
        """The same, for that many passages."""
        asked = self.cleaned_data if self.is_valid() else {}
        resamples = next((times for most, times in _MEASURED if n_passages <= most), 0)
        return Choices(
            classes=int(asked.get("classes") or _USUAL),
            second_unit=SECOND_UNIT if asked.get("deux") else None,
            resamples=resamples,
        )


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
    """The classes of words of the passages asked for."""
    form, asked = WordFilters(request.GET, reach=reach_in(request)), Asked(request.GET or None)
    found, worlds, problem = None, [], ""
    try:
        said = counting.count(form.among(reach_in(request).passages(Action.SEARCH)), least=3)
        found = counting.worlds(said, asked.choices(len(said.rows)))
        worlds = list(_worlds(said, found))
    except SettingsError as error:
        problem = f"{error.problem} {error.remedy}"
    context = {
        "form": form,
        "asked": asked,
        "numbers": [(value, label, value == (request.GET.get("classes") or _USUAL)) for value, label in _NUMBERS],
        "found": found,
        "worlds": worlds,
        "measured": bool(found and found.stability),
        "unclassed": _percent(found.unclassed) if found else "",
        "picture": mark_safe(dendrogram.draw(found)) if found else "",  # noqa: S308 - `dendrogram` escapes
        "problem": problem,
        "tab": "classes",
    }
    return render(request, "web/words/classes.html", context, status=422 if form.errors else 200)


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
