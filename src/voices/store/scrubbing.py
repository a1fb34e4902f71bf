"""Nothing left in the files of the base of rows that were deleted: in free pages, in the log, in indexes.

A base only forgets where its rows were; their bytes stay until something else is written there. Here they go.
"""

import time

from django.db import connection
from django.db.utils import OperationalError

from voices.errors import VoicesError

_TABLES = (
    "store_testimony",
    "store_passage",
    "store_suggestion",
    "store_decision",
    "store_publication",
    "store_shortlistitem",
    "store_reportversion",
    "store_sourcefile",
    "store_theme",
)
"""PostgreSQL: the tables that hold words."""
_TRIES = 20
_PAUSE = 0.5


def scrub() -> None:
    """Nothing; the base is written anew without what was deleted. Outside any transaction.

    Raises VoicesError where others keep the base busy all along: it is to be done again.
    """
    if connection.vendor == "sqlite":
        _sqlite()
    else:
        with connection.cursor() as cursor:
            for table in _TABLES:
                cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")


def _sqlite() -> None:
    with connection.cursor() as cursor:
        # The index of words only crosses out what left it: written in one piece, it holds what stands alone.
        cursor.execute("INSERT INTO store_passage_words (store_passage_words) VALUES ('optimize')")
    _patiently("PRAGMA secure_delete = ON")
    _patiently("VACUUM")
    for _ in range(_TRIES):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_rest) = cursor.fetchone()
        if not busy:
            return
        time.sleep(_PAUSE)
    raise _still_busy()


def _patiently(statement: str) -> None:
    for left in reversed(range(_TRIES)):
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                cursor.fetchall()
        except OperationalError:
            if not left:
                raise _still_busy() from None
            time.sleep(_PAUSE)
        else:
            return


def _still_busy() -> VoicesError:
    return VoicesError(
        "La base est restée occupée\u202f: des traces de ce qui a été effacé peuvent rester dans son fichier.",
        "Réessayer plus tard, ou fermer le site et lancer «\u202fvoices droits traces\u202f».",
    )
