"""Whether what search stands on is what the passages say, and the same laid anew where it is not."""

from pathlib import Path
from uuid import uuid4

from django.db import DatabaseError, connection, transaction

from voices.store.search import schema

_DIFFERS = "searched_{0} IS DISTINCT FROM voices_words({0})"
_NOTED = """SELECT count(*) FROM store_passage
    WHERE vector IS NOT NULL AND id NOT IN (SELECT passage_id FROM store_passage_vectors)"""
_WRONG = f"SELECT count(*) FROM store_passage WHERE {' OR '.join(map(_DIFFERS.format, schema.COLUMNS))}"  # noqa: S608
_TRIGGERS = {"words": {"sqlite": 4, "postgresql": 0}, "vectors": {"sqlite": 3, "postgresql": 3}}
_LAID = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'store_passage_{0}%'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'store_passage_{0}%'"
    " AND tgenabled IN ('O', 'A') AND tgrelid = to_regclass('store_passage')",
}


def words_sound() -> bool:
    """Whether every word of the passages would be found, and nothing else."""
    try:
        return _follows("words") and not (_wrong_on_sqlite() if connection.vendor == "sqlite" else _count(_WRONG))
    except DatabaseError:  # a table, or a column, is not there
        return False


def vectors_sound() -> bool:
    """Whether every vector of the passages would be found, and will be when it changes."""
    try:
        return _follows("vectors") and not _count(_NOTED)
    except DatabaseError:
        return False


def _follows(what: str) -> bool:
    return _count(_LAID[connection.vendor].format(what)) == _TRIGGERS[what][connection.vendor]


def lay_anew() -> None:
    """Nothing; the index and the notes are made again of the passages. Nothing of theirs is changed."""
    with transaction.atomic():
        _run(f"{connection.vendor}_anew.sql")
        schema.lay()
        if connection.vendor == "postgresql":
            _run("postgresql_fill.sql")


def _wrong_on_sqlite() -> bool:
    """Whether the index differs from one made anew, aside: SQLite cannot be asked what a row of it holds."""
    anew, held, new = (f"{name}_{uuid4().hex}" for name in ("anew", "held", "new"))
    columns = ", ".join(schema.COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'store_passage_words'")
        found = cursor.fetchone()
        if not found:
            return True
        made = str(found[0]).replace("store_passage_words", f"temp.{anew}", 1)
        cursor.execute(made)
        cursor.execute(f"INSERT INTO temp.{anew} (rowid, {columns}) SELECT id, {columns} FROM store_passage_read")  # noqa: S608
        cursor.execute(f"CREATE VIRTUAL TABLE temp.{held} USING fts5vocab(main, store_passage_words, instance)")
        cursor.execute(f"CREATE VIRTUAL TABLE temp.{new} USING fts5vocab(temp, {anew}, instance)")
        try:
            for one, other in ((held, new), (new, held)):
                cursor.execute(f"SELECT 1 FROM (SELECT * FROM temp.{one} EXCEPT SELECT * FROM temp.{other}) LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    return True
            return False
        finally:
            for name in (held, new, anew):
                cursor.execute(f"DROP TABLE temp.{name}")


def _count(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def _run(file: str) -> None:
    with connection.cursor() as cursor:
        for statement in (Path(__file__).parent / file).read_text(encoding="utf-8").split("\n\n"):
            cursor.execute(statement)
