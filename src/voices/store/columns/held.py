"""The columns of this process, and how they follow the base.

Before each count the base is asked which rows were written since the last one, whoever wrote them, and those alone are
read again. What was handed out is never changed: a page that counts goes on with the columns that it got.
"""

from dataclasses import dataclass
from threading import Lock

from django.db import connection

from voices.store.columns import reading
from voices.store.columns.table import Numbers, Table

_EVERYTHING, _PASSAGE, _TESTIMONY = 0, 1, 2
"""What `store_changed` says was written."""
_GONE = 10_000
"""Rows of passages that are gone, before all are read anew."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Passages and testimonies as they are now; `of`, in passages, is the row of their testimony."""

    passages: Table
    testimonies: Table

    def of_testimony(self, name: str) -> Numbers:
        """That column of their testimonies, a row a passage."""
        table = self.testimonies
        column = table.words[name].at if name in table.words else table.numbers[name]
        found: Numbers = column[self.passages.numbers["of"]]
        return found


class Held:
    """What this process holds of its base."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Nothing; everything will be read again: for another base."""
        self._columns: Columns | None = None
        self._base, self._mark = "", 0

    def now(self) -> Columns:
        """The columns, as the base is now.

        In a transaction they are read whole and not kept: what it wrote may be taken back.
        """
        if connection.in_atomic_block:
            return _whole()
        with self._lock:
            base, mark, columns = str(connection.settings_dict["NAME"]), _now(), self._columns
            self._columns = None  # should a reading fail, the next one is whole
            known = columns if base == self._base else None
            self._columns = _whole() if known is None else _followed(known, self._mark)
            self._base, self._mark = base, mark
            return self._columns


KEPT = Held()
"""Those of this process."""


def _whole() -> Columns:
    testimonies = reading.testimonies(reading.no_testimony(), None)
    return Columns(reading.passages(reading.no_passage(), testimonies, None), testimonies)


def _followed(columns: Columns, mark: int) -> Columns:
    """The columns, once the rows written since that mark are read again."""
    changed: dict[int, list[int]] = {}
    for kind, row in _changed(mark):
        changed.setdefault(kind, []).append(row)
    if _EVERYTHING in changed or columns.passages.gone > _GONE:
        return _whole()
    testimonies, passages = columns.testimonies, columns.passages
    if _TESTIMONY in changed:
        testimonies = reading.testimonies(testimonies, changed[_TESTIMONY])
    if _PASSAGE in changed:
        passages = reading.passages(passages, testimonies, changed[_PASSAGE])
    return Columns(passages, testimonies)


def _now() -> int:
    """A mark: what is written after it will be told by `_changed`. Read before the rows are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text"
            if connection.vendor == "postgresql"
            else "SELECT coalesce(max(stamp), 0) FROM store_changed"
        )
        return int(cursor.fetchone()[0])


def _changed(mark: int) -> list[tuple[int, int]]:
    """The kinds and ids of the rows written since that mark; on PostgreSQL some of them twice, as of vectors."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT kind, row FROM store_changed WHERE stamp >= %s::text::xid8", [str(mark)])
        else:
            cursor.execute("SELECT kind, row FROM store_changed WHERE stamp > %s", [mark])
        return list(cursor.fetchall())
