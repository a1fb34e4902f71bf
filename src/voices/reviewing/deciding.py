"""What a person says of a passage, kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction

from voices.domain import Sense
from voices.errors import VoicesError
from voices.reviewing.holding import before, refresh
from voices.store.models import Assignment, Decision, Passage, User


@dataclass(frozen=True, slots=True)
class Coding:
    """The whole coding that a person gives a passage. `codes` holds the 3A and codes of the evaluators' own."""

    codes: Mapping[str, Sense] = field(default_factory=dict)
    subcodes: tuple[str, ...] = ()
    trust: bool = False
    comment: str = ""


def decide(
    passage: Passage,
    author: User,
    coding: Coding,
    *,
    token: str,
    assignment: Assignment | None = None,
    adjudicates: bool = False,
) -> Decision:
    """The decision, kept. Sent twice with one token it is kept once. Nobody's earlier decision is changed.

    Raises VoicesError where the passage was cut or joined meanwhile: it no longer stands.
    """
    said = Decision(
        passage=passage,
        author=author,
        kind=Decision.Kind.ADJUDICATED if adjudicates else Decision.Kind.CODED,
        codes={code: sense.value for code, sense in coding.codes.items()},
        subcodes=list(coding.subcodes),
        trust=coding.trust,
        comment=coding.comment,
        assignment=assignment,
    )
    with transaction.atomic():
        return _kept(said, token)


def comment(passage: Passage, author: User, text: str, *, token: str) -> Decision:
    """The comment, kept; what holds for the passage does not change."""
    with transaction.atomic():
        return _kept(Decision(passage=passage, author=author, kind=Decision.Kind.COMMENTED, comment=text), token)


def _kept(said: Decision, token: str) -> Decision:
    """The row of what was said: the one that this token already wrote, or a new one."""
    passage = Passage.objects.select_for_update().get(pk=said.passage_id)
    known = Decision.objects.filter(token=token).first()
    if known and _same(known, said) and not _spoke_since(known):
        return known
    if passage.retired:
        raise VoicesError(
            "Ce passage vient d’être coupé ou joint par quelqu’un.", "Relire les passages qui l’ont remplacé."
        )
    # A page that was gone back to sends its token again with other codes: that is another decision.
    said.token = uuid4().hex if known else token
    said.before = before(passage)
    said.save()
    refresh([passage.pk])
    return said


def _same(known: Decision, said: Decision) -> bool:
    compared = ("passage_id", "author_id", "kind", "codes", "subcodes", "trust", "comment", "assignment_id")
    return all(getattr(known, name) == getattr(said, name) for name in compared)


def _spoke_since(known: Decision) -> bool:
    return Decision.objects.filter(passage=known.passage_id, author=known.author_id, id__gt=known.pk).exists()
