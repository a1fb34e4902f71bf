"""Where coders differ: their codings side by side, and someone to settle each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from voices import doubling
from voices.doubling import Double, Line
from voices.errors import VoicesError
from voices.store.models import Decision
from voices.web.access import Action, allowed, person_in
from voices.web.views.double.asked import closed
from voices.web.views.review import answers
from voices.web.views.review.book import Book, book
from voices.web.views.review.card import neighbours, where
from voices.web.views.review.deciding import coding_of
from voices.web.views.review.reasons import Chip, chips, rows
from voices.web.views.review.said import name

_PAGE = 10


@dataclass(frozen=True, slots=True)
class Opinion:
    """One coder's coding of a passage. `alone` are the codes, `trust_alone` the trust, that not all of them say."""

    who: str
    decision: Decision
    chips: tuple[Chip, ...]
    alone: frozenset[str]
    trust_alone: bool
    subcodes: tuple[tuple[str, str], ...]
    """Each with the code that it belongs to."""


@allowed(Action.DOUBLE)
@require_safe
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """The passages on which coders differ, those to settle first."""
    found = closed(request, pk)
    lines = sorted(found.differing, key=lambda line: (line.settled is not None, line.order))
    page = Paginator(lines, _PAGE).get_page(request.GET.get("page"))
    the_book = book()
    context = {
        "one": found.assignment,
        "page": page,
        "total": len(lines),
        "unsettled": sum(line.settled is None for line in lines),
        "rows": [_row(found, line, the_book) for line in page],
        "here": f"?page={page.number}" if page.number > 1 else "",
    }
    return render(request, "web/double/differences.html", context)


@allowed(Action.DOUBLE)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Settles a passage: one of its codings, or another."""
    found = closed(request, pk)
    line = next((one for one in found.differing if one.order == order), None)
    if line is None:
        raise Http404
    if request.method == "POST":
        return _settled(request, found, line)
    the_book = book()
    start = line.settled or max(line.words.values(), key=lambda one: one.pk)
    before, after = neighbours(line.passage)
    context: dict[str, Any] = _row(found, line, the_book) | {
        "one": found.assignment,
        "passage": line.passage,
        "where": where(line.passage),
        "before": before,
        "after": after,
        "code_rows": rows(the_book, start.codes, start.subcodes, None),
        "trust": start.trust,
        "token": uuid4().hex,
    }
    return render(request, "web/double/settle.html", context)


def _settled(request: HttpRequest, found: Double, line: Line) -> HttpResponse:
    back = reverse("double_differences", args=[found.assignment.pk])
    try:
        coding = coding_of(request.POST, line.passage, book())
        doubling.settle(found.assignment, line.passage, person_in(request), coding, token=answers.token(request))
    except VoicesError as error:
        return answers.refused(request, error, back)
    messages.success(request, "Tranché\u202f: c’est ce codage qui vaut. Les autres restent dans l’historique.")
    return redirect(back)


def _row(found: Double, line: Line, the_book: Book) -> dict[str, Any]:
    said = {coder.pk: line.words[coder.pk] for coder in found.coders if coder.pk in line.words}
    return {
        "line": line,
        "opinions": [_opinion(one, said, the_book) for one in said.values()],
        "settled": _opinion(line.settled, {}, the_book) if line.settled else None,
    }


def _opinion(one: Decision, said: Mapping[int, Decision], the_book: Book) -> Opinion:
    subcodes = tuple((code, sub.id) for code in one.codes for sub in the_book.subcodes(code) if sub.id in one.subcodes)
    alone = frozenset(
        code for code, sense in one.codes.items() if any(other.codes.get(code) != sense for other in said.values())
    )
    trust_alone = one.trust and not all(other.trust for other in said.values())
    return Opinion(name(one.author), one, chips(the_book, one.codes), alone, trust_alone, subcodes)
