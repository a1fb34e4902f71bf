"""The testimonies that tables do not count, since they have no passage: « RAS », an empty page."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet

from voices.store.columns.asked import chosen, chosen_testimonies, has
from voices.store.models import Passage, Testimony
from voices.web.views.search_filters import where

_OF_TESTIMONIES = {"lieu", "du", "au", "canal", "role", "accord"}


def silent(testimonies: QuerySet[Testimony], said: Mapping[str, Any]) -> int:
    """How many of the testimonies that these filters let through have no passage.

    0 where a filter asks something of passages: what has none cannot answer it.
    """
    asked = {name: value for name, value in said.items() if value and name != "par"}
    if not asked.keys() <= _OF_TESTIMONIES:
        return 0
    some = chosen_testimonies(testimonies.filter(_of_testimonies(where(asked))))
    heard = chosen(Passage.objects.filter(retired=False)).number("testimony_id")
    return int(np.count_nonzero(~has(some.ids, heard)))


def _of_testimonies(asked: Q) -> Q:
    """What is asked of passages' testimonies, asked of the testimonies themselves."""
    found = Q(_connector=asked.connector, _negated=asked.negated)
    for one in asked.children:
        if isinstance(one, Q):
            found.children.append(_of_testimonies(one))
        else:
            name, value = one  # type: ignore[misc]
            found.children.append((name.removeprefix("testimony__"), value))
    return found
