"""Coded passages as the pipeline gives passages: with their sentences."""

from collections.abc import Sequence

from voices.coding.labelled import Labelled
from voices.domain import Passage
from voices.passages.sentences import units


def passages_of(labelled: Sequence[Labelled]) -> list[Passage]:
    """The labelled passages with their sentences."""
    found = []
    for row, (one, cut) in enumerate(zip(labelled, units([one.text for one in labelled]), strict=True)):
        spans = tuple((unit.start, unit.end) for unit in cut)
        context = {"question": one.question, "previous": one.previous}
        found.append(
            Passage(
                str(row), one.testimony_id, one.number, 0, len(one.text), one.text, turn=0, sentences=spans, **context
            )
        )
    return found
