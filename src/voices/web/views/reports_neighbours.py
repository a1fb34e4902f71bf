"""Quotes that would tell neighbours who speaks: kept or left out by the person who composes the report."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from voices.reporting import known_by_neighbours
from voices.web import reports as asking
from voices.web.access import Action, allowed, person_in
from voices.web.views.reports_told import asked_of, version_of


@allowed(Action.REPORT)
@require_POST
def neighbours(request: HttpRequest, pk: int) -> HttpResponse:
    """The report composed anew without the quotes left out; those kept are no longer pointed out."""
    version = version_of(request, pk)
    answers = {one.passage: request.POST.get(f"citation-{one.passage}") for one in known_by_neighbours(version)}
    asked = asked_of(version)
    kept = {*asked.kept_quotes, *(passage for passage, said in answers.items() if said == "garder")}
    left = {*asked.left_out, *(passage for passage, said in answers.items() if said == "laisser")}
    wanted = replace(asked, kept_quotes=tuple(sorted(kept - left)), left_out=tuple(sorted(left)))
    if wanted == asked:
        return redirect("report", pk=pk)
    instead = None if version.frozen_at else version
    return redirect("report_job", job_id=asking.ask(wanted, person_in(request), instead=instead).pk)
