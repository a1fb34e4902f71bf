"""Which base is used: SQLite in the data folder, or the PostgreSQL of the settings."""

from typing import Any

from voices.errors import SettingsError
from voices.settings import Settings

# WAL: readers never wait for the writer. IMMEDIATE: a transaction that will write waits its turn at its start instead
# of failing in the middle. FULL: what a page confirmed is on the disk, even if the power goes.
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"


def database(settings: Settings) -> dict[str, Any]:
    """Django's description of the base.

    Raises SettingsError where the address is not one of PostgreSQL.
    """
    if not settings.database:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return {
            "ENGINE": "voices.store.sqlite3",
            "NAME": settings.data / "voices.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS},
        }
    return _postgresql(settings.database)


def _postgresql(address: str) -> dict[str, Any]:
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    fault = SettingsError(
        "Le réglage VOICES_BASE n’est pas l’adresse d’une base PostgreSQL.",
        "Donner par exemple postgresql://nom:motdepasse@localhost:5432/voices, ou le laisser vide pour SQLite.",
    )
    if not address.startswith(("postgresql://", "postgres://")):
        raise fault
    try:
        parts = dict(conninfo_to_dict(address))
    except ProgrammingError:
        raise fault from None
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{django: str(parts.pop(name)) for name, django in known.items() if name in parts},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }
