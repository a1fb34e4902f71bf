"""What holds for passages, read from what was said of them and written beside them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction

from voices.defining import book
from voices.domain import Sense
from voices.review import Statement, standing
from voices.store.models import Decision, Passage, Suggestion

THREE = ("accueil", "appartenance", "action")
_STATING = (Decision.Kind.CODED, Decision.Kind.ADJUDICATED, Decision.Kind.UNDONE)
_HELD = ("standing", *THREE, "own", "subcodes", "trust", "useful", "doubt", "outside")


def refresh(passage_ids: Iterable[int]) -> None:
    """Nothing; writes anew, for these passages, what holds now. Done twice, it changes nothing more."""
    with transaction.atomic():
        _refresh(list(passage_ids))


def _refresh(ids: list[int]) -> None:
    rows = Passage.objects.filter(pk__in=ids).select_related("came_of").defer("text", "lemmas", "vector")
    # Held before what was said is read: a decision that lands meanwhile is not written over.
    passages = list(rows.select_for_update(of=("self",)).order_by("id"))
    said, suggested, known = statements_of(ids), suggestions_of(ids), frozenset(book().ids)
    changed = []
    for passage in passages:
        held = _held(said.get(passage.pk, []), suggested.get(passage.pk), passage.came_of, known)
        if any(getattr(passage, name) != value for name, value in held.items()):
            for name, value in held.items():
                setattr(passage, name, value)
            changed.append(passage)
    Passage.objects.bulk_update(changed, _HELD, batch_size=200)


def _held(
    said: list[Statement], suggested: Suggestion | None, came_of: Decision | None, known: Collection[str]
) -> dict[str, Any]:
    """The fields of a passage that are derived, by name; the machine proposes the `known` codes alone."""
    held = standing(said, _proposed(suggested, came_of, known))
    return {
        "standing": held.given.value,
        **{code: held.codes[code].value if code in held.codes else "" for code in THREE},
        "own": {code: sense.value for code, sense in held.codes.items() if code not in THREE},
        "subcodes": list(held.subcodes),
        "trust": held.trust,
        "outside": suggested.outside if suggested else False,
        "useful": suggested.useful if suggested else came_of.detail["useful"] if came_of else 0.0,
        "doubt": doubt_of(suggested) if suggested else came_of.detail["doubt"] if came_of else 0.0,
    }


def doubt_of(row: Suggestion) -> float:
    """In [0, 1]: how near to heads or tails the least certain answer is; 1 where the machine could not judge."""
    if row.outside:
        return 1.0
    return max((1 - abs(2 * value - 1) for value in row.probabilities.values()), default=0.0)


def before(passage: Passage) -> dict[str, Any]:
    """What stands for the passage, as a decision keeps it."""
    return {
        "codes": codes_of(passage),
        "subcodes": passage.subcodes,
        "trust": passage.trust,
        "standing": passage.standing,
    }


def codes_of(passage: Passage) -> dict[str, str]:
    """Code -> sense, of the 3A and of the evaluators' own, as it holds for the passage."""
    return {code: getattr(passage, code) for code in THREE if getattr(passage, code)} | dict(passage.own)


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
                codes=senses(row.codes),
                subcodes=tuple(row.subcodes),
                trust=row.trust,
                adjudicates=row.kind == Decision.Kind.ADJUDICATED,
                undoes=row.undoes_id,
                hidden=hidden,
            )
        )
    return found


def suggestions_of(passage_ids: Iterable[int]) -> dict[int, Suggestion]:
    """By passage, the suggestion of the last machine pass that was not taken back."""
    rows = Suggestion.objects.filter(passage_id__in=list(passage_ids), machine_pass__undone_at=None)
    return {row.passage_id: row for row in rows.order_by("machine_pass_id")}


def senses(codes: Mapping[str, str]) -> dict[str, Sense]:
    """Code -> sense, as the domain names it."""
    return {code: Sense(sense) for code, sense in codes.items()}


def _proposed(suggested: Suggestion | None, came_of: Decision | None, known: Collection[str]) -> Statement | None:
    """What there is to review: of a passage that was cut or joined, what people had decided before the machine."""
    if came_of and (came_of.detail["reviewed"] or suggested is None):
        return _of_cut(came_of)
    return _of_machine(suggested, known) if suggested else None


def _of_machine(row: Suggestion, known: Collection[str]) -> Statement:
    return Statement(
        id=0,
        author=None,
        codes={one["code"]: Sense(one["sense"]) for one in row.codings if one["code"] in known},
        subcodes=tuple(sub for one in row.codings for sub in one["subcodes"][:1]),
        trust=row.trust,
    )


def _of_cut(made: Decision) -> Statement:
    """What a split or a join proposes for what came of it: the codes of what was there."""
    return Statement(0, None, senses(made.codes), tuple(made.subcodes), made.trust)
