"""A line of the history, « qui, quand, quoi, avant, après », and what the one who reads it may open."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from voices import privacy
from voices.domain import Consent, Purpose
from voices.store.models import MachinePass, Passage, Testimony
from voices.web.access import Action, Reach
from voices.web.views.history_told import Told
from voices.web.views.review.book import Book


@dataclass(frozen=True, slots=True)
class Sight:
    """Who reads the history, and in which words: what they may open, and the code book."""

    reach: Reach
    book: Book
    blind: frozenset[int] = frozenset()
    """The passages that they are to code blind."""

    def reads(self, testimony: Testimony) -> bool:
        """Whether the words of that testimony may be shown."""
        today = timezone.localdate()
        allowed = privacy.allows(Consent(testimony.consent), testimony.terms, Purpose.ANALYSIS, today=today)
        return allowed and self.reach.at(Action.READ, testimony.place_id)


@dataclass(frozen=True, slots=True)
class Line:
    """An act in words. `thing` is what it was done to; `url` opens it, empty where the reader may not. `told` is there
    for what was decided of a passage: its codes are drawn.
    """

    kind: str
    number: int
    when: datetime
    who: str
    did: str
    thing: str = ""
    place: str = ""
    url: str = ""
    before: str = ""
    after: str = ""
    note: str = ""
    testimony: int | None = None
    passage: int | None = None
    undone: bool = False
    told: Told | None = None


def passage_url(passage: Passage, sight: Sight) -> str:
    """The page of the passage; of its testimony where it was cut or joined since, or for who does not review."""
    if not sight.reads(passage.testimony):
        return ""
    if not sight.reach.at(Action.REVIEW, passage.place_id):
        return reverse("testimony", args=[passage.testimony_id])
    if passage.retired:
        return reverse("review_testimony", args=[passage.testimony_id])
    return reverse("review_passage", args=[passage.pk])


def called(one: MachinePass) -> str:
    """What people call it."""
    return f"lecture n° {one.pk} ({one.coder.partition('@')[0]})"


def pass_url(one: MachinePass, sight: Sight) -> str:
    """Its page, for who reviews."""
    return reverse("review_pass", args=[one.pk]) if sight.reach.may(Action.REVIEW) else ""
