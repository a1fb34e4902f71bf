"""What has changed in the base since a version was composed: consents, and the figures that would differ now."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from voices import consenting, defining
from voices.domain import Consent, Outlet, Purpose
from voices.report.words import date_words
from voices.reporting.asked import Asked, covered
from voices.reporting.held import batches
from voices.reporting.reckoning import FIELDS, reckoned
from voices.store.models import Passage, ReportVersion, Testimony


@dataclass(frozen=True, slots=True)
class Recall:
    """A testimony whose consent no longer covers what the report does with it. `row` None: it was erased.

    `shown` says that its words are in the report, `named` that a first name signs some of them, `ended` that it was
    given up to a day that is past, `emptied` that its words were taken out of the report since, with those of all.
    """

    row: Testimony | None
    withdrawn: bool
    shown: bool
    named: bool
    ended: bool = False
    emptied: bool = False

    @property
    def told(self) -> str:
        """Which testimony it is, in words."""
        if self.row is None:
            return "Un témoignage effacé"
        parts = (self.row.place.name, date_words(self.row.date), f"témoignage n°\u202f{self.row.pk}")
        return ", ".join(part for part in parts if part)

    @property
    def remedy(self) -> str:
        """Where its words are, and what no longer covers them, in French."""
        if self.row is None:
            return self._of_erased
        if self.withdrawn and not self.shown:
            return "L’accord est retiré. Ses mots n’y paraissent pas\u202f; il y est compté."
        there = "ses mots paraissent encore dans les copies déjà faites" if self.emptied else "ses mots y paraissent"
        if self.withdrawn:
            return f"L’accord est retiré, et {there}."
        if self.ended:
            return f"{there.capitalize()}, et son accord a pris fin."
        if self.named:
            return "Ses mots y sont signés de son prénom, ce que son accord ne permet plus."
        return f"{there.capitalize()}, et son accord ne permet plus de les citer."

    @property
    def _of_erased(self) -> str:
        """Nothing of its consent, which may never have been taken back and is erased with the rest."""
        if not self.shown:
            return "Ses mots n’y paraissaient pas\u202f; il y reste compté."
        if self.emptied:
            return "Ce rapport a été vidé de ses mots. Les copies déjà faites les montrent encore."
        return "Ses mots y paraissent encore."


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that would differ."""

    name: str
    then: int
    now: int


@dataclass(frozen=True, slots=True)
class Since:
    """What has changed. `recalls` come first: they say « ne plus diffuser »."""

    recalls: tuple[Recall, ...]
    figures: tuple[Changed, ...]

    @property
    def not_to_spread(self) -> bool:
        """Whether the report is no longer to be shown around: it tells words that may no longer be told."""
        return any(one.shown or one.named for one in self.recalls)

    @property
    def only_erased(self) -> bool:
        """Whether nothing else happened to consents than testimonies that were erased."""
        return all(one.row is None for one in self.recalls)


def since(version: ReportVersion) -> Since:
    """What has changed since that version was composed."""
    facts = json.loads(gzip.decompress(bytes(version.facts)))
    emptied = version.emptied_at is not None
    return Since(tuple(replace(one, emptied=emptied) for one in _recalls(facts)), _figures(facts))


def _recalls(facts: dict[str, Any]) -> Iterator[Recall]:
    shown, outlet = set(facts["shown"]), Asked.of(facts["asked"]).shown.outlet
    named = {one["testimony"] for one in facts["quotes"] if one["named"]}
    ids = [int(pk) for pk in facts["testimonies"]]
    for some in batches(ids):
        rows = {row.pk: row for row in Testimony.objects.filter(pk__in=some).select_related("place")}
        for pk in some:
            found = _recall(rows.get(pk), outlet, shown=pk in shown, named=pk in named)
            if found:
                yield found


def _recall(row: Testimony | None, outlet: Outlet, *, shown: bool, named: bool) -> Recall | None:
    if row is None or row.consent == Consent.WITHDRAWN.value:
        return Recall(row, withdrawn=True, shown=shown, named=named)
    today = timezone.localdate()
    if shown and not consenting.released(row, Purpose.ANONYMOUS_QUOTES, today=today, outlets=[outlet]):
        until = consenting.held([row])[0].terms.until
        return Recall(row, withdrawn=False, shown=True, named=False, ended=until is not None and until < today)
    if named and not consenting.released(row, Purpose.NAMED_QUOTES, today=today, outlets=[outlet]):
        return Recall(row, withdrawn=False, shown=True, named=True)
    return None


def _figures(facts: dict[str, Any]) -> tuple[Changed, ...]:
    asked, then = Asked.of(facts["asked"]), facts["headline"]
    analysed = consenting.allowed(Purpose.ANALYSIS, today=timezone.localdate())
    testimonies = covered(asked, Testimony.objects.filter(analysed))
    passages = Passage.objects.filter(testimony__in=testimonies.values("pk"), retired=False).order_by()
    now = reckoned(passages.values(*FIELDS).iterator(), testimonies.count(), defining.book().codebook)
    names = dict.fromkeys([*then, *now])
    pairs = (Changed(name, then.get(name, 0), now.get(name, 0)) for name in names)
    return tuple(one for one in pairs if one.then != one.now)
