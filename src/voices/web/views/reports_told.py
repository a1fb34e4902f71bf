"""What pages tell of a report, and which reports a request may open."""

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from voices.report.plan import Plan
from voices.reporting import AUDIENCES, Asked, Audience, Since, facts_of
from voices.store.models import AssignedPassage, ReportVersion
from voices.web.access import reach_in
from voices.web.reports import ReplacedError, successor


@dataclass(frozen=True, slots=True)
class Told:
    """A report in a line: where, when, for whom."""

    version: ReportVersion
    places: str
    period: str
    audience: str


def told(version: ReportVersion) -> Told:
    """The report as a list tells it."""
    names = ", ".join(place.name for place in version.places.all())
    asked = _covering(version)
    return Told(version, names or "Tout le réseau", asked.period or "toutes dates", asked.shown.label)


def asked_of(version: ReportVersion) -> Asked:
    """What was asked of it, with what was decided on its quotes."""
    then = Asked.of(facts_of(version)["asked"])
    return replace(_covering(version), kept_quotes=then.kept_quotes, left_out=then.left_out, unstable=then.unstable)


def _covering(version: ReportVersion) -> Asked:
    """What it covers and for whom: what a list may ask without reading the version."""
    places = tuple(place.pk for place in version.places.all())
    plan = Plan.of(version.plan)
    return Asked(version.title, places, version.since, version.until, Audience(version.audience), plan)


def version_of(request: HttpRequest, pk: int) -> ReportVersion:
    """That report, within the person's reach. Raises Http404; ReplacedError for a draft that gave way to another."""
    within = reach_in(request).reports()
    found = within.select_related("made_by", "frozen_by").filter(pk=pk).first()
    if found is None and (now := successor(pk, within)):
        raise ReplacedError(now)
    return found or get_object_or_404(within, pk=pk)


def readable(request: HttpRequest, version: ReportVersion, since: Since) -> bool:
    """Whether its words may be shown: not those of a draft whose consents changed, nor what was
    erased, nor codes to be given blind."""
    stale = not version.frozen_at and bool(since.recalls)
    return not stale and version.emptied_at is None and not blind_in(request, version)


def blind_in(request: HttpRequest, version: ReportVersion) -> bool:
    """Whether the person is now to code blind some of the passages whose codes it shows."""
    coding = AssignedPassage.objects.filter(assignment__coders=request.user.pk, assignment__closed_at=None)
    blind = set(coding.values_list("passage", flat=True))
    return bool(blind) and any(int(pk) in blind for pk in facts_of(version)["passages"])


def audiences() -> list[tuple[str, str, str]]:
    """Who a report may be for: value, label, what is shown to them."""
    return [(one.value, shown.label, shown.told) for one, shown in AUDIENCES.items()]
