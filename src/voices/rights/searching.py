"""Finding the testimonies of a person: by number, place or deposit, or by a name of the sealed tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q, QuerySet

from voices.ingest.characters import folded
from voices.receiving.sealing import names_opener
from voices.settings import Settings
from voices.store.models import SourceFile, Testimony

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
    rows, name = _rows(sought), folded(sought.name)
    if len(name) >= _SHORTEST:
        rows = Testimony.objects.filter(pk__in=list(islice(_named(rows, name, settings), MOST)))
    told = rows.select_related("place", "file", "deposit").order_by("-pk")
    return list(told.defer("text", "turns", "names")[:MOST])


def _rows(sought: Sought) -> QuerySet[Testimony]:
    asked = Q()
    for field, value in (("pk", sought.number), ("place", sought.place), ("deposit", sought.deposit)):
        asked &= Q(**{field: value}) if value else Q()
    return Testimony.objects.filter(asked)


def _named(rows: QuerySet[Testimony], name: str, settings: Settings) -> Iterator[int]:
    """Those that were called so, the last first: by a name that was replaced in them, or by the title of their file."""
    opened = names_opener(settings)
    known: dict[str, bool] = {}  # the same first names come back again and again
    told = rows.order_by("-pk").values_list("pk", "file__name", "file__typed", "names")
    for pk, file, typed, names in told.iterator(1000):
        title = SourceFile(name=file or "", typed=bool(typed)).title
        said = (title, *(one.original for one in (opened(names) if names else ())))
        for one in said:
            if one not in known:
                known[one] = name in folded(one)
        if any(known[one] for one in said):
            yield pk
