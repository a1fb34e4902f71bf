"""What the base noted of the rows that were written (`schema`): a mark of now, and what was noted since a mark.

On PostgreSQL a mark is a snapshot: whatever the order in which transactions end, what is told is what that snapshot did
not see, neither more nor less. On SQLite, which has one writer at a time, it is the last stamp.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from voices.store.columns import schema

EVERYTHING, PASSAGE, TESTIMONY = 0, 1, 2
"""What a note says was written."""
_FORGOTTEN = -1
"""A note that stands for those before it, taken away since: who had not read them reads everything."""
KEPT = 20_000
"""Notes that are kept, about: to read so many rows again takes nearly as long as to read everything."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a base. `table` changes when the table of notes is made anew, as a backup restored there does."""

    table: str
    moment: str

    def follows(self, other: "Mark") -> bool:
        """Whether notes tell what happened from the other to this one: time went forward, in the same table."""
        return self.table == other.table and self._last() >= other._last()

    def _last(self) -> int:
        return int(self.moment.split(":")[1] if ":" in self.moment else self.moment)


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is of one moment of the base, which nobody waits for."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if _postgresql() else "BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("COMMIT")


def now() -> Mark | None:
    """A mark of the moment; None where the base does not note, or not all, that rows are written."""
    if not schema.laid(connection):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass('store_changed')::oid::text, pg_current_snapshot()::text"
            if _postgresql()
            else "SELECT '', coalesce(max(stamp), 0) FROM store_changed"
        )
        table, moment = cursor.fetchone()
    return Mark(table, str(moment))


def written_since(mark: Mark) -> dict[int, list[int]]:
    """The ids of the rows written since that mark, by kind; EVERYTHING is among the kinds where they are not known."""
    told: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        if _postgresql():
            cursor.execute(
                "SELECT kind, row FROM store_changed WHERE stamp >= pg_snapshot_xmin(%s::pg_snapshot)"
                " AND (kind < 0 OR NOT pg_visible_in_snapshot(stamp, %s::pg_snapshot))",
                [mark.moment, mark.moment],
            )
        else:
            cursor.execute("SELECT kind, row FROM store_changed WHERE stamp > %s", [int(mark.moment)])
        for kind, row in cursor.fetchall():
            told.setdefault(max(kind, EVERYTHING), []).append(row)
    return {kind: sorted(set(rows)) for kind, rows in told.items()}


def prune(kept: int = KEPT) -> None:
    """Nothing; the oldest notes are taken away, so many being kept about. No reader misses any: see `_FORGOTTEN`."""
    if not schema.laid(connection):
        return
    oldest, taken, told = _PRUNED[connection.vendor]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(oldest, [kept])
        if found := cursor.fetchone():
            cursor.execute(taken, found)
            cursor.execute(told, [*found, _FORGOTTEN])


_PRUNED = {
    "postgresql": (  # what is still being written may come before what is taken away: none of that is
        "SELECT stamp::text FROM store_changed WHERE stamp < pg_snapshot_xmin(pg_current_snapshot())"
        " ORDER BY store_changed.stamp DESC LIMIT 1 OFFSET %s",
        "DELETE FROM store_changed WHERE stamp <= %s::text::xid8",
        "INSERT INTO store_changed VALUES (%s::text::xid8, %s, 0) ON CONFLICT DO NOTHING",
    ),
    "sqlite": (
        "SELECT stamp FROM store_changed ORDER BY stamp DESC LIMIT 1 OFFSET %s",
        "DELETE FROM store_changed WHERE stamp <= %s",
        "INSERT INTO store_changed VALUES (%s, %s, 0)",
    ),
}


def _postgresql() -> bool:
    return connection.vendor == "postgresql"
