"""The order in which passages are reviewed, and what comes after one of them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from voices.store.models import Passage, Theme, ThemeRun

CODES = ("accueil", "appartenance", "action")


class Order(StrEnum):
    """What comes first."""

    USEFUL = "utile"
    DOUBT = "doute"
    PLACE = "lieu"
    CODE = "code"
    THEME = "theme"
    CHANCE = "hasard"


_KEYS: dict[Order, tuple[str, ...]] = {
    Order.USEFUL: ("-useful", "id"),
    Order.DOUBT: ("-doubt", "id"),
    Order.PLACE: ("place_id", "testimony_id", "start", "id"),
    Order.CODE: ("first_code", "-useful", "id"),
    Order.THEME: ("theme_of", "rank_in", "id"),
    Order.CHANCE: ("chance", "id"),
}
"""Each order as fields that no two passages share all of: the place of a passage is their values."""


def ordered(passages: QuerySet[Passage], order: Order) -> QuerySet[Passage]:
    """The passages in that order; by theme, those alone that have one."""
    return _keyed(passages, order).order_by(*_KEYS[order])


def after(passages: QuerySet[Passage], order: Order, passage: Passage) -> QuerySet[Passage]:
    """Those that come after that passage, which need not be one of them; all, where it has no place in the order."""
    names = [key.lstrip("-") for key in _KEYS[order]]
    here = _keyed(Passage.objects.filter(pk=passage.pk), order).values_list(*names).first()
    rows = ordered(passages, order)
    return rows.filter(_beyond(_KEYS[order], here)) if here else rows


def _keyed(passages: QuerySet[Passage], order: Order) -> QuerySet[Passage]:
    if order is Order.CODE:
        first = [When(~Q(**{code: ""}), then=Value(rank)) for rank, code in enumerate(CODES)]
        return passages.annotate(first_code=Case(*first, default=Value(len(CODES))))
    if order is Order.THEME:
        last = ThemeRun.objects.order_by("-id").values("id")[:1]
        home = Coalesce("themes__theme__merged_into", "themes__theme")  # where people put it, or itself
        found = passages.filter(themes__theme__run=last).annotate(theme_of=home, rank_in=F("themes__rank"))
        return found.exclude(theme_of__in=Theme.objects.filter(hidden=True).values("pk"))
    return passages


def _beyond(keys: Sequence[str], here: Sequence[Any]) -> Q:
    """Strictly after that place. The first field is bounded too, so that an index leads there at once."""
    found, same = Q(), Q()
    for key, value in zip(keys, here, strict=True):
        name, way = key.lstrip("-"), "lt" if key.startswith("-") else "gt"
        found |= same & Q(**{f"{name}__{way}": value})
        same &= Q(**{name: value})
    first = keys[0].lstrip("-")
    return found & Q(**{f"{first}__{'lte' if keys[0].startswith('-') else 'gte'}": here[0]})
