"""Quotes and passages as pages show them."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise
from typing import Any

from django.utils import timezone

from voices import consenting
from voices.domain import Purpose
from voices.privacy import SHOWN
from voices.quotes.attributions import attribution
from voices.quotes.cutting import Span
from voices.quoting.finding import Pick
from voices.quoting.wording import LABELS, said, spans_told
from voices.store.models import Passage, Publication, Shortlist, Testimony
from voices.store.testimonies import testimony_of


def chips(row: Passage, doubtful: Collection[str] = ()) -> list[dict[str, Any]]:
    """The passage's codes, as pages show them; `doubtful` are those whose sense is to be checked."""
    return [
        {"code": code, "label": label, "sense": getattr(row, code), "doubtful": code in doubtful}
        for code, label in LABELS.items()
        if getattr(row, code)
    ]


def surroundings(row: Passage) -> dict[str, Any]:
    """The passages just before and after, in the same testimony."""
    beside = Passage.objects.filter(testimony=row.testimony_id, retired=False)
    return {
        "before": beside.filter(end__lte=row.start).order_by("-start").first(),
        "after": beside.filter(start__gte=row.end).order_by("start").first(),
        "attribution": attribution(testimony_of(row.testimony)),
    }


def marked(text: str, start: int, spans: Iterable[Span]) -> list[dict[str, Any]]:
    """The text in pieces, each told whether a span holds it. `start` is where the text stands in its testimony."""
    edges = sorted({0, len(text), *(min(max(edge - start, 0), len(text)) for span in spans for edge in span)})
    return [
        {"text": text[a:b], "marked": any(one <= start + a and start + b <= other for one, other in spans)}
        for a, b in pairwise(edges)
    ]


def may_name(testimony: Testimony) -> bool:
    """Whether what holds of its consent allows a first name, by some channel."""
    today = timezone.localdate()
    return consenting.released(testimony, Purpose.NAMED_QUOTES, today=today, outlets=SHOWN) is not None


def entries(picks: Iterable[Pick], current: Shortlist | None) -> list[dict[str, Any]]:
    """Quotes found, as the page shows them."""
    picks = list(picks)
    ids = [pick.row.pk for pick in picks]
    published = Counter(Publication.objects.filter(passage__in=ids).values_list("passage", flat=True))
    put = set(current.items.filter(passage__in=ids).values_list("passage", flat=True)) if current else set()
    return [
        {
            "row": pick.row,
            "text": said(pick.row, pick.spans),
            "attribution": attribution(testimony_of(pick.row.testimony)),
            "chips": chips(pick.row, pick.doubtful),
            "spans": spans_told(pick.spans),
            "near": pick.near,
            "reread": pick.row.standing != Passage.Standing.MACHINE,
            "unchecked": pick.row.testimony.names_checked_at is None,
            "named": may_name(pick.row.testimony),
            "published": published[pick.row.pk],
            "put": pick.row.pk in put,
            "same": [{"row": one, "attribution": attribution(testimony_of(one.testimony))} for one in pick.same],
        }
        for pick in picks
    ]
