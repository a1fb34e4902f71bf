"""What notes, in the base itself, which of the rows that are counted were written, whoever writes them.

Laid after each `migrate`, as the index of words is (`search.schema`), and for the same reason. Whoever counts asks
before whether all of it is there (`laid`): a backup put back without it, or somebody's hand, may have taken it away.
"""

import json
import logging
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.db import ProgrammingError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

_REFUSED = "42501"
"""PostgreSQL: this user may not do that."""
_LAID = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type IN ('table', 'trigger') AND name IN"
    " (SELECT value FROM json_each(%s))",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname IN (SELECT json_array_elements_text(%s::json))"
    " AND tgenabled IN ('O', 'A') AND tgrelid IN (to_regclass('store_passage'), to_regclass('store_testimony'),"
    " to_regclass('store_passagetheme'), to_regclass('store_unthemedpassage'))",
}

_log = logging.getLogger(__name__)


def lay(using: str = "default", **said: object) -> None:
    """Nothing; lays the table of notes and its triggers. All that was noted goes: everyone reads everything again.

    Where the base does not let its user lay triggers, that is logged, and passages are counted without notes.
    """
    del said
    connection = connections[using]
    try:
        with transaction.atomic(using), connection.cursor() as cursor:
            if "store_unthemedpassage" in connection.introspection.table_names(cursor):
                _lay(connection, cursor)
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", "") != _REFUSED:
            raise
        _log.warning("the base's user may not lay triggers: passages are read whole at each count")


def laid(connection: BaseDatabaseWrapper) -> bool:
    """Whether all that notes is there, and not switched off."""
    names = _names(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(_LAID[connection.vendor], [json.dumps(names)])
        return bool(cursor.fetchone()[0] == len(names))


def _lay(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> None:
    postgresql = connection.vendor == "postgresql"
    # Laying them locks the tables: on PostgreSQL, where others may be writing, not when nothing would change.
    if not (postgresql and _version(cursor) == _digest(connection.vendor) and laid(connection)):
        for statement in _script(connection.vendor).split("\n\n"):
            cursor.execute(statement)
        if postgresql:
            cursor.execute(f"COMMENT ON TABLE store_changed IS '{_digest(connection.vendor)}'")
    cursor.execute("DELETE FROM store_changed")
    stamp = "pg_current_xact_id()" if postgresql else "NULL"  # SQLite numbers it
    cursor.execute(f"INSERT INTO store_changed (stamp, kind, row) VALUES ({stamp}, 0, 0)")  # noqa: S608


def _version(cursor: CursorWrapper) -> object:
    cursor.execute("SELECT obj_description(to_regclass('store_changed'), 'pg_class')")
    return cursor.fetchone()[0]


@cache
def _script(vendor: str) -> str:
    return (Path(__file__).parent / f"{vendor}.sql").read_text(encoding="utf-8")


def _digest(vendor: str) -> str:
    return sha256(_script(vendor).encode()).hexdigest()


@cache
def _names(vendor: str) -> tuple[str, ...]:
    """Of what is looked for in the base: its triggers; on SQLite, the table of notes too."""
    triggers = re.findall(r"^CREATE (?:OR REPLACE )?TRIGGER (\w+)", _script(vendor), re.MULTILINE)
    return tuple(triggers) if vendor == "postgresql" else ("store_changed", *triggers)
