"""The page of a theme, and that of the passages in none: the passages, filtered, a page at a time."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from voices.reviewing.holding import codes_of
from voices.store.models import Passage, Theme
from voices.store.search import text, words
from voices.theming import acting
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.alphabet import by_name
from voices.web.views.review.book import book
from voices.web.views.review.reasons import chips
from voices.web.views.testimonies_told import where
from voices.web.views.themes import counted
from voices.web.views.themes_told import CODES, last_run, members_of, told, unthemed

_PAGE = 20
_SENSES = (("presence", "+", "présence"), ("manque", "-", "manque"), ("mixte", "±", "mixte"))
_SAID = {f"{code}-{name}": (code, sense) for code in CODES for name, sense, _ in _SENSES}


class Asked(forms.Form):
    """Which passages of a theme are listed."""

    lieu = forms.ChoiceField(label="Lieu", required=False)
    dit = forms.ChoiceField(
        label="Ce qui est dit",
        required=False,
        choices=[("", "Peu importe")]
        + [(f"{code}-{name}", f"{label}, {word}") for code, label in CODES.items() for name, _, word in _SENSES]
        + [("rien", "Aucun des trois A")],
    )
    mot = forms.CharField(label="Avec les mots", required=False, max_length=100)

    def __init__(self, data: QueryDict, reach: Reach) -> None:
        super().__init__(data)
        places = [(one.slug, one.name) for one in by_name(reach.places(Action.THEMES))]
        self.fields["lieu"].choices = [("", "Tous"), *places]  # type: ignore[attr-defined]

    def among(self, passages: QuerySet[Passage]) -> QuerySet[Passage]:
        """Those of the passages that are asked for; none where something is not understood."""
        if not self.is_valid():
            return passages.none()
        said = self.cleaned_data
        if said["lieu"]:
            passages = passages.filter(place__slug=said["lieu"])
        if said["dit"] == "rien":
            passages = passages.filter(Q(**dict.fromkeys(CODES, "")))
        elif said["dit"]:
            code, sense = _SAID[said["dit"]]
            passages = passages.filter(**{code: sense})
        return text.containing(passages, words.exact(said["mot"]))

    @property
    def asks(self) -> bool:
        """Whether anything is asked."""
        return any(self.data.get(name) for name in self.fields)


def asked(data: QueryDict, reach: Reach) -> Asked:
    """What an address, or a form, asks."""
    return Asked(data, reach)


def listable(reach: Reach, theme: Theme) -> QuerySet[Passage]:
    """The passages of the theme in reach, the most central first."""
    mine = members_of(reach, theme)
    rank = Subquery(mine.filter(passage=OuterRef("pk")).values("rank")[:1])
    passages = reach.passages(Action.THEMES).filter(pk__in=mine.values("passage"))
    return passages.annotate(rank_in=rank).order_by("rank_in", "pk")


@allowed(Action.THEMES)
@require_safe
def theme(request: HttpRequest, pk: int) -> HttpResponse:
    """A theme: what is told of it, its passages, what one may do of it."""
    reach = reach_in(request)
    found = get_object_or_404(acting.shown(), pk=pk)
    everyone = told(reach, quotes=False)
    mine = next((one for one in everyone if one.theme == found), None)
    if mine is None:
        raise Http404
    acts = reach.everywhere(Action.THEMES)
    context = {
        "told": mine,
        "others": [one for one in everyone if one.theme != found and not one.theme.hidden],
        "parts": found.merged.filter(run=found.run).order_by("pk"),
        "acts": acts,
        "splitting": acts and request.GET.get("separer") == "oui",
        **_page(request, listable(reach, found)),
    }
    return render(request, "web/themes/theme.html", context)


@allowed(Action.THEMES)
@require_safe
def none(request: HttpRequest) -> HttpResponse:
    """The passages that are in no theme, and how many they are."""
    reach = reach_in(request)
    alone = unthemed(reach).filter(left_out=False).values("passage")
    passages = reach.passages(Action.THEMES).filter(pk__in=alone).order_by("testimony", "start")
    context = {"run": last_run(), "counts": counted(reach), "tab": "none", **_page(request, passages)}
    return render(request, "web/themes/none.html", context)


def _page(request: HttpRequest, passages: QuerySet[Passage]) -> dict[str, Any]:
    form = asked(request.GET, reach_in(request))
    rows = form.among(passages).select_related("testimony__place")
    page = Paginator(rows.defer("lemmas", "vector", "testimony__text", "testimony__names"), _PAGE)
    shown = page.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    the_book = book()
    return {
        "form": form,
        "page": shown,
        "query": query.urlencode(),
        "rows": [
            {
                "passage": one,
                "where": where(one.testimony),
                "chips": chips(the_book, codes_of(one)),
            }
            for one in shown
        ],
    }
