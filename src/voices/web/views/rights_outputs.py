"""Where a testimony's words went, and the letter that asks for them back."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from voices.rights import outputs
from voices.rights.letter import letter
from voices.rights.outputs import withdrawn_on
from voices.store.models import Testimony
from voices.web.access import Action, allowed, reach_in
from voices.web.traces import trace
from voices.web.views.deposits_told import rank_of

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@allowed(Action.DEPOSIT)
@require_safe
def listed(request: HttpRequest, testimony_id: int) -> HttpResponse:
    """Every output that held the testimony, those to take down first, for who may say its consent."""
    return _page(request, _of_places(request, testimony_id), "testimony_letter")


@allowed(Action.RIGHTS)
@require_safe
def listed_for_rights(request: HttpRequest, testimony_id: int) -> HttpResponse:
    """The same, for who answers for everyone's rights."""
    return _page(request, get_object_or_404(_rows(), pk=testimony_id), "rights_letter")


@allowed(Action.DEPOSIT)
@require_safe
def letter_of(request: HttpRequest, testimony_id: int) -> HttpResponse:
    """The letter, as a document to be completed."""
    return _letter(request, _of_places(request, testimony_id))


@allowed(Action.RIGHTS)
@require_safe
def letter_for_rights(request: HttpRequest, testimony_id: int) -> HttpResponse:
    """The same, for who answers for everyone's rights."""
    return _letter(request, get_object_or_404(_rows(), pk=testimony_id))


def _page(request: HttpRequest, one: Testimony, letter_name: str) -> HttpResponse:
    found = outputs(one)
    context = {
        "testimony": one,
        "rank": rank_of(one),
        "withdrawn_on": withdrawn_on(one),
        "left": [output for output in found if output.left],
        "others": [output for output in found if not output.left],
        "letter": reverse(letter_name, args=[one.pk]),
        "may": {
            "consent": reach_in(request).at(Action.DEPOSIT, one.place_id),
            "rights": reach_in(request).may(Action.RIGHTS),
        },
    }
    return render(request, "web/rights/outputs.html", context)


def _letter(request: HttpRequest, one: Testimony) -> HttpResponse:
    written = letter(one, outputs(one), today=timezone.localdate(), since=withdrawn_on(one))
    trace(request, "Lettre de retrait", f"témoignage n° {one.pk}")
    headers = {"Content-Disposition": f'attachment; filename="lettre-retrait-{one.pk}.docx"'}
    return HttpResponse(written, content_type=_DOCX, headers=headers)


def _of_places(request: HttpRequest, testimony_id: int) -> Testimony:
    """That testimony, withdrawn or not, where the person may say its consent. Raises Http404."""
    return get_object_or_404(_rows().filter(place__in=reach_in(request).places(Action.DEPOSIT)), pk=testimony_id)


def _rows() -> "QuerySet[Testimony]":
    return Testimony.objects.select_related("place", "file", "deposit").defer("names")
