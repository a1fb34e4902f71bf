"""Themes: their list, and the search for them, which the worker does."""

from typing import Any

import numpy as np
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from voices.report.words import percent
from voices.store.models import Job, Theme, ThemeRun, User
from voices.thematic import not_enough
from voices.theming.finding import STEPS
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.traces import trace
from voices.web.views.themes_families import families
from voices.web.views.themes_seen import last_run, seen
from voices.web.views.themes_told import Told, told, within

_GOING = (Job.State.WAITING, Job.State.RUNNING)


@allowed(Action.THEMES)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The themes of the last search, and where a search stands that goes on."""
    reach, run = reach_in(request), last_run()
    found = told(reach)
    shown = [one for one in found if not one.theme.hidden]
    counts = counted(reach)
    unstable = sum(one.unstable for one in shown)
    changes = _changes(run, shown) if reach.everywhere(Action.THEMES) else {}
    context = {
        "run": run,
        "themes": shown,
        "families": families(run, shown),
        "within": within(shown),
        "unstable": unstable,
        "not_enough": not_enough(unstable),
        "hidden": [one for one in found if one.theme.hidden],
        "counts": counts,
        "changes": changes,
        "acts": reach.everywhere(Action.THEMES),
        "tab": "list",
        **_search(run),
    }
    return render(request, "web/themes/list.html", context)


@allowed(Action.THEMES)
@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    """The list, where a search for themes waits or goes on; no second one is asked for."""
    person = who_may_act(request)
    with transaction.atomic():
        if not Job.objects.select_for_update().filter(kind=Job.Kind.THEMES, state__in=_GOING).exists():
            Job.objects.create(kind=Job.Kind.THEMES, made_by=person)
            trace(request, "Calcul des thèmes")
    return redirect("themes")


@allowed(Action.THEMES)
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """Where the search stands, asked for again and again; once it has ended, the page is to be loaded anew."""
    found = _search(last_run())
    answer = render(request, "web/themes/state.html", found | {"acts": reach_in(request).everywhere(Action.THEMES)})
    if not found["moving"]:
        answer["HX-Refresh"] = "true"
    return answer


def counted(reach: Reach) -> dict[str, Any]:
    """How many passages in reach have a theme, have none, were left out, came since the search."""
    found = seen(reach)
    themed, alone, left_out = (int(np.count_nonzero(one)) for one in (found.home, found.alone, found.left_out))
    return {
        "themed": themed,
        "alone": alone,
        "compared": themed + alone,
        "percent": percent(alone, themed + alone),
        "left_out": left_out,
        "since": len(found.passages) - themed - alone - left_out,
    }


def who_may_act(request: HttpRequest) -> User:
    """The person, who may change themes: what everyone sees of the whole network is changed by who sees all of it.

    Raises PermissionDenied for the others.
    """
    if not reach_in(request).everywhere(Action.THEMES) or not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _search(run: ThemeRun | None) -> dict[str, Any]:
    """Where the last search asked for stands: it goes on, it failed, or there is nothing to tell of it."""
    job = Job.objects.filter(kind=Job.Kind.THEMES).order_by("-pk").first()
    moving = job is not None and job.state in _GOING
    failed = job is not None and job.state == Job.State.FAILED and (run is None or job.made_at > run.made_at)
    return {"job": job if moving or failed else None, "moving": moving, "steps": _steps(job) if moving else []}


def _steps(job: Job | None) -> list[dict[str, str]]:
    now = STEPS.index(job.step) if job and job.step in STEPS else 0
    states = ("done", "now", "later")
    return [{"label": one, "state": states[(at > now) - (at < now) + 1]} for at, one in enumerate(STEPS)]


def _changes(run: ThemeRun | None, shown: list[Told]) -> dict[str, Any]:
    """What the last search changed: new themes, those gone by name, those whose passages changed."""
    said = run.changes if run else {}
    new = set(said.get("new", ()))
    moved: dict[int, list[int]] = {}
    homes = dict(Theme.objects.filter(pk__in=said.get("moved", {})).values_list("pk", "merged_into"))
    for pk, (came, left) in said.get("moved", {}).items():
        home = moved.setdefault(homes.get(int(pk)) or int(pk), [0, 0])
        home[0], home[1] = home[0] + came, home[1] + left
    for one in shown:
        one.new = one.theme.pk in new
    return {
        "known": "gone" in said,
        "new": [one for one in shown if one.new],
        "gone": said.get("gone", []),
        "moved": [(one, *moved[one.theme.pk]) for one in shown if one.theme.pk in moved],
    }
