"""The queue of passages to review: which, in what order, and what comes after one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from voices.store.models import Passage, PassageTheme, ThemeRun

CODES = ("accueil", "appartenance", "action")
NO_CODE = "aucun"


class Order(StrEnum):
    """What comes first."""

    USEFUL = "utile"
    DOUBT = "doute"
    PLACE = "lieu"
    CODE = "code"
    THEME = "theme"
    CHANCE = "hasard"


@dataclass(frozen=True, slots=True)
class Queue:
    """An order, and filters: None or empty where anything goes.

    `code` is one of the 3A, a code of the evaluators' own, or NO_CODE; `sense` needs a code of the 3A, or any of them
    where `code` is empty. `since` and `until` are ISO dates that may be cut short, both included.
    """

    order: Order = Order.USEFUL
    standing: str = Passage.Standing.MACHINE.value
    place: int | None = None
    code: str = ""
    sense: str = ""
    theme: int | None = None
    since: str = ""
    until: str = ""
    testimony: int | None = None


def waiting(passages: QuerySet[Passage], queue: Queue) -> QuerySet[Passage]:
    """Those of the passages that are in the queue, in its order."""
    return _keyed(passages.filter(_where(queue)), queue.order).order_by(*_KEYS[queue.order])


def after(passages: QuerySet[Passage], queue: Queue, passage: Passage) -> QuerySet[Passage]:
    """What of the queue comes after that passage, which may have left it; all of it, where it has no place there."""
    names = [key.lstrip("-") for key in _KEYS[queue.order]]
    here = _keyed(Passage.objects.filter(pk=passage.pk), queue.order).values_list(*names).first()
    rows = waiting(passages, queue)
    return rows.filter(_beyond(_KEYS[queue.order], here)) if here else rows


_KEYS: dict[Order, tuple[str, ...]] = {
    Order.USEFUL: ("-useful", "id"),
    Order.DOUBT: ("-doubt", "id"),
    Order.PLACE: ("place_id", "testimony_id", "start", "id"),
    Order.CODE: ("first_code", "-useful", "id"),
    Order.THEME: ("theme_of", "rank_in", "id"),
    Order.CHANCE: ("chance", "id"),
}
"""Each order as fields that no two passages share all of: the place of a passage is their values."""


def _keyed(passages: QuerySet[Passage], order: Order) -> QuerySet[Passage]:
    """The passages with the fields of the order; by theme, those alone that have one."""
    if order is Order.CODE:
        first = [When(~Q(**{code: ""}), then=Value(rank)) for rank, code in enumerate(CODES)]
        return passages.annotate(first_code=Case(*first, default=Value(len(CODES))))
    if order is Order.THEME:
        found = passages.filter(themes__theme__run=_last_run(), themes__theme__hidden=False)
        return found.annotate(theme_of=F("themes__theme_id"), rank_in=F("themes__rank"))
    return passages


def _where(queue: Queue) -> Q:
    found = Q()
    if queue.standing:
        found &= Q(standing=queue.standing)
    if queue.place is not None:
        found &= Q(place=queue.place)
    if queue.testimony is not None:
        found &= Q(testimony=queue.testimony)
    if queue.theme is not None:
        theme = Q(theme=queue.theme) | Q(theme__merged_into=queue.theme)
        found &= Q(Exists(PassageTheme.objects.filter(theme, passage=OuterRef("pk"))))
    if queue.since:
        found &= Q(testimony__date__gte=queue.since)
    if queue.until:
        # « 2024-03 » holds the whole month: ~ comes after every digit and dash.
        found &= Q(testimony__date__lte=f"{queue.until}~") & ~Q(testimony__date="")
    return found & _coded(queue.code, queue.sense)


def _coded(code: str, sense: str) -> Q:
    if code == NO_CODE:
        return Q(accueil="", appartenance="", action="", own={})
    if code and code not in CODES:
        return Q(own__has_key=code) & (Q(**{f"own__{code}": sense}) if sense else Q())
    codes = [code] if code else CODES
    if sense:
        return reduce(or_, (Q(**{one: sense}) for one in codes))
    return ~Q(**{code: ""}) if code else Q()


def _beyond(keys: Sequence[str], here: Sequence[Any]) -> Q:
    """Strictly after that place. The first field is bounded too, so that an index leads there at once."""
    found, same = Q(), Q()
    for key, value in zip(keys, here, strict=True):
        name, way = key.lstrip("-"), "lt" if key.startswith("-") else "gt"
        found |= same & Q(**{f"{name}__{way}": value})
        same &= Q(**{name: value})
    first = keys[0].lstrip("-")
    return found & Q(**{f"{first}__{'lte' if keys[0].startswith('-') else 'gte'}": here[0]})


def _last_run() -> QuerySet[ThemeRun, int]:
    return ThemeRun.objects.order_by("-id").values("id")[:1]  # type: ignore[return-value]
