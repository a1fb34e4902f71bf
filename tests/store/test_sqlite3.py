"""Writers of one process wait in line on SQLite: none fails, and the turn comes back however a transaction ends."""

import threading
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from voices.store.models import Place
from voices.store.sqlite3 import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite alone has one writer at a time"),
]


@pytest.fixture(autouse=True)
def nobody_in_line() -> Iterator[None]:
    """The turn is free before and after each test."""
    assert not base._TURN.locked()
    yield
    assert not base._TURN.locked()


def write() -> None:
    with transaction.atomic():
        Place.objects.create(name=uuid4().hex, slug=uuid4().hex)


def test_many_threads_write_and_every_row_is_there():
    faults: list[Exception] = []

    def several() -> None:
        try:
            for _ in range(20):
                write()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=several) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Place.objects.count() == 160


def test_the_turn_is_held_during_a_transaction_and_its_savepoints_alone():
    with transaction.atomic():
        assert base._TURN.locked()
        with transaction.atomic():
            write()
        assert base._TURN.locked()
    assert not base._TURN.locked()


def test_the_turn_comes_back_when_a_transaction_fails():
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        write()
        raise ZeroDivisionError
    assert not Place.objects.exists()


def test_the_turn_comes_back_when_the_base_refuses():
    with pytest.raises(DatabaseError), transaction.atomic():  # noqa: PT012
        Place.objects.create(name="Un lieu", slug="a")
        Place.objects.create(name="Un autre", slug="a")
    write()


def test_the_turn_comes_back_when_the_connection_is_closed_in_the_middle():
    with pytest.raises(DatabaseError), transaction.atomic():  # noqa: PT012
        write()
        connection.close()
        write()
    assert not Place.objects.exists()


def test_who_waited_too_long_tries_all_the_same(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(base, "_PATIENCE", 0.01)
    base._TURN.acquire()
    try:
        write()
        assert Place.objects.count() == 1
    finally:
        base._TURN.release()
