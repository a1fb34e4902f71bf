"""Django's SQLite, with one line for the writers of this process.

SQLite lets one transaction write at a time, and has the others look again after a pause that grows to a tenth of a
second: with eight threads writing, the unluckiest waits a second while the base is free. Here they wait in line, and
the next one goes as soon as the last is done. Writers of other processes (the worker) are waited for as SQLite does.
"""

import threading

from django.db.backends.sqlite3 import base

_TURN = threading.Lock()
_PATIENCE = 30.0
"""Seconds in line; after them a writer tries as if there were none, so that no fault of ours can stop the site."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that takes its turn when a transaction begins, and gives it back when it ends, however it ends."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        if not self._has_turn:
            self._has_turn = _TURN.acquire(timeout=_PATIENCE)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Django's, left out of its stubs
        except BaseException:
            self._give_turn()
            raise

    def commit(self) -> None:
        """Nothing; the transaction is kept."""
        super().commit()
        self._give_turn()  # a commit that fails is rolled back: the turn is given there

    def rollback(self) -> None:
        """Nothing; the transaction is forgotten."""
        try:
            super().rollback()
        finally:
            self._give_turn()

    def close(self) -> None:
        """Nothing; the connection is closed, and what it had begun is forgotten."""
        try:
            super().close()
        finally:
            self._give_turn()

    def _give_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            _TURN.release()
