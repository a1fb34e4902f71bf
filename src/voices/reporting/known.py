"""The quotes of a version that would tell neighbours who speaks, and on which nobody has decided yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from voices.report.words import count
from voices.reporting.facts import facts_of
from voices.store.models import ReportVersion


@dataclass(frozen=True, slots=True)
class Known:
    """A quote; `sharing` voices have its place and its year, that of who speaks among them."""

    passage: int
    text: str
    attribution: str
    sharing: int

    @property
    def told(self) -> str:
        """How many they are, in words."""
        return "une seule voix" if self.sharing == 1 else count(self.sharing, "voix")


def known_by_neighbours(version: ReportVersion) -> tuple[Known, ...]:
    """Each of them once, in the order of the report."""
    return tuple({one.passage: one for one in _known(version)}.values())


def _known(version: ReportVersion) -> Iterator[Known]:
    for one in facts_of(version)["quotes"]:
        if one.get("sharing"):
            yield Known(one["passage"], one["text"], one["attribution"], one["sharing"])
