"""Passages by what they mean: the vectors of all of them kept at hand, 154 MB for 100,000 passages.

A process reads every vector once, then those alone that were written since, whoever wrote them: the base notes them
(`schema`). What may be seen, and what stands, is asked of the base at each search; here there are only numbers.
"""

from collections.abc import Iterable, Iterator
from threading import Lock

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from voices.store.columns.asked import Chosen, has
from voices.store.models import Passage
from voices.store.search.text import among

DIM = 384
_BLOCK = 4096
"""Rows of a block, 6 MB: what the memory grows by."""
_READ = 5000
"""Vectors asked of the base at once."""
Floats = NDArray[np.float32]


class Vectors:
    """The vectors of the base's passages, in blocks; a row whose passage is gone is used again.

    As float32: the base's float16, brought to it at each search, would make that search ten times longer.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Nothing; everything will be read again: for another base."""
        self._blocks: list[Floats] = []
        self._ids = np.empty(0, np.int64)
        self._rows: dict[int, int] = {}
        self._free: list[int] = []
        self._mark: int | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def nearest(self, passages: Chosen, vector: Floats, most: int) -> list[tuple[int, float]]:
        """At most `most` of these passages, nearest first: their ids, and how near. `vector`: (DIM,)."""
        with self._lock:
            self._catch_up()
            scores, ids = self._scores(vector), self._ids.copy()
        there = np.flatnonzero(has(ids, passages.ids))
        best = there[_best(scores[there], most)]
        return list(zip(ids[best].tolist(), scores[best].tolist(), strict=True))

    def _scores(self, vector: Floats) -> Floats:
        if not self._blocks:
            return np.empty(0, np.float32)
        return np.concatenate([block @ vector for block in self._blocks])

    def _catch_up(self) -> None:
        if self._mark is None:
            mark = _now()
            found = Passage.objects.exclude(vector=None).order_by("pk").values_list("pk", "vector")
            self._put(found.iterator(chunk_size=_READ))
            self._mark = mark
            return
        mark, changed = _now(), _changed(self._mark)
        for at in range(0, len(changed), _READ):
            some = changed[at : at + _READ]
            held = dict(among(Passage.objects.exclude(vector=None), some).values_list("pk", "vector"))
            self._put(held.items())
            self._drop(pk for pk in some if pk not in held)
        self._mark = mark

    def _put(self, held: Iterable[tuple[int, bytes | memoryview | None]]) -> None:
        for pk, content in held:
            vector = np.frombuffer(content or b"", "<f2")
            if len(vector) != DIM:  # another encoder's
                continue
            row = self._rows.get(pk)
            if row is None:
                row = self._rows[pk] = self._new_row()
            self._ids[row] = pk
            self._blocks[row // _BLOCK][row % _BLOCK] = vector

    def _drop(self, gone: Iterable[int]) -> None:
        for pk in gone:
            row = self._rows.pop(pk, None)
            if row is not None:
                self._ids[row] = 0
                self._free.append(row)

    def _new_row(self) -> int:
        if not self._free:
            start = len(self._ids)
            self._blocks.append(np.zeros((_BLOCK, DIM), np.float32))
            self._ids = np.concatenate([self._ids, np.zeros(_BLOCK, np.int64)])
            self._free = list(range(start + _BLOCK - 1, start - 1, -1))
        return self._free.pop()


KEPT = Vectors()
"""Those of this process."""


def packed(vectors: Floats) -> Iterator[bytes]:
    """What `Passage.vector` holds of each row: little-endian float16."""
    for vector in vectors:
        yield vector.astype("<f2").tobytes()


def _best(scores: Floats, most: int) -> NDArray[np.intp]:
    """The places of the highest scores, highest first; of equal ones, the first."""
    if len(scores) > most:
        some = np.sort(np.argpartition(-scores, most)[:most])
        return some[np.argsort(-scores[some], kind="stable")]
    return np.argsort(-scores, kind="stable")


def _now() -> int:
    """A mark: what is written after it will be told by `_changed`. Read before the vectors are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text"
            if connection.vendor == "postgresql"
            else "SELECT coalesce(max(stamp), 0) FROM store_passage_vectors"
        )
        return int(cursor.fetchone()[0])


def _changed(mark: int) -> list[int]:
    """The passages whose vector was written, or dropped, since that mark.

    On PostgreSQL a mark is the oldest transaction still open then: what it and later ones wrote, in whatever order they
    ended, is told, some of it twice. SQLite has one writer at a time, and stamps in the order of writing.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT passage_id FROM store_passage_vectors WHERE stamp >= %s::text::xid8", [str(mark)])
        else:
            cursor.execute("SELECT passage_id FROM store_passage_vectors WHERE stamp > %s", [mark])
        return [row[0] for row in cursor.fetchall()]
