"""The activity of the site: who did what, and when."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from voices.safekeeping import daily
from voices.store.models import Trace
from voices.web.access import Action, allowed
from voices.web.views import people_state
from voices.web.views.people_forms import ActivityForm

_A_PAGE = 50


@allowed(Action.ACTIVITY)
@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    """What was done, the last first."""
    form = ActivityForm(request.GET)
    traces = Trace.objects.select_related("user").order_by("-made_at", "-pk")
    if form.is_valid() and form.cleaned_data["who"]:
        traces = traces.filter(user=form.cleaned_data["who"])
    if form.is_valid() and form.cleaned_data["what"]:
        traces = traces.filter(what=form.cleaned_data["what"])
    query = request.GET.copy()
    query.pop("page", None)
    page = Paginator(traces, _A_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    backups = daily.told(settings.VOICES, now)
    shown = {"form": form, "page": page, "query": query.urlencode(), "backups": backups, "late": backups.late(now)}
    return render(request, "web/people/activity.html", shown | {"state": people_state.told(settings.VOICES, now)})
