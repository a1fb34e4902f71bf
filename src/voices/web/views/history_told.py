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
    of: dict[int, list[Decision]] = {}
    for one in Decision.objects.filter(passage__in={one.passage_id for one in decisions}).order_by("id"):
        of.setdefault(one.passage_id, []).append(one)
    gone = {passage: taken_back([(one.pk, one.undoes_id) for one in everything]) for passage, everything in of.items()}
    return [_told(one, _after(one, of[one.passage_id]), one.pk in gone[one.passage_id], book) for one in decisions]


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


def _after(one: Decision, everything: Sequence[Decision]) -> State | None:
    """What the decision says; of an undo, what the next decision found there, or what stands now."""
    if one.kind in CODING:
        return {"codes": one.codes, "subcodes": one.subcodes, "trust": one.trust}
    if one.kind != Decision.Kind.UNDONE:
        return None
    following = next((other for other in everything if other.pk > one.pk), None)
    return following.before if following else standing_of(one.passage)


def _coding(state: State) -> tuple[Any, ...]:
    return state.get("codes", {}), sorted(state.get("subcodes", ())), bool(state.get("trust"))
