"""Finding a quote, and reading what is around it before using it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from voices import quoting
from voices.domain import Role
from voices.errors import VoicesError
from voices.quotes.attributions import attribution
from voices.quotes.cutting import Span
from voices.quoting.finding import Finding
from voices.quoting.wording import spans_read
from voices.store.testimonies import testimony_of
from voices.web.access import Action, allowed, reach_in
from voices.web.settings import VOICES
from voices.web.views.quotes_asked import current_list, passage
from voices.web.views.quotes_forms import FinderForm
from voices.web.views.quotes_shown import entries, marked, surroundings

PAGE = 12


@allowed(Action.QUOTES)
@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """The form, and the quotes that it finds: of every place, presence and lack, where nothing is asked."""
    reach = reach_in(request)
    form = FinderForm(request.GET, reach=reach)
    found = _found(request, form)
    current = current_list(request)
    page = Paginator(found.picks if found else (), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "found": found,
        "chosen": form.chosen(),
        "page": page,
        "quotes": entries(page.object_list, current),
        "query": _without_page(request.GET),
        "here": request.get_full_path(),
        "current": current,
        "recalls": len(quoting.recalls(reach.publications())),
    }
    return render(request, "web/quotes/finder.html", context)


@allowed(Action.QUOTES)
@require_safe
def around(request: HttpRequest, passage_id: int) -> HttpResponse:
    """What comes just before and after a passage, its question, the quote marked in it: a page, or a piece of one."""
    row = passage(request, passage_id)
    piece = bool(request.headers.get("HX-Request"))
    context = {**surroundings(row), "row": row, "marked": marked(row.text, row.start, _spans(request)), "piece": piece}
    return render(request, "web/quotes/around_piece.html" if piece else "web/quotes/around.html", context)


@allowed(Action.QUOTES)
@require_safe
def testimony(request: HttpRequest, passage_id: int) -> HttpResponse:
    """The whole testimony, names replaced, the passage marked in it."""
    row = passage(request, passage_id)
    told = testimony_of(row.testimony)
    turns = [
        {
            "asks": turn.role is Role.INTERVIEWER,
            "speaker": turn.speaker,
            "pieces": marked(told.text[turn.start : turn.end], turn.start, [(row.start, row.end)]),
        }
        for turn in told.turns
        if turn.start < turn.end
    ]
    return render(request, "web/quotes/testimony.html", {"row": row, "turns": turns, "attribution": attribution(told)})


def _found(request: HttpRequest, form: FinderForm) -> Finding | None:
    try:
        return quoting.find(reach_in(request).passages(Action.QUOTES, form.outlets), form.wish(), settings=VOICES)
    except VoicesError as error:
        messages.error(request, f"{error.problem} {error.remedy}")
        return None


def _spans(request: HttpRequest) -> tuple[Span, ...]:
    """The spans to mark; none where the address tells something else."""
    try:
        return spans_read(request.GET.get("coupe", ""))
    except VoicesError:
        return ()


def _without_page(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("page", None)
    return kept.urlencode()
