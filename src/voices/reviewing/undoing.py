"""Decisions taken back, by decisions: an undo is undone like anything else."""

from django.db import transaction

from voices.errors import VoicesError
from voices.review import taken_back
from voices.reviewing import recutting
from voices.reviewing.holding import before, refresh
from voices.store.models import Assignment, Decision, Passage, User

PERSONAL = (Decision.Kind.CODED, Decision.Kind.COMMENTED)
"""A person's own word: nobody else takes it back. One may differ from it, and adjudicate."""


def undo(decision: Decision, author: User, *, token: str) -> Decision:
    """A decision that takes that one back; undoing an undo brings back what it had taken.

    Raises VoicesError where it was taken back already, where it is someone else's own word, or where passages that it
    made were themselves cut or joined since.
    """
    with transaction.atomic():
        passage = Passage.objects.select_for_update().get(pk=decision.passage_id)
        known = Decision.objects.filter(token=token).first()
        if known:
            return known
        root = root_of(decision)
        if decision.pk in taken_back_at(passage):
            raise VoicesError("Cette décision est déjà annulée.", "Recharger la page pour voir ce qui vaut maintenant.")
        if root.kind in PERSONAL and root.author_id != author.pk:
            raise VoicesError(
                "Cette décision est celle de quelqu’un d’autre.", "Donner son propre avis, ou départager les deux."
            )
        made = Decision.objects.create(
            token=token,
            passage=passage,
            author=author,
            kind=Decision.Kind.UNDONE,
            undoes=decision,
            before=before(passage),
        )
        if root.kind in recutting.CUTTING:
            recutting.follow(root, stands=root.pk not in taken_back_at(passage))
        refresh([passage.pk])
    return made


def root_of(decision: Decision) -> Decision:
    """What was done at first, at the end of a chain of undos."""
    while decision.undoes is not None:
        decision = decision.undoes
    return decision


def taken_back_at(passage: Passage) -> frozenset[int]:
    """The ids of that passage's decisions that are taken back."""
    return taken_back(list(passage.decisions.order_by("id").values_list("id", "undoes_id")))


def last_of(author: User, assignment: Assignment | None = None) -> Decision | None:
    """The last thing that person did and did not take back, if any: what one key undoes."""
    steps = author.decisions.filter(assignment=assignment).exclude(kind=Decision.Kind.UNDONE).order_by("-id")
    rows = steps.select_related("passage")[:200]
    return next((one for one in rows.iterator() if one.pk not in taken_back_at(one.passage)), None)
