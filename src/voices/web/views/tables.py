"""Tables and charts: by place, by time, by channel, by voice; every figure opens its passages."""

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from voices import exchange
from voices.defining import book
from voices.web.access import Action, Reach, allowed, reach_in
from voices.web.traces import trace
from voices.web.views.search_filters import PassageFilters
from voices.web.views.tables_counts import By
from voices.web.views.tables_silent import silent
from voices.web.views.tables_told import COLUMNS, Tables, rows, tables

WAYS = (
    (By.PLACE, "Par lieu"),
    (By.YEAR, "Par année"),
    (By.QUARTER, "Par trimestre"),
    (By.MONTH, "Par mois"),
    (By.CHANNEL, "Par moyen"),
    (By.ROLE, "Par rôle"),
    (By.VOICE, "Par voix"),
)
_TOLD = {"csv": "tableau CSV", "xlsx": "tableau Excel"}
_KEPT = ("lieu", "du", "au", "canal", "role", "theme", "accord", "avis")
_KIND = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class TableFilters(PassageFilters):
    """Which passages are counted: the filters of search, without those that figures set."""

    par = forms.ChoiceField(required=False, choices=[(by.value, label) for by, label in WAYS], widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, reach: Reach) -> None:
        super().__init__(data, reach=reach, action=Action.TABLES)
        for name in [name for name in self.fields if name not in (*_KEPT, "par")]:
            del self.fields[name]

    @property
    def by(self) -> By:
        """What the lines are: places, unless asked."""
        asked = self.data.get("par", "")
        return By(asked) if asked in set(By) else By.PLACE

    def kept(self) -> QueryDict:
        """The filters in force, as addresses repeat them."""
        query = QueryDict(mutable=True)
        query.update({name: self.data[name] for name in _KEPT if self.data.get(name)})
        return query


@allowed(Action.TABLES)
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """The tables."""
    form = TableFilters(request.GET, reach=reach_in(request))
    kept = form.kept()
    context = {
        "form": form,
        "chosen": form.chosen(),
        "ways": [
            {"label": label, "url": f"?{_with(kept, by)}", "current": by is form.by, "value": by.value}
            for by, label in WAYS
        ],
        "by": form.by.value,
        "query": _with(kept, form.by),
        "tables": _tables(request, form) if form.is_valid() else None,
        "silent": _silent(request, form) if form.is_valid() else 0,
        "three": [one.id for one in book().codebook.codes],
    }
    return render(request, "web/tables/tables.html", context, status=200 if form.is_valid() else 422)


@allowed(Action.TABLES)
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Every figure of the tables, one a row."""
    asked = TableFilters(request.GET, reach=reach_in(request))
    found = rows(_tables(request, asked))
    lines = exchange.csv_lines(COLUMNS, found)
    content = b"".join(lines) if form == "csv" else exchange.table_xlsx("tableaux", COLUMNS, found)
    trace(request, "Tableaux exportés", f"{dict(WAYS)[asked.by].lower()}, {_TOLD[form]}")
    headers = {"Content-Disposition": f'attachment; filename="tableaux-{asked.by.value}.{form}"'}
    return HttpResponse(content, content_type=_KIND[form], headers=headers)


def _tables(request: HttpRequest, form: TableFilters) -> Tables:
    passages = form.among(reach_in(request).passages(Action.TABLES))
    return tables(passages, form.by, book(), form.kept())


def _silent(request: HttpRequest, form: TableFilters) -> int:
    return silent(reach_in(request).testimonies(Action.TABLES), form.cleaned_data)


def _with(kept: QueryDict, by: By) -> str:
    query = kept.copy()
    query["par"] = by.value
    return query.urlencode()
