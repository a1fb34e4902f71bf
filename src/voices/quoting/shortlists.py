"""Quotes put aside, in an order, for one use. What can no longer be used stays listed, without its words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from voices import consenting, privacy
from voices.domain import Purpose
from voices.errors import VoicesError
from voices.quotes.attributions import Naming
from voices.quotes.cautions import Caution
from voices.quotes.namesakes import first_name_of, namesakes, told
from voices.quoting.wording import Wording, worded
from voices.settings import Settings
from voices.store.models import Passage, Shortlist, ShortlistItem


class Hindrance(StrEnum):
    """Why a quote put aside cannot be used now."""

    CONSENT = "L’accord de cette personne a changé\u202f: ces mots ne peuvent plus être cités."
    CUT_ANEW = "Ce passage a été coupé ou joint à un autre depuis\u202f: choisissez-le de nouveau."
    CHANGED = "Un nom a été remplacé dans ce témoignage depuis\u202f: reprenez la citation."
    CODING = "La lecture de ce passage est remise en question\u202f: attendez qu’elle soit tranchée."


@dataclass(frozen=True, slots=True)
class Kept:
    """A quote put aside: its wording, or what hinders its use."""

    item: ShortlistItem
    wording: Wording | None = None
    hindrance: Hindrance | None = None


def put_aside(shortlist: Shortlist, wording: Wording) -> ShortlistItem:
    """The quote, last of the list; put there twice, it is there once."""
    with transaction.atomic():
        same = shortlist.items.filter(passage=wording.row, digest=wording.digest).first()
        if same:
            same.naming = wording.naming.value
            same.save(update_fields=["naming"])
            return same
        last = shortlist.items.aggregate(last=Max("order"))["last"]
        return ShortlistItem.objects.create(
            shortlist=shortlist,
            passage=wording.row,
            spans=[list(span) for span in wording.spans],
            digest=wording.digest,
            naming=wording.naming.value,
            order=0 if last is None else last + 1,
        )


def move(item: ShortlistItem, steps: int) -> None:
    """Nothing; the quote goes that many places down its list (up, where negative), as far as there are places."""
    with transaction.atomic():
        items = list(item.shortlist.items.select_for_update())
        at = items.index(item)
        items.insert(max(0, min(at + steps, len(items) - 1)), items.pop(at))
        for order, one in enumerate(items):
            one.order = order
        ShortlistItem.objects.bulk_update(items, ["order"])


def kept(shortlist: Shortlist, passages: QuerySet[Passage], *, settings: Settings | None = None) -> tuple[Kept, ...]:
    """The list's quotes in their order, as they may be used by who may quote these passages."""
    items = list(shortlist.items.select_related("passage__testimony__place"))
    usable = set(passages.filter(pk__in=[item.passage_id for item in items]).values_list("pk", flat=True))
    return _told_apart([_one(item, item.passage_id in usable, settings) for item in items])


def _told_apart(found: Sequence[Kept]) -> tuple[Kept, ...]:
    """The same, with a caution where a first name signs a quote, and another quote speaks of somebody called so."""
    texts = [(one.row.testimony.key, one.text) for one in wordings(found)]
    also = namesakes({first_name_of(one.attribution) for one in wordings(found) if one.named}, texts)
    return tuple(replace(one, wording=_cautioned(one.wording, also)) if one.wording else one for one in found)


def _cautioned(wording: Wording, also: Mapping[str, frozenset[str]]) -> Wording:
    name = first_name_of(wording.attribution) if wording.named else ""
    if not also.get(name, frozenset()) - {wording.row.testimony.key}:
        return wording
    clause = told(name, "cette liste")
    return replace(wording, cautions=(Caution(f"{clause[:1].upper()}{clause[1:]}.", grave=True), *wording.cautions))


def wordings(found: Iterable[Kept]) -> tuple[Wording, ...]:
    """Those that can be used."""
    return tuple(one.wording for one in found if one.wording)


def _one(item: ShortlistItem, usable: bool, settings: Settings | None) -> Kept:
    if not usable:
        return Kept(item, hindrance=_lost(item.passage))
    if item.passage.standing == Passage.Standing.DIFFERING:
        return Kept(item, hindrance=Hindrance.CODING)
    try:
        spans = tuple((start, end) for start, end in item.spans)
        wording = worded(item.passage, spans, Naming(item.naming), settings=settings)
    except VoicesError:
        return Kept(item, hindrance=Hindrance.CHANGED)
    return Kept(item, wording) if wording.digest == item.digest else Kept(item, hindrance=Hindrance.CHANGED)


def _lost(passage: Passage) -> Hindrance:
    """Why a passage may no longer be quoted; its consent first, for a withdrawal also takes its passages away."""
    today = timezone.localdate()
    quoted = consenting.released(passage.testimony, Purpose.ANONYMOUS_QUOTES, today=today, outlets=privacy.SHOWN)
    return Hindrance.CUT_ANEW if passage.retired and quoted else Hindrance.CONSENT
