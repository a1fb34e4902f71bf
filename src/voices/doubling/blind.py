"""Coding blind, closing what was coded blind, and settling what differs."""

from django.db import transaction
from django.utils import timezone

from voices import reviewing
from voices.errors import VoicesError
from voices.reviewing import Coding
from voices.store.models import AssignedPassage, Assignment, Decision, Passage, User


def code(assignment: Assignment, passage: Passage, author: User, coding: Coding, *, token: str) -> Decision:
    """The decision, kept hidden until the double coding is closed. Sent twice with one token it is kept once.

    Raises VoicesError where the double coding is closed, or does not give this passage to this person.
    """
    with transaction.atomic():
        _require_open(assignment)
        given = AssignedPassage.objects.filter(assignment=assignment, passage=passage, assignment__coders=author)
        if not given.exists():
            raise VoicesError("Ce passage n’est pas dans votre échantillon.", "Revenir à l’échantillon.")
        return reviewing.decide(passage, author, coding, token=token, assignment=assignment)


def undo_last(assignment: Assignment, author: User, *, token: str) -> Decision:
    """The decision that takes back the last thing that this person coded blind.

    Raises VoicesError where the double coding is closed, or where there is nothing to take back.
    """
    with transaction.atomic():
        _require_open(assignment)
        last = reviewing.last_of(author, assignment)
        if last is None:
            raise VoicesError("Il n’y a rien à annuler.", "Vous n’avez encore rien codé ici, ou tout est déjà annulé.")
        return reviewing.undo(last, author, token=token)


def close(assignment: Assignment, by: User | None) -> None:
    """Nothing; what was coded blind is shown, and holds as any review does. Done twice, it changes nothing."""
    with transaction.atomic():
        row = Assignment.objects.select_for_update().get(pk=assignment.pk)
        if row.closed_at is None:
            row.closed_at, row.closed_by = timezone.now(), by
            row.save(update_fields=["closed_at", "closed_by"])
            reviewing.refresh(row.passages.values_list("passage", flat=True))


def settle(assignment: Assignment, passage: Passage, author: User, coding: Coding, *, token: str) -> Decision:
    """The adjudication, kept: it holds for the passage. Raises VoicesError while the double coding is open."""
    if Assignment.objects.filter(pk=assignment.pk, closed_at=None).exists():
        raise VoicesError("Ce double codage est en cours.", "Le clore avant de départager.")
    return reviewing.decide(passage, author, coding, token=token, assignment=assignment, adjudicates=True)


def _require_open(assignment: Assignment) -> None:
    """Nothing; the double coding stays open until the transaction ends. Raises VoicesError where it is closed."""
    if Assignment.objects.select_for_update().get(pk=assignment.pk).closed_at is not None:
        raise VoicesError("Ce double codage est clos.", "Ouvrir sa page pour voir ce qui en est sorti.")
