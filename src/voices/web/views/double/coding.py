"""The blind desk: a passage of one's sample, with nothing that anybody said of it, machine or people."""

from dataclasses import dataclass
from typing import NoReturn
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from voices import doubling
from voices.errors import VoicesError
from voices.store.models import AssignedPassage, Assignment, Passage, User
from voices.web.access import Action, ConsentChangedError, allowed, person_in, reach_in
from voices.web.views.double.asked import assignment, passages
from voices.web.views.review import answers
from voices.web.views.review.asked import USE, unkept
from voices.web.views.review.book import book
from voices.web.views.review.card import neighbours, where
from voices.web.views.review.deciding import coding_of
from voices.web.views.review.reasons import Row, rows

KEYS = (
    ("Entrée", "Valider et passer au suivant"),
    ("1 2 3", "Accueil, appartenance, action\u202f: absent, présence, manque, mixte, et ainsi de suite"),
    ("S", "Le sous-code suivant du dernier code touché"),
    ("4 … 9", "Les codes ajoutés à la grille"),
    ("0", "Aucun code, et passer au suivant"),
    ("C", "Confiance, oui ou non"),
    ("M", "Écrire un commentaire (Ctrl + Entrée pour valider)"),
    ("U", "Annuler mon dernier codage"),
    ("J", "Passer sans coder"),
    ("K", "Revenir au passage d’avant"),
    ("P", "Montrer ce que dit la grille, ou le cacher"),
    ("?", "Cette liste"),
)


@dataclass(frozen=True, slots=True)
class BlindCard:
    """A passage to code: its words, what surrounds them, the form. `mine`: the reader coded it already."""

    order: int
    passage: Passage
    where: tuple[str, ...]
    before: Passage | None
    after: Passage | None
    rows: list[Row]
    trust: bool
    comment: str
    mine: bool
    token: str
    address: str
    following: str


@allowed(Action.DOUBLE)
@require_safe
def passage(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """The desk, with that passage of the sample on it."""
    one = assignment(request, pk)
    if one.closed_at is not None:
        messages.info(request, "Ce double codage est clos.")
        return redirect("double_one", pk)
    user, given = person_in(request), _given(request, one, order)
    left = doubling.left_to(one, user, passages(request))
    context = {
        "one": one,
        "card": _card(given, user, left),
        "left": len(left),
        "keys": [{"key": key, "does": does} for key, does in KEYS],
    }
    return render(request, "web/double/desk.html", context)


@allowed(Action.DOUBLE)
@require_safe
def card(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """The card of that passage alone, for a desk that is already there."""
    one, user = assignment(request, pk), person_in(request)
    given = _given(request, one, order)
    if one.closed_at is not None:
        raise Http404
    left = doubling.left_to(one, user, passages(request))
    return render(request, "web/double/card.html", {"one": one, "card": _card(given, user, left)})


@allowed(Action.DOUBLE)
@require_POST
def decide(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Keeps what the person says of the passage, hidden; the next one of their sample follows."""
    one, user = assignment(request, pk), person_in(request)
    page = reverse("double_one", args=[pk])
    given = _given(request, one, order)
    try:
        coding = coding_of(request.POST, given.passage, book())
        decision = doubling.code(one, given.passage, user, coding, token=answers.token(request))
    except VoicesError as error:
        return answers.refused(request, error, page)
    following = _following(given, doubling.left_to(one, user, passages(request)))
    return answers.done(request, following or page, decision=decision.pk)


@allowed(Action.DOUBLE)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back the last thing that the person coded in it, and puts its passage on the desk again."""
    one, user = assignment(request, pk), person_in(request)
    try:
        taken = doubling.undo_last(one, user, token=answers.token(request))
    except VoicesError as error:
        return answers.refused(request, error, reverse("double_one", args=[pk]))
    given = AssignedPassage.objects.get(assignment=one, passage=taken.passage_id)
    return answers.done(request, _address(given), "Codage annulé.")


def _given(request: HttpRequest, one: Assignment, order: int) -> AssignedPassage:
    """That passage of the sample. Raises Http404 for who is not one of its coders; ConsentChangedError where it may be
    used no more.
    """
    mine = AssignedPassage.objects.filter(assignment=one, assignment__coders=person_in(request))
    rows = mine.filter(passage__in=passages(request).order_by().values("pk"))
    found = rows.select_related("passage__testimony", "passage__place", "assignment").filter(order=order).first()
    return found or _gone(request, get_object_or_404(mine.select_related("passage"), order=order))


def _gone(request: HttpRequest, given: AssignedPassage) -> NoReturn:
    if not reach_in(request).lost(Action.DOUBLE, given.passage.testimony_id):
        raise Http404
    left = doubling.left_to(given.assignment, person_in(request), passages(request))
    following = _following(given, left)
    onward, label = (following, "Passage suivant") if following else (_sample(given), "Revenir au double codage")
    raise ConsentChangedError(USE, unkept=unkept(request), onward=onward, label=label)


def _sample(given: AssignedPassage) -> str:
    return reverse("double_one", args=[given.assignment_id])


def _following(given: AssignedPassage, left: list[AssignedPassage]) -> str:
    """The address of the next one to code; empty at the end of the sample."""
    return next((_address(one) for one in left if one.order > given.order), "")


def _address(given: AssignedPassage) -> str:
    return reverse("double_passage", args=[given.assignment_id, given.order])


def _card(given: AssignedPassage, user: User, left: list[AssignedPassage]) -> BlindCard:
    mine = doubling.word_of(given, user)
    before, after = neighbours(given.passage)
    return BlindCard(
        order=given.order,
        passage=given.passage,
        where=where(given.passage),
        before=before,
        after=after,
        rows=rows(book(), mine.codes if mine else {}, mine.subcodes if mine else [], None),
        trust=bool(mine and mine.trust),
        comment=mine.comment if mine else "",
        mine=mine is not None,
        token=uuid4().hex,
        address=_address(given),
        following=_following(given, left),
    )
