"""Who has which passage before them, for two minutes: so that a queue gives two people two passages.

Kept in memory alone: where it is lost, or not shared, two people may meet on a passage, and both decisions stay.
"""

from django.core.cache import cache
from django.db.models import QuerySet

from voices.store.models import Passage, User

_SECONDS = 120
_TRIED = 20


def look(passage: Passage, user: User) -> None:
    """Nothing; notes that the passage is before that person, or about to be."""
    cache.set(_key(passage.pk), user.pk, _SECONDS)


def free(passages: QuerySet[Passage], user: User) -> Passage | None:
    """The first of the passages that nobody else has before them; the very first where all have."""
    ids = list(passages.values_list("pk", flat=True)[:_TRIED])
    seen = cache.get_many([_key(pk) for pk in ids])
    chosen = next((pk for pk in ids if seen.get(_key(pk), user.pk) == user.pk), ids[0] if ids else None)
    return Passage.objects.get(pk=chosen) if chosen is not None else None


def _key(pk: int) -> str:
    return f"review/{pk}"
