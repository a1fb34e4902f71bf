"""The book as it stands, its versions, what differs between two of them, and its files."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from voices.defining import Book, book, book_at
from voices.defining.book import number_now
from voices.defining.changes import changes
from voices.defining.files import to_json, to_markdown, to_toml
from voices.store.models import CodebookVersion, Job, Passage
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.views.book_told import told

_FILES = {
    "toml": (to_toml, "application/toml"),
    "json": (to_json, "application/json"),
    "md": (to_markdown, "text/markdown"),
}
_PAGE = 20


@allowed(Action.REVIEW)
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """The book in force."""
    now = book()
    context = {
        "book": now.codebook,
        "own": now.own,
        "edit": reach_in(request).may(Action.BOOK),
        "number": number_now(),
        "version": CodebookVersion.objects.select_related("made_by").first(),
        "counts": _counts(reach_in(request), now),
        "reading": Job.objects.filter(kind=Job.Kind.CODE, state__in=(Job.State.WAITING, Job.State.RUNNING))
        .order_by("-pk")
        .first(),
    }
    return render(request, "web/book/book.html", context)


@allowed(Action.REVIEW)
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Every version, the last first; the shipped book is the first of all."""
    page = Paginator(CodebookVersion.objects.select_related("made_by"), _PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "last": not page.has_next(),
        "now": number_now(),
        "edit": reach_in(request).may(Action.BOOK),
    }
    return render(request, "web/book/versions.html", context)


@allowed(Action.REVIEW)
@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """What differs between a version and another: the one before it, unless asked."""
    asked = request.GET.get("avec", "")
    other = int(asked) if asked.isdigit() and len(asked) < 7 else max(number - 1, 0)
    after, before = _at(number), _at(other)
    context = {
        "number": number,
        "other": other,
        "version": CodebookVersion.objects.select_related("made_by").filter(number=number).first(),
        "changes": told(changes(before, after), Passage.objects.none()),
        "numbers": range(number_now(), -1, -1),
        "now": number_now(),
        "edit": reach_in(request).may(Action.BOOK),
    }
    return render(request, "web/book/version.html", context)


@allowed(Action.REVIEW)
@require_safe
def export(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """A version as a file."""
    del request
    write, kind = _FILES[form]
    headers = {"Content-Disposition": f'attachment; filename="grille-{number}.{form}"'}
    return HttpResponse(write(_at(int(number))), content_type=f"{kind}; charset=utf-8", headers=headers)


def _at(number: int) -> Book:
    try:
        return book_at(number)
    except CodebookVersion.DoesNotExist:
        raise Http404 from None


def _counts(reach: Reach, now: Book) -> list[dict[str, Any]]:
    """By own code, how many passages carry it, with their page."""
    passages = reach.passages(Action.REVIEW)
    return [
        {
            "code": one,
            "count": passages.filter(own__has_key=one.id).aggregate(n=Count("pk"))["n"],
            "url": f"{reverse('search')}?ajout={one.id}",
        }
        for one in now.own
    ]
