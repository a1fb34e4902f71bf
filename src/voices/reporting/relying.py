"""How far the codes of a report can be relied on: measured on its own passages, where people read them."""

from collections.abc import Mapping, Sequence

from voices import doubling
from voices.domain import Codebook, CodedPassage, Sense
from voices.report.reliability import Agreement, Reliability
from voices.reporting.held import THREE, batches, reviewed
from voices.store.codings import coded_of
from voices.store.models import Assignment, Passage, Suggestion


def reliability(
    passages: Sequence[Passage], suggested: Mapping[int, Suggestion], book: Codebook, *, seed: int
) -> Reliability:
    """The machine against those who reviewed it, and people who coded the same passages without seeing each other."""
    return Reliability(
        machine=_told(_machine(passages, suggested), book, seed), people=_told(_people(passages), book, seed)
    )


def _machine(passages: Sequence[Passage], suggested: Mapping[int, Suggestion]) -> list[doubling.Unit]:
    """What it had proposed and what holds, of the passages on which people agree."""
    return [
        doubling.Unit(row.testimony_id, (_said(coded_of(suggested[row.pk])), _held(row)))
        for row in passages
        if reviewed(row) and row.standing != Passage.Standing.DIFFERING and row.pk in suggested
    ]


def _people(passages: Sequence[Passage]) -> list[doubling.Unit]:
    """What each said of the passages of a double coding that is closed."""
    units: list[doubling.Unit] = []
    for assignment in Assignment.objects.exclude(closed_at=None):
        for some in batches([row.pk for row in passages]):
            units += doubling.gathered(assignment, Passage.objects.filter(pk__in=some)).units()
    return units


def _told(units: Sequence[doubling.Unit], book: Codebook, seed: int) -> tuple[Agreement, ...]:
    """One line a question; none where nothing was compared, nor for a sense that nobody could compare."""
    if not units:
        return ()
    codes = [code.id for code in book.codes if code.id in THREE]
    labels = {code.id: code.label for code in book.codes} | {"confiance": "Confiance"}
    return tuple(_agreement(one, labels) for one in doubling.figures(units, codes, seed=seed) if one.passages)


def _agreement(one: doubling.Figure, labels: Mapping[str, str]) -> Agreement:
    label = f"{labels[one.code]}, le sens" if one.sense else labels[one.code]
    return Agreement(label, one.passages, one.same, one.alpha, one.low, one.high)


def _said(coded: CodedPassage) -> tuple[dict[str, Sense], bool]:
    return {coding.code: coding.sense for coding in coded.codings}, coded.trust


def _held(row: Passage) -> tuple[dict[str, Sense], bool]:
    return {code: Sense(getattr(row, code)) for code in THREE if getattr(row, code)}, row.trust
