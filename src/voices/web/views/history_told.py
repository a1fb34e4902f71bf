"""What a line of the history tells: who did what, what stood before, what stands after, whether it was undone since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voices.review import taken_back
from voices.reviewing.holding import before as standing_of
from voices.store.models import Decision, Passage
from voices.web.views.review.book import Book
from voices.web.views.review.reasons import Chip, chips
from voices.web.views.review.said import CODING, did, name

State = Mapping[str, Any]
"""What stands for a passage: codes, subcodes, trust, standing, as a decision keeps it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in words. `after` is None where the decision changes no code: a comment, a cut."""

    decision: Decision
    who: str
    did: str
    before: State
    after: State | None
    undone: bool
    before_chips: tuple[Chip, ...]
    after_chips: tuple[Chip, ...]

    @property
    def passage(self) -> Passage:
        """What it is about."""
        return self.decision.passage

    @property
    def same(self) -> bool:
        """Whether it left the codes as they stood."""
        return self.after is not None and _coding(self.after) == _coding(self.before)


def told(decisions: Sequence[Decision], book: Book) -> list[Told]:
    """These decisions, in words, in the order given. They come with their passages, authors and what they undo."""
    steps = Decision.objects.filter(passage__in={one.passage_id for one in decisions}).order_by("id")
    of: dict[int, list[tuple[int, int | None]]] = {}
    for passage, pk, undoes in steps.values_list("passage_id", "id", "undoes_id"):
        of.setdefault(passage, []).append((pk, undoes))
    gone = {pk for some in of.values() for pk in taken_back(some)}
    found = _found_after(decisions, of)
    return [_told(one, _after(one, found), one.pk in gone, book) for one in decisions]


def _found_after(decisions: Sequence[Decision], of: Mapping[int, list[tuple[int, int | None]]]) -> dict[int, State]:
    """By undo, what the next decision on its passage found there; those that none follows are left out."""
    undos = [one for one in decisions if one.kind == Decision.Kind.UNDONE]
    following = {one.pk: next((pk for pk, _ in of[one.passage_id] if pk > one.pk), None) for one in undos}
    states = dict(Decision.objects.filter(pk__in=filter(None, following.values())).values_list("pk", "before"))
    return {undo: states[pk] for undo, pk in following.items() if pk is not None}


def _told(one: Decision, after: State | None, undone: bool, book: Book) -> Told:
    return Told(
        decision=one,
        who=name(one.author),
        did=did(one),
        before=one.before,
        after=after,
        undone=undone,
        before_chips=chips(book, one.before.get("codes", {})),
        after_chips=chips(book, after["codes"]) if after else (),
    )


def _after(one: Decision, found: Mapping[int, State]) -> State | None:
    """What the decision says; of an undo, what the next decision found there, or what stands now."""
    if one.kind in CODING:
        return {"codes": one.codes, "subcodes": one.subcodes, "trust": one.trust}
    if one.kind != Decision.Kind.UNDONE:
        return None
    return found.get(one.pk) or standing_of(one.passage)


def _coding(state: State) -> tuple[Any, ...]:
    return state.get("codes", {}), sorted(state.get("subcodes", ())), bool(state.get("trust"))
