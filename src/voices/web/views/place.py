"""« Mon lieu »: the first reading of a place, and the passages that each of its figures counts."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from voices.reviewing.holding import codes_of
from voices.store.models import Passage, Place
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.alphabet import by_name
from voices.web.views.place_told import SENSES, Asked, first_reading
from voices.web.views.place_visits import known, last_place, since
from voices.web.views.review.book import Book, book
from voices.web.views.review.reasons import chips
from voices.web.views.testimonies_told import quotable, where

_PAGE = 20


@allowed(Action.PLACE)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The place that the person looked at last, or the first of theirs."""
    places = reach_in(request).places(Action.PLACE)
    found = places.filter(pk=last_place(person_in(request)) or 0).first() or places.first()
    return redirect("place", slug=found.slug) if found else render(request, "web/place/none.html")


@allowed(Action.PLACE)
@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """The first reading of a place."""
    reach, found = reach_in(request), _place(request, slug)
    reading = first_reading(
        found,
        reach.passages(Action.PLACE).filter(place=found),
        reach.testimonies(Action.PLACE).filter(place=found),
        since(person_in(request), found),
    )
    context = {
        "place": found,
        "reading": reading,
        "places": _switcher(request, found),
        "deposit": reach.at(Action.DEPOSIT, found.pk),
        "review": reach.at(Action.REVIEW, found.pk),
    }
    return render(request, "web/place/place.html", context)


@allowed(Action.PLACE)
@require_safe
def passages(request: HttpRequest, slug: str) -> HttpResponse:
    """The passages of a place that tell a code, in a sense or in any; `?nouveau=oui`, those that are new."""
    found = _place(request, slug)
    asked = Asked.of(request.GET)
    rows = reach_in(request).passages(Action.PLACE).filter(asked.told, place=found)
    after = known(person_in(request), found) if asked.new else None
    if after:
        rows = rows.filter(testimony__made_at__gt=after)
    order = ("-testimony__date", "testimony", "start")
    page = Paginator(rows.select_related("testimony__place").defer("lemmas", "vector").order_by(*order), _PAGE)
    shown = page.get_page(request.GET.get("page"))
    the_book = book()
    context: dict[str, Any] = {
        "place": found,
        "places": _switcher(request, found),
        "asked": asked,
        "title": asked.title(the_book),
        "codes": [(code.id, code.label) for code in the_book.codebook.codes],
        "senses": SENSES,
        "page": shown,
        "rows": [_row(one, the_book) for one in shown],
        "query": asked.query,
    }
    return render(request, "web/place/passages.html", context)


def _row(passage: Passage, the_book: Book) -> dict[str, Any]:
    """A passage as the list shows it."""
    return {
        "passage": passage,
        "chips": chips(the_book, codes_of(passage)),
        "where": where(passage.testimony, place=False),
        "quotable": quotable(passage.testimony),
    }


def _place(request: HttpRequest, slug: str) -> Place:
    return get_object_or_404(reach_in(request).places(Action.PLACE), slug=slug)


def _switcher(request: HttpRequest, current: Place) -> list[dict[str, Any]]:
    """The person's places, for the bar at the top."""
    places = reach_in(request).places(Action.PLACE).filter(Q(closed=False) | Q(pk=current.pk))
    return [
        {"label": _label(one), "url": reverse("place", args=[one.slug]), "current": one == current}
        for one in by_name(places)
    ]


def _label(place: Place) -> str:
    return f"{place.name}, {place.town}" if place.town and place.town not in place.name else place.name
