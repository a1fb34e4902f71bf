"""What reviewers do, kept: decisions appended to the base, and what holds derived from them anew each time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from voices.domain import Sense
from voices.errors import VoicesError
from voices.review import Statement, standing
from voices.store.models import Assignment, Decision, Passage, Suggestion, User

THREE = ("accueil", "appartenance", "action")


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
    """The decision, kept. Sent twice with one token it is kept once. Nobody's earlier decision is changed."""
    with transaction.atomic():
        locked = Passage.objects.select_for_update().get(pk=passage.pk)
        decision, new = Decision.objects.get_or_create(
            token=token,
            defaults={
                "passage": locked,
                "author": author,
                "kind": Decision.Kind.ADJUDICATED if adjudicates else Decision.Kind.CODED,
                "codes": {code: sense.value for code, sense in coding.codes.items()},
                "subcodes": list(coding.subcodes),
                "trust": coding.trust,
                "comment": coding.comment,
                "before": before(locked),
                "assignment": assignment,
            },
        )
        if new:
            refresh([locked.pk])
    return decision


def comment(passage: Passage, author: User, text: str, *, token: str) -> Decision:
    """The comment, kept; what holds for the passage does not change."""
    decision, _ = Decision.objects.get_or_create(
        token=token,
        defaults={"passage": passage, "author": author, "kind": Decision.Kind.COMMENTED, "comment": text},
    )
    return decision


def undo(decision: Decision, author: User, *, token: str) -> Decision:
    """A decision that takes that one back.

    Raises VoicesError where it was taken back already.
    """
    with transaction.atomic():
        passage = Passage.objects.select_for_update().get(pk=decision.passage_id)
        known = Decision.objects.filter(token=token).first()
        if known:
            return known
        statements = statements_of([passage.pk]).get(passage.pk, [])
        if decision.pk in _taken_back(statements):
            raise VoicesError("Cette décision est déjà annulée.", "Recharger la page pour voir ce qui vaut maintenant.")
        made = Decision.objects.create(
            token=token,
            passage=passage,
            author=author,
            kind=Decision.Kind.UNDONE,
            undoes=decision,
            before=before(passage),
        )
        refresh([passage.pk])
    return made


def refresh(passage_ids: Iterable[int]) -> None:
    """Nothing; writes anew, for these passages, what holds now."""
    ids = list(passage_ids)
    said, suggested = statements_of(ids), suggestions_of(ids)
    passages = list(Passage.objects.filter(pk__in=ids))
    for passage in passages:
        suggestion = suggested.get(passage.pk)
        held = standing(said.get(passage.pk, []), _as_statement(suggestion) if suggestion else None)
        passage.standing = held.given.value
        for code in THREE:
            setattr(passage, code, held.codes[code].value if code in held.codes else "")
        passage.own = {code: sense.value for code, sense in held.codes.items() if code not in THREE}
        passage.subcodes, passage.trust = list(held.subcodes), held.trust
        passage.useful = suggestion.useful if suggestion else 0.0
        passage.outside = suggestion.outside if suggestion else False
    Passage.objects.bulk_update(
        passages, ["standing", *THREE, "own", "subcodes", "trust", "useful", "outside"], batch_size=500
    )


def before(passage: Passage) -> dict[str, Any]:
    """What stands for the passage, as a decision keeps it."""
    codes = {code: getattr(passage, code) for code in THREE if getattr(passage, code)}
    return {
        "codes": {**codes, **passage.own},
        "subcodes": passage.subcodes,
        "trust": passage.trust,
        "standing": passage.standing,
    }


_STATING = (Decision.Kind.CODED, Decision.Kind.ADJUDICATED, Decision.Kind.UNDONE)


def statements_of(passage_ids: Iterable[int]) -> dict[int, list[Statement]]:
    """By passage, everything that people said of its coding, in order; blind words of open double codings hidden."""
    found: dict[int, list[Statement]] = {}
    rows = Decision.objects.filter(passage_id__in=list(passage_ids), kind__in=_STATING).order_by("id")
    for row in rows.select_related("assignment"):
        hidden = row.assignment is not None and row.assignment.closed_at is None and row.kind == Decision.Kind.CODED
        found.setdefault(row.passage_id, []).append(
            Statement(
                id=row.pk,
                author=row.author_id,
                codes={code: Sense(sense) for code, sense in row.codes.items()},
                subcodes=tuple(row.subcodes),
                trust=row.trust,
                adjudicates=row.kind == Decision.Kind.ADJUDICATED,
                undoes=row.undoes_id,
                hidden=hidden,
            )
        )
    return found


def suggestions_of(passage_ids: Iterable[int]) -> dict[int, Suggestion]:
    """By passage, the suggestion of the last machine pass that was not undone."""
    rows = Suggestion.objects.filter(passage_id__in=list(passage_ids), machine_pass__undone_at=None)
    return {row.passage_id: row for row in rows.order_by("machine_pass_id")}


def _as_statement(row: Suggestion) -> Statement:
    return Statement(
        id=0,
        author=None,
        codes={one["code"]: Sense(one["sense"]) for one in row.codings},
        subcodes=tuple(sub for one in row.codings for sub in one["subcodes"][:1]),
        trust=row.trust,
    )


def _taken_back(statements: list[Statement]) -> set[int]:
    from voices.review.standing import effective

    kept = {one.id for one in effective(statements)}
    return {one.id for one in statements if one.undoes is None} - kept
