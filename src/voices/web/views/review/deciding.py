"""What a reviewer sends: a decision, a comment, an undo. Each is answered once it is kept."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from voices import reviewing
from voices.domain import Sense
from voices.errors import VoicesError
from voices.reviewing import Coding
from voices.reviewing.holding import codes_of
from voices.store.models import Decision, Passage
from voices.web.access import Action, allowed, reach_in
from voices.web.views.review import answers
from voices.web.views.review.asked import Asked, reviewable, still_given
from voices.web.views.review.book import Book, book

_LONGEST = 5000
_CODES = "code-"


@allowed(Action.REVIEW)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the coding of a passage; the next one of the queue follows."""
    passage, asked = known(request, pk), Asked(request)
    settling = request.GET.get("suite") == "departager"
    following = reverse("review_differences") if settling else asked.address(asked.following(passage))
    try:
        decision = reviewing.decide(
            passage,
            asked.user,
            coding_of(request.POST, passage, book()),
            token=answers.token(request),
            adjudicates="tranche" in request.POST,
        )
    except VoicesError as error:
        return answers.refused(request, error, reverse("review_testimony", args=[passage.testimony_id]))
    return answers.done(request, following, decision=decision.pk)


@allowed(Action.REVIEW)
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a comment alone; the passage stays on the desk."""
    passage, asked = known(request, pk), Asked(request)
    text = request.POST.get("commentaire", "").strip()[:_LONGEST]
    here = asked.address(passage)
    if not text:
        return answers.refused(request, VoicesError("Le commentaire est vide.", "L’écrire avant de l’envoyer."), here)
    try:
        reviewing.comment(passage, asked.user, text, token=answers.token(request))
    except VoicesError as error:
        return answers.refused(request, error, reverse("review_testimony", args=[passage.testimony_id]))
    return answers.done(request, here, "Commentaire gardé.")


@allowed(Action.REVIEW)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back any decision of a history, or brings it back where it is itself an undo."""
    reach = reach_in(request)
    rows = Decision.objects.filter(passage__testimony__in=reach.testimonies(Action.REVIEW))
    rows = rows.exclude(assignment__isnull=False, assignment__closed_at=None)
    still_given(request, get_object_or_404(Decision, pk=pk).passage_id)
    return _undone(request, get_object_or_404(rows, pk=pk), Asked(request))


@allowed(Action.REVIEW)
@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """Takes back the last thing that the person did, and puts its passage on the desk again."""
    reach = reach_in(request)
    asked = Asked(request)
    last = reviewing.last_of(asked.user)
    if last is not None:
        still_given(request, last.passage_id)
    if last is None or not reach.testimonies(Action.REVIEW).filter(pk=last.passage.testimony_id).exists():
        nothing = VoicesError(
            "Il n’y a rien à annuler.", "Vos décisions le sont déjà toutes, ou vous n’en avez pas pris."
        )
        return answers.refused(request, nothing, asked.at(reverse("review")))
    return _undone(request, last, asked)


def _undone(request: HttpRequest, decision: Decision, asked: Asked) -> HttpResponse:
    try:
        reviewing.undo(decision, asked.user, token=answers.token(request))
    except VoicesError as error:
        return answers.refused(request, error, asked.address(decision.passage))
    told = "Décision annulée. Elle reste dans l’historique du passage, où l’on peut la rétablir."
    if decision.undoes is not None:
        told = "Décision rétablie."
    return answers.done(request, asked.address(standing_for(decision.passage)), told)


def standing_for(passage: Passage) -> Passage:
    """The passage, or the first of those that stand in its place now."""
    passage.refresh_from_db(fields=["retired"])
    if not passage.retired:
        return passage
    there = Passage.objects.filter(testimony=passage.testimony_id, retired=False, end__gt=passage.start)
    return there.order_by("start").first() or passage


def known(request: HttpRequest, pk: int) -> Passage:
    """The passage, even where it was cut or joined meanwhile: what is sent of it is refused aloud, not lost."""
    reach = reach_in(request)
    found = reviewable(request).filter(pk=pk).first()
    if found is not None:
        return found
    still_given(request, pk)
    return get_object_or_404(Passage, retired=True, testimony__in=reach.testimonies(Action.REVIEW), pk=pk)


def coding_of(sent: QueryDict, passage: Passage, the_book: Book) -> Coding:
    """What the form says; codes that the book no longer has are kept where the passage has them.

    Raises VoicesError where it says what no form of ours does.
    """
    said = {name.removeprefix(_CODES): str(value) for name, value in sent.items() if name.startswith(_CODES) and value}
    if "aucun" in sent:
        said = {}
    senses = {sense.value: sense for sense in Sense}
    if not (set(said) <= {*the_book.ids, *codes_of(passage)} and set(said.values()) <= set(senses)):
        raise VoicesError("Ce code n’est pas dans la grille.", "Recharger la page et recommencer.")
    codes = {code: senses[value] for code, value in said.items()}
    subcodes = [
        sub.id for code in codes for sub in the_book.subcodes(code) if sub.id in sent.getlist(f"sous-codes-{code}")
    ]
    comment = sent.get("commentaire", "").strip()[:_LONGEST]
    return Coding(codes, tuple(subcodes), "confiance" in sent, comment)
