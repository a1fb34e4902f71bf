"""Preparing one quote: which of its words, under which attribution; copied as text."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from voices import quoting
from voices.errors import VoicesError
from voices.quotes.attributions import Naming
from voices.quotes.style import n_words
from voices.quoting.publishing import TEXT
from voices.quoting.wording import Wording, spans_told, words_of
from voices.web.access import Action, allowed, person_in, reach_in
from voices.web.settings import VOICES
from voices.web.traces import trace
from voices.web.views.quotes_asked import (
    current_list,
    cut_address,
    passage,
    refused,
    remember_where,
    told,
    where,
    wording,
)
from voices.web.views.quotes_forms import WhereForm
from voices.web.views.quotes_shown import chips, surroundings

NAMINGS = {
    Naming.FIRST_NAME: "Avec le prénom",
    Naming.PLACE: "Avec le lieu",
    Naming.KIND: "Sans le lieu",
}


@allowed(Action.QUOTES)
@require_safe
def cut(request: HttpRequest, passage_id: int) -> HttpResponse:
    """The passage in its place, each word of which can be left out, and the quote that it makes."""
    row = passage(request, passage_id)
    piece = bool(request.headers.get("HX-Request"))
    try:
        made, problem = wording(row, request.GET), None
    except VoicesError as error:
        made, problem = quoting.worded(row, settings=VOICES), error
    context = {"row": row, "problem": problem, **_result(request, made)}
    if piece:
        return render(request, "web/quotes/result.html", context)
    context |= {**surroundings(row), "chips": chips(row, made.doubtful), "sentences": _sentences(made)}
    return render(request, "web/quotes/cut.html", context, status=422 if problem else 200)


@allowed(Action.QUOTES)
@require_POST
def copy(request: HttpRequest, passage_id: int) -> HttpResponseBase:
    """The quote as text, to be copied; that it went out is kept."""
    row = passage(request, passage_id)
    try:
        made = wording(row, request.POST)
        form = WhereForm(request.POST, outlets=made.outlets)
        if not form.is_valid():
            return _again(request, made, form)
        quoting.publish(made, TEXT, form.cleaned_data["ou"], person_in(request), outlet=form.outlet)
    except VoicesError as error:
        return refused(request, error, cut_address(row.pk, (), ""))
    remember_where(request, form)
    trace(request, "Citation copiée", form.cleaned_data["ou"])
    context = {"row": row, **_result(request, made), "copied": f"«\u202f{made.text}\u202f»\n{made.attribution}"}
    if request.headers.get("HX-Request"):
        return render(request, "web/quotes/result.html", context)
    context |= {**surroundings(row), "chips": chips(row, made.doubtful), "sentences": _sentences(made)}
    return render(request, "web/quotes/cut.html", context)


def _sentences(made: Wording) -> list[dict[str, Any]]:
    """The passage's sentences as boxes to tick: in one that is set aside every word is ticked, so that taking the
    sentence back takes all of it."""
    return [{"words": words, "aside": not any(word.kept for word in words)} for words in words_of(made)]


def _again(request: HttpRequest, made: Wording, form: WhereForm) -> HttpResponse:
    context: dict[str, Any] = {"row": made.row, **_result(request, made), "where_form": form}
    if request.headers.get("HX-Request"):
        return render(request, "web/quotes/result.html", context)
    context |= {**surroundings(made.row), "chips": chips(made.row, made.doubtful), "sentences": _sentences(made)}
    return render(request, "web/quotes/cut.html", context, status=422)


def _result(request: HttpRequest, made: Wording) -> dict[str, Any]:
    return {
        "made": made,
        "count": n_words(made.text),
        "spans": spans_told(made.spans),
        "told": told(made.spans, made.naming),
        "namings": [
            {"value": naming.value, "label": NAMINGS[naming], "text": text, "chosen": naming is made.naming}
            for naming, text in made.namings.items()
        ],
        "where_form": WhereForm(initial=where(request), outlets=made.outlets),
        "lists": reach_in(request).shortlists().order_by("-pk"),
        "current": current_list(request),
    }
