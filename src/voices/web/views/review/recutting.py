"""Cutting a passage, and joining it with the next."""

from itertools import pairwise
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from voices import review, reviewing
from voices.errors import VoicesError
from voices.store.models import Decision, Passage
from voices.web.access import Action, allowed
from voices.web.views.review import answers
from voices.web.views.review.asked import Asked, reviewable, still_given


@allowed(Action.REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Where to cut: between two sentences, or wherever one goes to the line; then the parts, one after the other."""
    still_given(request, pk)
    asked = Asked(request)
    passage = get_object_or_404(reviewable(request).select_related("testimony", "place"), pk=pk)
    if request.method != "POST":
        return render(
            request,
            "web/review/split.html",
            {
                "passage": passage,
                "sentences": _sentences(passage),
                "token": uuid4().hex,
                "back": asked.address(passage),
                "query": asked.query,
            },
        )
    try:
        made = reviewing.split(passage, asked.user, _cuts(request, passage), token=answers.token(request))
    except VoicesError as error:
        answers.refused(request, error, asked.address(passage))
        return redirect(asked.at(request.path))
    return answers.done(request, _first(asked, made), "Passage coupé. Ses parties sont à relire.")


@allowed(Action.REVIEW)
@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """One passage of two."""
    still_given(request, pk)
    asked = Asked(request)
    passage = get_object_or_404(reviewable(request), pk=pk)
    try:
        made = reviewing.join(passage, asked.user, token=answers.token(request))
    except VoicesError as error:
        return answers.refused(request, error, asked.address(passage))
    return answers.done(request, _first(asked, made), "Les deux passages n’en font plus qu’un, à relire.")


def _sentences(passage: Passage) -> list[dict[str, object]]:
    """The sentences with what is between them, and where each begins: all but the first may be cut before."""
    text = passage.testimony.text
    bounds = [start for start, _ in passage.sentences] + [passage.end]
    return [{"at": start, "text": text[start:end].strip()} for start, end in pairwise(bounds)]


def _cuts(request: HttpRequest, passage: Passage) -> list[int]:
    """Where to cut, in the testimony. Raises VoicesError where the form does not say."""
    at = request.POST.get("at", "")
    if at.isdigit():
        return [int(at)]
    written = request.POST.get("texte", "")
    return [passage.start + cut for cut in review.cuts_of_lines(passage.text, written)]


def _first(asked: Asked, made: Decision) -> str:
    return asked.address(Passage.objects.get(pk=made.detail["into"][0]))
