"""What the machine last said of passages, and where the sense that it put is to be checked before a quote is used."""

from collections.abc import Iterable, Mapping

from voices.domain import SURE_SENSE
from voices.store.models import Passage, Suggestion


def suggestions(rows: Iterable[Passage]) -> Mapping[int, Suggestion]:
    """The last suggestion that stands for each of the passages that have one, by the passage's key."""
    found = Suggestion.objects.filter(passage__in=list(rows), machine_pass__undone_at=None).order_by("machine_pass_id")
    return {one.passage_id: one for one in found}


def doubtful(row: Passage, suggestion: Suggestion | None) -> frozenset[str]:
    """The codes whose sense is to be checked: those that only the machine put, unsure of their sense."""
    if suggestion is None or row.standing != Passage.Standing.MACHINE:
        return frozenset()
    return frozenset(
        one["code"]
        for one in suggestion.codings
        if one["sense_probability"] < SURE_SENSE and getattr(row, one["code"], "") == one["sense"]
    )
