"""What a change of the book would touch, counted before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from voices.defining import carrying
from voices.defining.changes import Change, Kind, What
from voices.review import taken_back
from voices.store.models import Decision, Passage

_CODING = (Decision.Kind.CODED, Decision.Kind.ADJUDICATED)
_SOUGHT = frozenset({Kind.ADDED, Kind.RENAMED, Kind.REWORDED})


@dataclass(frozen=True, slots=True)
class Consequence:
    """What one change touches. `reviewed` are those of the passages on which people spoke; `decisions` those of
    people that name it and stand; `places` are (name, passages), most first.
    """

    change: Change
    passages: int = 0
    reviewed: int = 0
    decisions: int = 0
    places: tuple[tuple[str, int], ...] = ()

    @property
    def machine(self) -> int:
        """Passages that carry it by the machine's word alone."""
        return self.passages - self.reviewed


def consequences(changes: Sequence[Change], passages: QuerySet[Passage]) -> tuple[Consequence, ...]:
    """What each change touches among these passages, in their order."""
    return tuple(_consequence(change, passages) for change in changes)


def to_read_again(changes: Sequence[Change], passages: QuerySet[Passage]) -> list[int]:
    """The passages that the machine has to code again: all, where what it looks for by its description differs.

    What it proposes of the 3A and their sub-codes, it learnt from examples: their words in the book change nothing.
    """
    sought = any(one.what is What.OWN and one.kind in _SOUGHT for one in changes)
    return list(passages.order_by("pk").values_list("pk", flat=True)) if sought else []


def to_hold_again(changes: Sequence[Change], passages: QuerySet[Passage]) -> list[int]:
    """The passages that carry, by the machine's word alone, a code that goes: what holds for them changes at once."""
    gone = [one.id for one in changes if one.what is What.OWN and one.kind is Kind.REMOVED]
    if not gone:
        return []
    carry = Q()
    for code in gone:
        carry |= carrying.of_code(code)
    return list(passages.filter(carry, standing=Passage.Standing.MACHINE).values_list("pk", flat=True))


def _consequence(change: Change, passages: QuerySet[Passage]) -> Consequence:
    if not change.id:
        return Consequence(change)
    sub = change.what is What.SUBCODE
    carried = passages.filter(carrying.of_subcode(change.id) if sub else carrying.of_code(change.id))
    rows = carried.order_by().values_list("place__name").annotate(n=Count("pk")).order_by("-n", "place__name")
    places = tuple((name, count) for name, count in rows)
    decided = carrying.decided_subcode(change.id) if sub else carrying.decided_code(change.id)
    return Consequence(
        change=change,
        passages=sum(count for _, count in places),
        reviewed=carried.exclude(standing=Passage.Standing.MACHINE).count(),
        decisions=_standing(decided, passages),
        places=places,
    )


def _standing(decided: Q, passages: QuerySet[Passage]) -> int:
    """How many of the decisions on these passages that name it were not taken back."""
    found = Decision.objects.filter(decided, kind__in=_CODING, passage__in=passages.order_by().values("pk"))
    ids = set(found.values_list("pk", flat=True))
    undoing = Decision.objects.filter(undoes__isnull=False, passage__in=found.values("passage"))
    return len(ids - taken_back(list(undoing.order_by("pk").values_list("pk", "undoes_id"))))
