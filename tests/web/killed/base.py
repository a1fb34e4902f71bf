"""The base of a site that is killed: SQLite in its folder, or one of its own in the PostgreSQL of VOICES_BASE."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Optional
from urllib.parse import urlsplit
from uuid import uuid4


class Base:
    """The base of the site in that folder: empty, or a copy of another. `environ` is what tells the site of it."""

    def __init__(self, folder: Path, copied: Optional["Base"] = None) -> None:
        folder.mkdir()
        self.folder, self._server = folder, os.environ.get("VOICES_BASE", "")
        self.environ: dict[str, str] = {}
        if not self._server:
            for file in copied.folder.glob("voices.sqlite3*") if copied else ():
                shutil.copy(file, folder)
            return
        self.name = f"killed_{uuid4().hex}"
        self._on_server(f"CREATE DATABASE {self.name} TEMPLATE {copied.name if copied else 'template1'}")
        self._address = urlsplit(self._server)._replace(path=f"/{self.name}").geturl()
        self.environ = {"VOICES_BASE": self._address}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What it holds."""
        if not self._server:
            with closing(sqlite3.connect(self.folder / "voices.sqlite3", timeout=30)) as base:
                return base.execute(query).fetchall()
        import psycopg

        with psycopg.connect(self._address) as there:
            return there.execute(query.encode()).fetchall()

    def drop(self) -> None:
        """Nothing; it is gone, with its folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._server:
            self._on_server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _on_server(self, command: str) -> None:
        import psycopg

        with psycopg.connect(self._server, autocommit=True) as server:
            server.execute(command.encode())
