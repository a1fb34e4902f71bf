"""What notes, in the base itself, which of the rows that are counted were written, whoever writes them.

Laid after each `migrate`, as the index of words is (`search.schema`), and for the same reason.
"""

from pathlib import Path

from django.db import connections, transaction


def lay(using: str = "default", **said: object) -> None:
    """Nothing; lays the table of what was written and its triggers, where they are not there."""
    del said
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if "store_unthemedpassage" not in connection.introspection.table_names(cursor):
            return
        statements = (Path(__file__).parent / f"{connection.vendor}.sql").read_text(encoding="utf-8")
        for statement in statements.split("\n\n"):
            cursor.execute(statement)
