"""The quotes of a version whose words may tell who somebody is: shown beside the report to who publishes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from voices.privacy.identifying import told
from voices.reporting.facts import facts_of
from voices.reporting.held import batches
from voices.store.models import ReportVersion, Testimony


@dataclass(frozen=True, slots=True)
class ToReread:
    """A quote, and what to read again in it."""

    text: str
    attribution: str
    cautions: tuple[str, ...]


def to_reread(version: ReportVersion) -> tuple[ToReread, ...]:
    """Each of them once, in the order of the report; whoever it is for, for its page may say nothing of it."""
    return tuple({one.text: one for one in _found(version)}.values())


def unchecked(version: ReportVersion) -> tuple[Testimony, ...]:
    """The testimonies whose words the version shows, and whose names nobody has checked."""
    return tuple(
        row
        for some in batches(facts_of(version)["shown"])
        for row in Testimony.objects.filter(pk__in=some, names_checked_at=None).select_related("place").order_by("pk")
    )


def _found(version: ReportVersion) -> Iterator[ToReread]:
    for one in facts_of(version)["quotes"]:
        cautions = tuple(one.get("cautions", ())) or told(one["text"])
        if cautions:
            yield ToReread(one["text"], one["attribution"], cautions)
