"""The index of words, in the base itself: it follows the passages in the same transaction, whoever writes them.

SQLite: an FTS5 table and triggers. PostgreSQL: tsvector columns that the base computes, and a GIN index. Both split at
what is neither letter nor digit, lower the case, drop accents and open « œ » and « æ ». A second, small table notes
which vectors were written, so that a process can catch up with those alone.

It is laid after each `migrate`, and not by one migration: on SQLite, Django changes a table by making it anew, and
triggers go with the old one.
"""

from pathlib import Path

from django.db import connections, transaction

COLUMNS = ("text", "lemmas", "question")
"""What is searched, column by column."""
_FILLED = {"sqlite": "store_passage_words", "postgresql": "store_passage_vectors"}
"""The table that, laid where there are passages already, does not hold them yet."""


def lay(using: str = "default", **said: object) -> None:
    """Nothing; lays the indexes where they are not there, and fills them with the passages that are."""
    del said
    connection = connections[using]
    # Together: an index laid and not filled would be taken for one that is up to date.
    with transaction.atomic(using), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if "store_passage" not in tables:
            return
        files = [f"{connection.vendor}.sql"]
        if _FILLED[connection.vendor] not in tables:
            files.append(f"{connection.vendor}_fill.sql")
        for file in files:
            for statement in (Path(__file__).parent / file).read_text(encoding="utf-8").split("\n\n"):
                cursor.execute(statement)
