"""The testimonies that one may read: their list, and each of them from end to end."""

import numpy as np
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from voices.receiving.twins import doubled, twins
from voices.store.columns.asked import chosen_testimonies
from voices.store.models import Passage
from voices.store.search.text import among
from voices.web.access import Action, allowed, reach_in
from voices.web.views.review.asked import still_read
from voices.web.views.testimonies_filters import TestimonyFilters
from voices.web.views.testimonies_told import lines, narrowed, quotable, speeches, title_of, where

_PAGE = 25
_BYTES = ("file__content", "file__preview")


@allowed(Action.READ)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The testimonies, the last received first, page by page."""
    reach = reach_in(request)
    form = TestimonyFilters(request.GET, reach=reach)
    found = form.among(reach.testimonies(Action.READ))
    page = Paginator(np.sort(chosen_testimonies(found).ids)[::-1].tolist(), _PAGE).get_page(request.GET.get("page"))
    rows = among(found, list(page.object_list)).select_related("place").defer("turns", "names").order_by("-pk")
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "chosen": form.chosen(),
        "page": page,
        "lines": lines(list(rows), reach),
        "twice": doubled(reach.testimonies(Action.READ)).count(),
        "query": query.urlencode(),
        "names": reach.may(Action.NAMES),
        "deposit": reach.may(Action.DEPOSIT),
    }
    return render(request, "web/testimonies/list.html", context)


@allowed(Action.READ)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One testimony: what was said, its passages and codes, its consent and what became of it."""
    reach = reach_in(request)
    found = (
        reach.testimonies(Action.READ)
        .select_related("place", "deposit", "file", "names_checked_by")
        .defer("names", *_BYTES)
    )
    still_read(request, Action.READ, pk)
    testimony = get_object_or_404(found, pk=pk)
    passages = list(testimony.passages.filter(retired=False).order_by("start").defer("lemmas", "vector"))
    blind = set(reach_in(request).blind().filter(passage__testimony=pk).values_list("passage", flat=True))
    context = {
        "testimony": testimony,
        "where": where(testimony),
        "title": title_of(testimony, reach),
        "elsewhere": [place.name for place in twins([testimony], reach.testimonies(Action.READ)).get(pk, ())],
        "speeches": speeches(testimony, passages, blind),
        "passages": len(passages),
        "to_review": sum(one.standing == Passage.Standing.MACHINE for one in passages),
        "quotable": quotable(testimony),
        "narrowed": narrowed(testimony),
        "changes": testimony.consent_changes.select_related("made_by").order_by("-pk"),
        "replaced": sum(testimony.replaced.values()),
        "may": {
            "names": reach.at(Action.NAMES, testimony.place_id),
            "consent": reach.at(Action.DEPOSIT, testimony.place_id),
            "review": reach.at(Action.REVIEW, testimony.place_id),
        },
    }
    return render(request, "web/testimonies/one.html", context)
