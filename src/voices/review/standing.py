"""What holds for a passage now, derived from everything that was ever said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voices.domain import Sense


class Given(StrEnum):
    """Who gave the coding that holds."""

    MACHINE = "machine"
    REVIEWED = "relu"
    DIFFERING = "divergent"
    ADJUDICATED = "tranche"


@dataclass(frozen=True, slots=True)
class Statement:
    """One decision: what a person said of a passage. `undoes` is the id of the decision that this one takes back.

    `hidden` marks one given blind in a double coding that is still open: it holds nowhere else yet.
    """

    id: int
    author: int | None
    codes: Mapping[str, Sense]
    subcodes: tuple[str, ...] = ()
    trust: bool = False
    adjudicates: bool = False
    undoes: int | None = None
    hidden: bool = False

    @property
    def coding(self) -> tuple[frozenset[tuple[str, Sense]], bool]:
        """What makes two statements agree: codes with senses, and trust. Sub-codes are detail."""
        return frozenset(self.codes.items()), self.trust


@dataclass(frozen=True, slots=True)
class Standing:
    """The coding that holds and who gave it; `authors` are those whose last word differs from it."""

    given: Given
    codes: Mapping[str, Sense]
    subcodes: tuple[str, ...] = ()
    trust: bool = False
    authors: tuple[int | None, ...] = ()


def standing(statements: Sequence[Statement], suggested: Statement | None = None) -> Standing:
    """What holds, given every statement in the order they were made, and what the machine suggested, if anything.

    A person's word always holds over the machine's. Between people nothing is dropped: where last words differ the
    latest is shown, marked as differing, until someone adjudicates; a word said later re-opens it where it differs.
    """
    heard = [one for one in effective(statements) if not one.hidden]
    judged = next((one for one in reversed(heard) if one.adjudicates), None)
    after = heard if judged is None else [one for one in heard if one.id > judged.id]
    last = {one.author: one for one in after}
    words = sorted(last.values(), key=lambda one: one.id)
    if judged is not None:
        against = tuple(one.author for one in words if one.coding != judged.coding)
        return _of(judged, Given.DIFFERING if against else Given.ADJUDICATED, against)
    if words:
        against = tuple(one.author for one in words if one.coding != words[-1].coding)
        return _of(words[-1], Given.DIFFERING if against else Given.REVIEWED, against)
    return _of(suggested, Given.MACHINE, ()) if suggested else Standing(Given.MACHINE, {})


def effective(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements that were not taken back, and take nothing back themselves."""
    undone = taken_back([(one.id, one.undoes) for one in statements])
    return tuple(one for one in statements if one.undoes is None and one.id not in undone)


def taken_back(steps: Sequence[tuple[int, int | None]]) -> frozenset[int]:
    """The ids that were taken back, given (id, the id it takes back) in order: an undo that was undone is no undo."""
    undone: set[int] = set()
    for step, undoes in reversed(steps):
        if undoes is not None and step not in undone:
            undone.add(undoes)
    return frozenset(undone)


def _of(one: Statement, given: Given, against: tuple[int | None, ...]) -> Standing:
    return Standing(given, one.codes, one.subcodes, one.trust, against)
