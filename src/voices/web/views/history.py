"""The history: every act of people and machines within reach, page by page, and as a table to take away."""

from itertools import islice

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from voices import exchange
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.traces import trace
from voices.web.views.history_filters import TOLD, HistoryFilters
from voices.web.views.history_lines import Line, Sight
from voices.web.views.history_merged import Mark, lines
from voices.web.views.review.book import book

_PAGE = 50
_BATCH = 500
COLUMNS = (
    *("nature", "numero", "quand", "qui", "quoi", "sujet", "lieu", "temoignage", "passage", "avant", "apres"),
    *("precision", "annulee"),
)
_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | None


@allowed(Action.HISTORY)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The acts, the last first; from `?apres=` on."""
    reach = reach_in(request)
    form = HistoryFilters(request.GET, reach=reach)
    after = Mark.of(request.GET.get("apres", ""))
    found = list(islice(lines(form.asked(), _sight(reach), after=after, size=_PAGE + 1), _PAGE + 1))
    query = request.GET.copy()
    query.pop("apres", None)
    context = {
        "form": form,
        "chosen": form.chosen(),
        "lines": [line for _, line in found[:_PAGE]],
        "query": query.urlencode(),
        "following": str(found[_PAGE - 1][0]) if len(found) > _PAGE else "",
        "further": after is not None,
    }
    return render(request, "web/history/history.html", context)


@allowed(Action.HISTORY)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The same acts, in the same order: a CSV that is sent while it is read, or a spreadsheet."""
    reach = reach_in(request)
    asked = HistoryFilters(request.GET, reach=reach).asked()
    rows = (_row(line) for _, line in lines(asked, _sight(reach), size=_BATCH))
    trace(request, "Export de l’historique", form)
    name = f"historique-{timezone.localdate().isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "xlsx":
        return HttpResponse(exchange.table_xlsx("historique", COLUMNS, rows), content_type=_XLSX, headers=headers)
    return StreamingHttpResponse(exchange.csv_lines(COLUMNS, rows), content_type=_CSV, headers=headers)


def _sight(reach: Reach) -> Sight:
    return Sight(reach, book(), frozenset(reach.blind().values_list("passage", flat=True)))


def _row(line: Line) -> tuple[Cell, ...]:
    return (
        *(TOLD[line.kind], line.number, timezone.localtime(line.when).isoformat(sep=" ", timespec="seconds")),
        *(line.who, line.did, line.thing, line.place or None, line.testimony, line.passage),
        *(line.before or None, line.after or None, line.note or None, "oui" if line.undone else "non"),
    )
