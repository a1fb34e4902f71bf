"""Where people differ: both words side by side, with their names, and someone to settle it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from voices.store.models import Passage
from voices.web.access import Action, allowed
from voices.web.views.review.asked import reviewable
from voices.web.views.review.book import book
from voices.web.views.review.said import decisions_of, words

_PAGE = 10


@allowed(Action.REVIEW)
@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    """The passages on which people differ, the latest first."""
    rows = reviewable(request).filter(standing=Passage.Standing.DIFFERING).select_related("place", "came_of")
    page = Paginator(rows.defer("lemmas", "vector").order_by("-pk"), _PAGE).get_page(request.GET.get("page"))
    the_book = book()
    found = [
        {
            "passage": one,
            "words": words(the_book, one, decisions_of(one)),
            "url": f"{reverse('review_passage', args=[one.pk])}?avis={Passage.Standing.DIFFERING}",
        }
        for one in page.object_list
    ]
    return render(request, "web/review/differences.html", {"page": page, "found": found})
