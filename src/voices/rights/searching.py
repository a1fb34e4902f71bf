"""Finding the testimonies of a person: by number, place or deposit, or by a name of the sealed tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from voices.ingest.characters import folded
from voices.receiving.sealing import open_names
from voices.settings import Settings
from voices.store.models import Testimony

MOST = 200
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of the person; empty, nothing. `name` is looked for whole or in part, whatever its accents."""

    number: int | None = None
    place: int | None = None
    deposit: int | None = None
    name: str = ""

    @property
    def anything(self) -> bool:
        """Whether something is asked."""
        return bool(self.number or self.place or self.deposit or len(folded(self.name)) >= _SHORTEST)


def find(sought: Sought, settings: Settings) -> list[Testimony]:
    """The testimonies that answer, the last first, withdrawn ones too; none where nothing is asked.

    Raises PrivacyError where the key does not open the names.
    """
    if not sought.anything:
        return []
    rows = _rows(sought).select_related("place", "file", "deposit").order_by("-pk")
    if len(folded(sought.name)) < _SHORTEST:
        return list(rows.defer("text", "turns", "names")[:MOST])
    found: list[Testimony] = []
    for row in rows.defer("text", "turns").iterator(200):
        if _named(row, folded(sought.name), settings):
            found.append(row)
        if len(found) == MOST:
            break
    return found


def _rows(sought: Sought) -> QuerySet[Testimony]:
    asked = Q()
    for field, value in (("pk", sought.number), ("place", sought.place), ("deposit", sought.deposit)):
        asked &= Q(**{field: value}) if value else Q()
    return Testimony.objects.filter(asked)


def _named(row: Testimony, name: str, settings: Settings) -> bool:
    return any(name in told for told in _names(row, settings))


def _names(row: Testimony, settings: Settings) -> Iterator[str]:
    """What it was called: the names that were replaced in it, and the title of its file."""
    if row.file:
        yield folded(row.file.title)
    if row.names:
        yield from (folded(one.original) for one in open_names(row.names, settings))
