"""Places: their names, and whether they are still open."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from voices.store.models import Place
from voices.web.access import Action, allowed, reach_in
from voices.web.alphabet import by_name
from voices.web.traces import trace
from voices.web.views.people_forms import PlaceForm


@allowed(Action.PEOPLE)
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Every place, and how many people work for it."""
    people = Count("grants__user", filter=Q(grants__user__is_active=True), distinct=True)
    found = reach_in(request).places(Action.PEOPLE).annotate(people=people)
    return render(request, "web/people/places.html", {"listed": sorted(by_name(found), key=lambda one: one.closed)})


@allowed(Action.PEOPLE)
def new(request: HttpRequest) -> HttpResponse:
    """The form of a place, empty."""
    return _form(request, Place(), "Lieu créé")


@allowed(Action.PEOPLE)
def edit(request: HttpRequest, place_id: int) -> HttpResponse:
    """The form of that place."""
    return _form(request, _place(request, place_id), "Lieu modifié")


@allowed(Action.PEOPLE)
@require_POST
def close(request: HttpRequest, place_id: int) -> HttpResponse:
    """The places; nothing more is handed in for that one, what it gave stays."""
    place = _set_closed(request, place_id, closed=True)
    trace(request, "Lieu fermé", place.name)
    messages.success(request, f"{place.name} est fermé : on n’y dépose plus rien, ce qu’il a donné reste.")
    return redirect("places")


@allowed(Action.PEOPLE)
@require_POST
def reopen(request: HttpRequest, place_id: int) -> HttpResponse:
    """The places, that one open again."""
    place = _set_closed(request, place_id, closed=False)
    trace(request, "Lieu rouvert", place.name)
    messages.success(request, f"{place.name} est rouvert.")
    return redirect("places")


def _form(request: HttpRequest, place: Place, what: str) -> HttpResponse:
    form = PlaceForm(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        trace(request, what, saved.name)
        messages.success(request, f"{saved.name} est enregistré.")
        return redirect("places")
    kinds = Place.objects.exclude(type="").order_by("type").values_list("type", flat=True).distinct()
    return render(request, "web/people/place.html", {"form": form, "place": place, "kinds": kinds})


def _set_closed(request: HttpRequest, place_id: int, *, closed: bool) -> Place:
    place = _place(request, place_id)
    place.closed = closed
    place.save(update_fields=["closed"])
    return place


def _place(request: HttpRequest, place_id: int) -> Place:
    return get_object_or_404(reach_in(request).places(Action.PEOPLE), pk=place_id)
