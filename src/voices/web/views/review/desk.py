"""The queue and the desk: a passage before the reviewer, the next ones at hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from voices.reviewing.holding import codes_of
from voices.store.models import Decision, Passage
from voices.store.queue import Order
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.views.review import attention
from voices.web.views.review.asked import HINTS, Asked, reviewable, still_given
from voices.web.views.review.book import book
from voices.web.views.review.card import card_of
from voices.web.views.review.reasons import chips
from voices.web.views.review.said import CODING

_SHOWN = 8
KEYS = (
    ("Entrée", "Valider et passer au suivant"),
    ("1 2 3", "Accueil, appartenance, action\u202f: absent, présence, manque, mixte, et ainsi de suite"),
    ("S", "Le sous-code suivant du dernier code touché"),
    ("4 … 9", "Les codes ajoutés à la grille"),
    ("0", "Aucun code, et passer au suivant"),
    ("C", "Confiance, oui ou non"),
    ("M", "Écrire un commentaire (Ctrl + Entrée pour valider)"),
    ("U", "Annuler ma dernière décision"),
    ("J", "Passer sans décider"),
    ("K", "Revenir au passage d’avant"),
    ("P", "Montrer pourquoi, ou le cacher"),
    ("T", "Trancher ainsi un désaccord"),
    ("D", "Couper le passage"),
    ("G", "Le joindre au suivant"),
    ("?", "Cette liste"),
)
_WITH = ("testimony", "place", "came_of")
_WITHOUT = ("lemmas", "vector", "testimony__text")


@allowed(Action.REVIEW)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The queue: how it is ordered, what is in it, how much is left."""
    asked = Asked(request)
    if "commencer" in request.GET:
        return redirect(asked.address(asked.first()))
    waiting = asked.waiting()
    the_book = book()
    rows = waiting.select_related(*_WITH).defer(*_WITHOUT)[:_SHOWN]
    context: dict[str, Any] = {
        "form": asked.form,
        "orders": [
            {"value": one.value, "label": label, "hint": HINTS[one], "checked": one is asked.order}
            for one, label in ((Order(value), label) for value, label in asked.form.fields["ordre"].choices)  # type: ignore[attr-defined]
        ],
        "chosen": asked.form.chosen(),
        "left": waiting.count(),
        "rows": [{"passage": one, "url": asked.address(one), "chips": chips(the_book, codes_of(one))} for one in rows],
        "today": _decided_today(request),
        "differing": reviewable(request).filter(standing=Passage.Standing.DIFFERING).count(),
    }
    return render(request, "web/review/queue.html", context)


@allowed(Action.REVIEW)
@require_safe
def passage(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk, with that passage on it."""
    found = reviewable(request).filter(pk=pk).select_related(*_WITH).defer(*_WITHOUT).first()
    if found is None:
        still_given(request, pk)
        return _replaced(request, pk)
    asked = Asked(request)
    attention.look(found, asked.user)
    context = {"card": card_of(found, asked), "passage": found, "left": asked.waiting().count(), "keys": _keys()}
    return render(request, "web/review/desk.html", context)


@allowed(Action.REVIEW)
@require_safe
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The card of that passage alone, for a desk that is already there."""
    still_given(request, pk)
    asked = Asked(request)
    found = get_object_or_404(reviewable(request).select_related(*_WITH).defer(*_WITHOUT), pk=pk)
    attention.look(found, asked.user)
    return render(request, "web/review/card.html", {"card": card_of(found, asked), "passage": found})


def _replaced(request: HttpRequest, pk: int) -> HttpResponse:
    """The document of a passage that was cut or joined since its address was written; 404 for any other."""
    reach = reach_in(request)
    gone = Passage.objects.filter(retired=True, testimony__in=reach.testimonies(Action.REVIEW))
    found = get_object_or_404(gone, pk=pk)
    messages.info(request, "Ce passage a été coupé ou joint\u202f: voici ceux qui l’ont remplacé.")
    return redirect("review_testimony", found.testimony_id)


def _keys() -> list[dict[str, str]]:
    return [{"key": key, "does": does} for key, does in KEYS]


def _decided_today(request: HttpRequest) -> int:
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return Decision.objects.filter(author=person_in(request), kind__in=CODING, made_at__gte=start).count()
