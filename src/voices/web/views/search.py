"""Searching the passages: by exact words, by lemma, by meaning; and the searches that a person keeps."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from voices import searching
from voices.errors import VoicesError
from voices.searching import Found, Mode
from voices.store.models import SavedSearch, User
from voices.store.search.words import LONGEST
from voices.web.access import Action, allowed, reach_in
from voices.web.views.search_filters import PassageFilters
from voices.web.views.search_hits import hits

PAGE = 20
KEPT = 100
"""Searches that one person keeps."""
_MODES = [
    (Mode.EXACT.value, "Les mots exacts"),
    (Mode.LEMMA.value, "Toutes les formes d’un mot"),
    (Mode.MEANING.value, "Le sens"),
]
_HINTS = {
    Mode.EXACT.value: "Les mots tels quels, sans tenir compte des accents ni des majuscules. "
    "Entre «\u202fguillemets\u202f», les mots qui se suivent.",
    Mode.LEMMA.value: "«\u202faccueillir\u202f» trouve aussi «\u202fm’ont accueillie\u202f».",
    Mode.MEANING.value: "Une phrase avec vos mots\u202f: les passages qui disent une chose proche, même autrement.",
}
ALL = "tout"
"""What an address says to see every passage, where it asks for nothing else."""
_WITNESS, _QUESTION = "temoin", "question"


class SearchForm(PassageFilters):
    """What is searched for, how, where, among which passages."""

    q = forms.CharField(label="Ce que vous cherchez", required=False, max_length=LONGEST)
    mode = forms.ChoiceField(label="Chercher", required=False, choices=_MODES, initial=Mode.EXACT.value)
    qui = forms.ChoiceField(
        label="Qui parle",
        required=False,
        choices=[(_WITNESS, "Le témoin"), (_QUESTION, "La personne qui interroge")],
    )

    def clean(self) -> dict[str, object]:
        """The mode and the speaker that stand where none is said. Questions have neither lemmas nor vectors."""
        said = super().clean() or {}
        said["mode"] = said.get("mode") or Mode.EXACT.value
        if said.get("qui") == _QUESTION and said["mode"] != Mode.EXACT.value and said.get("q"):
            self.add_error("qui", "Dans les questions, seuls les mots exacts peuvent être cherchés.")
        return said

    @property
    def asks(self) -> bool:
        """Whether anything is asked: a query, or a filter."""
        return ALL in self.data or any(self.data.get(name) for name in self.fields if name not in ("mode", "qui"))

    @property
    def mode_choices(self) -> list[dict[str, object]]:
        """The modes as the page shows them."""
        now = self.data.get("mode") or Mode.EXACT.value
        return [
            {"value": value, "label": label, "hint": _HINTS[value], "checked": value == now} for value, label in _MODES
        ]

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        """The filters, in their order, without those that only links set."""
        return [field for field in self.visible_fields() if field.name not in ("q", "mode")]


@allowed(Action.SEARCH)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what it finds."""
    reach = reach_in(request)
    form = SearchForm(request.GET, reach=reach, action=Action.SEARCH)
    found = _found(request, form) if form.asks and form.is_valid() else None
    context = {"form": form, "saved": SavedSearch.objects.filter(user=request.user.pk).order_by("name", "pk")}
    if found is not None:
        page = Paginator(range(found.count()), PAGE).get_page(request.GET.get("page"))
        context |= {
            "answered": True,
            "page": page,
            "total": page.paginator.count,
            "hits": hits(found.rows(page.start_index() - 1, page.end_index()) if page else [], found, reach),
            "nearest": found.ids is not None,
            "testimonies": None if form.cleaned_data["q"] else found.testimonies(),
        }
    here = _without_page(request.GET)
    return render(request, "web/search/search.html", context | {"query": here, "chosen": form.chosen()})


@allowed(Action.SEARCH)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keeps a search under a name, for that person alone."""
    user = request.user
    query, name = request.POST.get("query", ""), request.POST.get("name", "").strip()[:120]
    kept = _without_page(QueryDict(query[:4000]))
    if not isinstance(user, User) or not name or not kept:
        messages.error(request, "Donnez un nom à cette recherche pour la garder.")
    elif user.searches.count() >= KEPT:
        messages.error(request, f"Vous gardez déjà {KEPT} recherches. Supprimez-en une pour garder celle-ci.")
    else:
        SavedSearch.objects.update_or_create(user=user, name=name, defaults={"query": kept})
        messages.success(request, f"Recherche gardée\u202f: {name}.")
    return redirect(f"{reverse('search')}?{kept}" if kept else "search")


@allowed(Action.SEARCH)
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Drops a search that the person kept."""
    one = get_object_or_404(SavedSearch, pk=pk, user=request.user.pk)
    one.delete()
    messages.success(request, f"Recherche supprimée\u202f: {one.name}.")
    kept = _without_page(QueryDict(request.POST.get("query", "")[:4000]))
    return redirect(f"{reverse('search')}?{kept}" if kept else "search")


def _found(request: HttpRequest, form: SearchForm) -> Found | None:
    reach = reach_in(request)
    said = form.cleaned_data
    column = "question" if said["qui"] == _QUESTION else "text"
    try:
        return searching.find(form.among(reach.passages(Action.SEARCH)), said["q"], Mode(said["mode"]), column=column)
    except VoicesError as error:
        messages.error(request, f"{error.problem} {error.remedy}")
        return None


def _without_page(query: QueryDict) -> str:
    """The query string, its empty fields and its page left out."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name != "page":
            kept.setlist(name, [value for value in values if value])
    return kept.urlencode()
