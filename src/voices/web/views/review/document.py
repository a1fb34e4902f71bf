"""The document view: a testimony from end to end, its passages with their codes, each a click away from the desk."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from voices.domain import Role
from voices.report.gathered import channel_words
from voices.report.words import date_words
from voices.reviewing.holding import codes_of
from voices.store.models import Passage, Testimony
from voices.store.queue import Order
from voices.web.access import Action, allowed, reach_in
from voices.web.views.review.asked import ALL, reviewable, still_read
from voices.web.views.review.book import Book, book
from voices.web.views.review.reasons import Chip, chips
from voices.web.views.testimonies_told import title_of


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a turn: a passage, or what is in none. Without `url`, the reader is to code it blind first."""

    text: str
    passage: Passage | None = None
    url: str = ""
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """What one person says in one go."""

    speaker: str
    witness: bool
    parts: list[Part]


@allowed(Action.REVIEW)
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The testimony."""
    reach = reach_in(request)
    still_read(request, Action.REVIEW, pk)
    testimony = get_object_or_404(
        reach.testimonies(Action.REVIEW).select_related("place", "file").defer("file__content", "file__preview"), pk=pk
    )
    passages = list(testimony.passages.filter(retired=False).order_by("start").defer("lemmas", "vector"))
    mine = set(reviewable(request).filter(testimony=testimony).values_list("pk", flat=True))
    open_ = [one for one in passages if one.pk in mine]
    to_review = [one for one in open_ if one.standing == Passage.Standing.MACHINE]
    where = (testimony.place.name, channel_words(testimony.channel), testimony.role)
    usual = f"Un témoignage, {date_words(testimony.date)}" if testimony.date else "Un témoignage"
    context = {
        "title": title_of(testimony, reach) or usual,
        "where": [one for one in where if one],
        "speeches": _speeches(testimony, passages, mine, book()),
        "count": len(passages),
        "to_review": len(to_review),
        "first": _address((to_review or open_)[0]) if open_ else "",
    }
    return render(request, "web/review/document.html", context)


def _speeches(testimony: Testimony, passages: list[Passage], mine: set[int], the_book: Book) -> list[Speech]:
    """The turns in order, each with its passages."""
    return [
        Speech(
            speaker or "",
            role == Role.WITNESS.value,
            list(_parts(testimony.text, start, end, [one for one in passages if one.turn == index], mine, the_book)),
        )
        for index, (start, end, role, speaker, _empty, _seconds) in enumerate(testimony.turns)
    ]


def _parts(text: str, start: int, end: int, passages: list[Passage], mine: set[int], the_book: Book) -> Iterator[Part]:
    here = start
    for one in passages:
        if text[here : one.start].strip():
            yield Part(text[here : one.start])
        shown = one.pk in mine
        yield Part(one.text, one, _address(one) if shown else "", chips(the_book, codes_of(one)) if shown else ())
        here = one.end
    if text[here:end].strip():
        yield Part(text[here:end])


def _address(passage: Passage) -> str:
    """The desk, with the passages of that testimony as its queue."""
    query = QueryDict(mutable=True)
    query.update({"temoignage": str(passage.testimony_id), "ordre": Order.PLACE.value, "avis": ALL})
    return f"{reverse('review_passage', args=[passage.pk])}?{query.urlencode()}"
