"""The order of names, as people look for them."""

from collections.abc import Iterable
from typing import TypeVar

from voices.store.search.words import fold

Named = TypeVar("Named")


def by_name(several: Iterable[Named]) -> list[Named]:
    """The same, in the order of what they are called, where an accent or a capital changes nothing: Ève, Yann."""
    return sorted(several, key=lambda one: alphabetical(str(one)))


def alphabetical(name: str) -> tuple[str, str]:
    """What a name is sorted by: its letters alone; where these are the same, as written."""
    return fold(name), name
