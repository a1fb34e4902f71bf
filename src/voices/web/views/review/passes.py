"""What machines said, pass by pass: what taking one back would touch, then doing it. Decisions stay as they are."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from voices import reviewing
from voices.store.models import MachinePass, Suggestion
from voices.web.access import Action, allowed, person_in, reach_in, require

_PAGE = 20
_SHIPPED = {"coder-3a": "le codeur 3A livré", "coder-3a-rapide": "le codeur 3A livré, rapide"}


@allowed(Action.REVIEW)
@require_safe
def passes(request: HttpRequest) -> HttpResponse:
    """Every pass that read something within reach, the last first."""
    rows = _within(request).annotate(count=Count("suggestions")).select_related("made_by", "undone_by")
    page = Paginator(rows.order_by("-pk"), _PAGE).get_page(request.GET.get("page"))
    places = _places(request, list(page.object_list))
    shown = [(one, _called(one), places.get(one.pk, ())) for one in page.object_list]
    return render(request, "web/review/passes.html", {"page": page, "passes": shown})


@allowed(Action.REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def one_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """What taking that pass back would touch; a POST does it, or brings it back. It takes a role at all its places."""
    reach = reach_in(request)
    found = get_object_or_404(_within(request), pk=pk)
    places = Suggestion.objects.filter(machine_pass=found).values_list("passage__place", flat=True).distinct()
    if request.method == "POST":
        require(reach, Action.REVIEW, places)
        back = "retablir" in request.POST
        (reviewing.bring_back if back else reviewing.take_back)(found, person_in(request))
        told = "Lecture de la machine rétablie." if back else "Lecture de la machine annulée. Elle peut être rétablie."
        messages.success(request, told)
        return redirect("review_pass", found.pk)
    context = {
        "found": found,
        "called": _called(found),
        "reach": reviewing.reach_of(found),
        "may": all(reach.at(Action.REVIEW, place) for place in places),
    }
    return render(request, "web/review/pass.html", context)


def _called(one: MachinePass) -> str:
    """What people call its coder: one of those that come with voices in words, another by its name."""
    return _SHIPPED.get(one.coder.partition("@")[0], one.coder)


def _places(request: HttpRequest, some: Sequence[MachinePass]) -> dict[int, list[str]]:
    """By pass, the places that it read, within reach: what tells two passes of one minute apart."""
    within = reach_in(request).places(Action.REVIEW).order_by().values("pk")
    rows = Suggestion.objects.filter(machine_pass__in=some, passage__place__in=within).order_by("passage__place__name")
    found: dict[int, list[str]] = {}
    for pk, name in rows.values_list("machine_pass", "passage__place__name").distinct():
        found.setdefault(pk, []).append(name)
    return found


def _within(request: HttpRequest) -> QuerySet[MachinePass]:
    reach = reach_in(request)
    if reach.everywhere(Action.REVIEW):
        return MachinePass.objects.all()
    read = Suggestion.objects.filter(machine_pass=OuterRef("pk"), passage__place__in=reach.places(Action.REVIEW))
    return MachinePass.objects.filter(Exists(read))
