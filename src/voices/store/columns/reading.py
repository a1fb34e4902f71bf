"""Rows of the base to columns: all of them, or those that were written since."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from voices.store.columns.table import Table, empty
from voices.store.models import Passage, PassageTheme, Testimony, UnthemedPassage
from voices.store.search.text import among

_READ = 5000
"""Rows asked of the base at once."""
_NUMBERS: Mapping[str, Any] = (
    dict.fromkeys(("id", "testimony_id", "place_id"), np.int64)
    | dict.fromkeys(("start", "end"), np.int32)
    | dict.fromkeys(("retired", "trust", "outside"), np.bool_)
    | dict.fromkeys(("useful", "doubt", "chance"), np.float64)
)
_WORDS = ("speaker", "standing", "accueil", "appartenance", "action")
_JSON = ("subcodes", "own")
"""Held as they are written."""
_THEMES: Mapping[str, Any] = (
    dict.fromkeys(("theme", "rank", "run"), np.int64) | {"left_out": np.bool_} | dict.fromkeys(("x", "y"), np.float64)
)
"""The passage's theme, 0 where it has none, and its rank there; else the search that put it in none. Its point."""
_NAMES = {"theme_id": "theme", "run_id": "run"} | {f"{name}_written": name for name in _JSON}
"""What columns are called, where not as fields are."""
_OF_TESTIMONY = ("id", "place_id", "consent", "outlets", "until", "letter", "date", "channel", "role_group")


def no_passage() -> Table:
    """The columns of passages."""
    return empty({**_NUMBERS, **_THEMES, "of": np.int64}, [*_WORDS, *_JSON])


def no_testimony() -> Table:
    """The columns of testimonies."""
    return empty({"id": np.int64, "place_id": np.int64}, _OF_TESTIMONY[2:])


def passages(table: Table, testimonies: Table, ids: Sequence[int] | None) -> Table:
    """The table with these passages as they are now, and their themes; None: with all."""
    json = {f"{name}_written": Cast(name, TextField()) for name in _JSON}
    fields = (*_NUMBERS, *_WORDS, *json)  # the id first
    table = _read(table, Passage.objects.annotate(**json), fields, ids)
    rows = table.numbers
    some = slice(None) if ids is None else table.at(ids)[table.at(ids) >= 0]
    # In a transaction that others may end meanwhile, a testimony may be unknown yet: its passages are shown nowhere.
    of = testimonies.at(rows["testimony_id"][some])
    rows["of"][some] = of
    rows["retired"][some] |= of < 0
    for name in _THEMES:
        rows[name][some] = 0
    _themes(table, PassageTheme.objects.all(), ("theme_id", "rank", "x", "y"), ids)
    _themes(table, UnthemedPassage.objects.all(), ("run_id", "left_out", "x", "y"), ids)
    return table


def testimonies(table: Table, ids: Sequence[int] | None) -> Table:
    """The table with these testimonies as they are now; None: with all."""
    return _read(table, Testimony.objects.all(), _OF_TESTIMONY, ids)


def _read(table: Table, rows: QuerySet[Any], fields: Sequence[str], ids: Sequence[int] | None) -> Table:
    every = ids if ids is not None else list(rows.order_by().values_list("pk", flat=True))
    table, gone = table.grown(every), set(every)
    for pks, columns in _columns(rows, fields, ids):
        table.put(pks, columns)
        gone.difference_update(pks)
    table.drop(gone)
    return table


def _themes(table: Table, rows: QuerySet[Any], fields: Sequence[str], ids: Sequence[int] | None) -> None:
    for of, columns in _columns(rows, ("passage_id", *fields), ids):
        known = [place for place, row in enumerate(table.at(of)) if row >= 0]
        some = {name: [said[place] for place in known] for name, said in columns.items()}
        table.put([of[place] for place in known], some)


def _columns(
    rows: QuerySet[Any], fields: Sequence[str], ids: Sequence[int] | None
) -> Iterator[tuple[Sequence[int], dict[str, Sequence[Any]]]]:
    """The fields of these rows, so many at a time: the first field, an id, and each column; None: of all rows."""
    first, *others = fields
    wanted = [ids[at : at + _READ] for at in range(0, len(ids), _READ)] if ids is not None else [None]
    for some in wanted:
        asked = rows.order_by(first) if some is None else among(rows.order_by(), some, first)
        found = asked.values_list(*fields).iterator(_READ)
        while batch := list(islice(found, _READ)):
            of, *said = zip(*batch, strict=True)
            names = [_NAMES.get(name, name) for name in others]
            yield of, {**({"id": of} if first == "id" else {}), **dict(zip(names, said, strict=True))}
