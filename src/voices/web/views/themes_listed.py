"""The page of a theme, and that of the passages in none: the passages, filtered, a page at a time."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from voices.reviewing.holding import codes_of
from voices.store.columns.asked import Chosen, chosen
from voices.store.models import Passage
from voices.store.search import text, words
from voices.store.search.text import among
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.alphabet import by_name
from voices.web.views.review.book import book
from voices.web.views.review.reasons import chips
from voices.web.views.testimonies_told import where
from voices.web.views.themes import counted
from voices.web.views.themes_seen import last_run, seen
from voices.web.views.themes_told import CODES, one_of

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
    periode = forms.CharField(label="Période", required=False, max_length=10, widget=forms.HiddenInput)
    canal = forms.CharField(label="Moyen", required=False, max_length=40, widget=forms.HiddenInput)

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
        if said["periode"]:
            passages = passages.filter(testimony__date__startswith=said["periode"])
        if said["canal"]:
            passages = passages.filter(testimony__channel=said["canal"])
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


@allowed(Action.THEMES)
@require_safe
def theme(request: HttpRequest, pk: int) -> HttpResponse:
    """A theme: what is told of it, its passages, what one may do of it."""
    reach = reach_in(request)
    mine, everyone = one_of(reach, pk)
    found = mine.theme
    acts = reach.everywhere(Action.THEMES)
    context = {
        "told": mine,
        "others": [one for one in everyone if one.theme != found and not one.theme.hidden],
        "parts": found.merged.filter(run=found.run).order_by("pk"),
        "acts": acts,
        "splitting": acts and request.GET.get("separer") == "oui",
        **_page(request, seen(reach).of(found.pk)),
    }
    return render(request, "web/themes/theme.html", context)


@allowed(Action.THEMES)
@require_safe
def none(request: HttpRequest) -> HttpResponse:
    """The passages that are in no theme, and how many they are."""
    reach = reach_in(request)
    found = seen(reach)
    passages = found.passages.where(found.alone).ordered("testimony_id", "start")
    context = {"run": last_run(), "counts": counted(reach), "tab": "none", **_page(request, passages)}
    return render(request, "web/themes/none.html", context)


def filtered(form: Asked, passages: Chosen, reach: Reach) -> list[int]:
    """The ids of those of the passages that are asked for, in their order."""
    kept = passages.among(chosen(form.among(reach.passages(Action.THEMES))).ids) if form.asks else passages
    found: list[int] = kept.ids.tolist()
    return found


def _page(request: HttpRequest, passages: Chosen) -> dict[str, Any]:
    reach = reach_in(request)
    form = asked(request.GET, reach)
    shown = Paginator(filtered(form, passages, reach), _PAGE).get_page(request.GET.get("page"))
    rows = among(reach.passages(Action.THEMES), list(shown)).select_related("testimony__place")
    by_id = {row.pk: row for row in rows.defer("lemmas", "vector", "testimony__text", "testimony__names")}
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
            for one in (by_id[pk] for pk in shown if pk in by_id)
        ],
    }
