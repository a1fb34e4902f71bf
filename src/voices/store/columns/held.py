"""The columns of this process, and how they follow the base.

Before each count the base is asked which rows were written since the last one, whoever wrote them, and those alone are
read again, all at one moment of the base: nobody's writing is seen by half. What was handed out is never changed: a
page that counts goes on with the columns that it got.
"""

from dataclasses import dataclass
from threading import Lock

from django.db import connection

from voices.store.columns import notes, reading
from voices.store.columns.table import Numbers, Table

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
        self._base, self._mark = "", notes.Mark("", "0")

    def held(self) -> int:
        """How many passages are held now, whatever the base says."""
        return len(self._columns.passages.ids) if self._columns else 0

    def now(self) -> Columns:
        """The columns, as the base is now.

        Read whole and not kept in a transaction, for what it wrote may be taken back, and where the base does not note
        what is written.
        """
        if connection.in_atomic_block:
            return _whole()
        with self._lock, notes.one_moment():
            base, mark = str(connection.settings_dict["NAME"]), notes.now()
            known = self._columns if base == self._base else None
            self._columns = None  # should a reading fail, the next one is whole
            if mark is None:
                return _whole()
            found = _followed(known, self._mark) if known and mark.follows(self._mark) else _whole()
            self._columns, self._base, self._mark = found, base, mark
            return found


KEPT = Held()
"""Those of this process."""


def _whole() -> Columns:
    testimonies = reading.testimonies(reading.no_testimony(), None)
    return Columns(reading.passages(reading.no_passage(), testimonies, None), testimonies)


def _followed(columns: Columns, mark: notes.Mark) -> Columns:
    """The columns, once the rows written since that mark are read again."""
    written = notes.written_since(mark)
    passages, testimonies = written.get(notes.PASSAGE, []), written.get(notes.TESTIMONY, [])
    most = len(columns.passages.ids) // 2  # beyond, to read all is sooner done
    if notes.EVERYTHING in written or columns.passages.gone > _GONE or len(passages) > most:
        return _whole()
    of = reading.testimonies(columns.testimonies, testimonies) if testimonies else columns.testimonies
    return Columns(reading.passages(columns.passages, of, passages) if passages else columns.passages, of)
