"""The history: every decision that people took, page by page, and as a table to take away."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from voices import exchange
from voices.store.models import Decision
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.traces import trace
from voices.web.views.history_filters import HistoryFilters, decisions_of
from voices.web.views.history_told import State, Told, told
from voices.web.views.review.book import Book, book

_PAGE = 50
_BATCH = 500
_WITH = ("author", "passage__place", "passage__testimony", "undoes__undoes__undoes")
_WITHOUT = ("passage__lemmas", "passage__vector", "passage__testimony__text", "passage__testimony__turns")
_SENSES = {"+": "présence", "-": "manque", "±": "mixte"}
"""Words, because a spreadsheet takes « + » and « - » for formulas."""
COLUMNS = (
    *("decision", "quand", "qui", "quoi", "lieu", "temoignage", "passage", "texte", "codes_avant", "confiance_avant"),
    *("codes_apres", "confiance_apres", "sous_codes_apres", "commentaire", "annulee", "double_codage"),
)
Cell = str | int | None


@allowed(Action.HISTORY)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The decisions, the last first."""
    reach = reach_in(request)
    form = HistoryFilters(request.GET, reach=reach)
    rows = _whole(form.among(decisions_of(reach))).order_by("-pk")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    lines = [{"told": one, "url": _address(one, reach)} for one in told(list(page.object_list), book())]
    context = {"form": form, "chosen": form.chosen(), "page": page, "lines": lines, "query": query.urlencode()}
    return render(request, "web/history/history.html", context)


@allowed(Action.HISTORY)
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same, in the order they were taken, as a CSV that is sent while it is read."""
    reach = reach_in(request)
    found = HistoryFilters(request.GET, reach=reach).among(decisions_of(reach))
    trace(request, "Export de l’historique")
    answer = StreamingHttpResponse(
        exchange.csv_lines(COLUMNS, _rows(found, book())), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="historique-{timezone.localdate().isoformat()}.csv"'
    return answer


def _whole(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    return decisions.select_related(*_WITH, "assignment").defer(*_WITHOUT)


def _address(one: Told, reach: Reach) -> str:
    """The page of the passage; of its testimony where it was cut or joined since."""
    passage = one.passage
    if not reach.at(Action.REVIEW, passage.place_id):
        return ""
    if passage.retired:
        return reverse("review_testimony", args=[passage.testimony_id])
    return reverse("review_passage", args=[passage.pk])


def _rows(decisions: QuerySet[Decision], the_book: Book) -> Iterator[tuple[Cell, ...]]:
    """A line a decision, read in batches: a reader that goes on does not hold the base."""
    last = 0
    while batch := list(_whole(decisions.filter(pk__gt=last)).order_by("pk")[:_BATCH]):
        last = batch[-1].pk
        for one in told(batch, the_book):
            yield _row(one, the_book)


def _row(one: Told, the_book: Book) -> tuple[Cell, ...]:
    decision, passage = one.decision, one.passage
    return (
        *(decision.pk, timezone.localtime(decision.made_at).isoformat(sep=" ", timespec="seconds"), one.who, one.did),
        *(passage.place.name, passage.testimony_id, passage.pk, passage.text),
        *(_codes(one.before, the_book), _trust(one.before), _codes(one.after, the_book), _trust(one.after)),
        ", ".join(one.after.get("subcodes", ())) if one.after else None,
        *(decision.comment, "oui" if one.undone else "non"),
        decision.assignment.title if decision.assignment else None,
    )


def _codes(state: State | None, the_book: Book) -> str | None:
    if not state:
        return None
    codes = state.get("codes", {})
    return ", ".join(f"{the_book.label(code)} ({_SENSES[sense]})" for code, sense in codes.items()) or "aucun code"


def _trust(state: State | None) -> str | None:
    return None if not state else "oui" if state.get("trust") else "non"
