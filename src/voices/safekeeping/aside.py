"""A base aside: SQLite, in a folder that goes afterwards, where a backup is restored to prove that it can be."""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from django.db import DEFAULT_DB_ALIAS, connections, models, router

NAME = "voices.sqlite3"
# What is here is thrown away, or written to the disk by who keeps it: no need to wait at each step.
_PRAGMAS = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000;"
PREFIX = ".aside-"


@contextmanager
def folder_aside(beside: Path) -> Iterator[Path]:
    """A folder there, on the same disk, readable by its owner alone; it goes, with all it holds."""
    beside.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=beside))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def base_aside(folder: Path) -> Iterator[str]:
    """The alias of an empty base in that folder, closed afterwards."""
    alias = f"aside-{uuid4().hex}"
    said = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / NAME,
        "OPTIONS": {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS},
    }
    connections.settings[alias] = connections.configure_settings({DEFAULT_DB_ALIAS: said})[DEFAULT_DB_ALIAS]
    here = _Here(alias)
    router.routers.insert(0, here)
    try:
        yield alias
    finally:
        router.routers.remove(here)
        with suppress(AttributeError):
            connections[alias].close()
            del connections[alias]
        del connections.settings[alias]


class _Here:
    """Leads what this thread asks of no base by name to the one aside: some migrations forget to name theirs."""

    def __init__(self, alias: str) -> None:
        self._alias, self._thread = alias, threading.get_ident()

    def db_for_read(self, model: type[models.Model], **hints: object) -> str | None:
        """The base aside, in this thread."""
        del model, hints
        return self._alias if threading.get_ident() == self._thread else None

    db_for_write = db_for_read
