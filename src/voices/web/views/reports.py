"""Reports: those that were composed, one of them with what has changed since, and what becomes of it."""

from datetime import timedelta
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from voices import reporting
from voices.domain import Outlet
from voices.errors import VoicesError
from voices.reporting.freezing import prints
from voices.store.models import Job, ReportVersion
from voices.web import reports as asking
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.traces import trace
from voices.web.views.reports_told import asked_of, blind_in, readable, told, version_of
from voices.web.views.testimonies_told import where

_PAGE, _TO_CHECK = 20, 12
_LIGHT = ("html", "pdf", "facts")


@allowed(Action.REPORT)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The reports within reach, the last first, and those that are being composed for the person."""
    rows = reach_in(request).reports().defer(*_LIGHT).select_related("made_by").prefetch_related("places")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    lately = timezone.now() - timedelta(days=1)
    asked = Job.objects.filter(kind=Job.Kind.REPORT, made_by=request.user.pk, made_at__gte=lately)
    going = asked.exclude(state=Job.State.DONE)
    context = {"page": page, "rows": [told(one) for one in page], "going": going.order_by("-pk")[:5]}
    return render(request, "web/reports/list.html", context)


@allowed(Action.REPORT)
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[untyped-decorator]
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: its page as it will be read, its files, what has changed since."""
    version = version_of(request, pk)
    since = reporting.since(version)
    context = {
        "version": version,
        "told": told(version),
        "since": since,
        "blind": blind_in(request, version),
        "open": readable(request, version, since),
        "prints": prints(version).items() if version.frozen_at else (),
        "known": () if version.frozen_at else reporting.known_by_neighbours(version),
        "reread": () if version.frozen_at else reporting.to_reread(version),
        **({} if version.frozen_at else _unchecked(request, version)),
        "ours": asked_of(version).shown.outlet is Outlet.INTERNAL,
        "intact": reporting.intact(version),
    }
    return render(request, "web/reports/report.html", context)


def _unchecked(request: HttpRequest, version: ReportVersion) -> dict[str, Any]:
    """How many testimonies shown have names that nobody checked, and the first of those that the person may check."""
    found, reach = reporting.unchecked(version), reach_in(request)
    mine = [(row.pk, where(row)) for row in found if reach.at(Action.NAMES, row.place_id)]
    return {"unchecked": len(found), "to_check": mine[:_TO_CHECK], "more_to_check": len(mine[_TO_CHECK:])}


@allowed(Action.REPORT)
@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """The report, frozen: nothing of it will change."""
    version = version_of(request, pk)
    if blind_in(request, version):
        return redirect("report", pk=pk)
    try:
        reporting.freeze(version, person_in(request))
    except VoicesError as error:
        messages.error(request, str(error))
    else:
        trace(request, "Rapport figé", f"{version.title}, n° {version.pk}")
        messages.success(
            request, "Cette version est figée\u202f: ni la page, ni le PDF, ni les chiffres ne changeront."
        )
    return redirect("report", pk=pk)


@allowed(Action.REPORT)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same report, composed anew with what holds now; a draft gives way to it, a frozen version stays."""
    version = version_of(request, pk)
    instead = None if version.frozen_at else version
    return redirect("report_job", job_id=asking.ask(asked_of(version), person_in(request), instead=instead).pk)


@allowed(Action.REPORT)
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, without that draft; a frozen version stays."""
    version = version_of(request, pk)
    try:
        reporting.discard(version, person_in(request))
    except VoicesError as error:
        messages.error(request, str(error))
        return redirect("report", pk=pk)
    messages.info(request, f"Le brouillon «\u202f{version.title}\u202f» est supprimé.")
    return redirect("reports")
