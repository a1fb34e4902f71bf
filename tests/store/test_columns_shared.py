"""What is held to count passages, where others write in the same base meanwhile, or something happened to it."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from tests.web.conftest import passage, place, testimony
from voices.store.columns import notes, reading, schema
from voices.store.columns.asked import chosen
from voices.store.columns.held import KEPT, Columns, Held
from voices.store.columns.notes import Mark
from voices.store.columns.table import Table
from voices.store.models import Passage, PassageTheme, Theme, ThemeRun
from voices.store.models import Testimony as Letter
from voices.store.search import schema as search

POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def some(transactional_db: None) -> Iterator[list[Passage]]:
    """A few passages, held; what notes is there again afterwards."""
    del transactional_db
    KEPT.forget()
    one = testimony(place("A", slug="lieu-a"))
    yield [passage(one, accueil="+") for _ in range(6)]
    schema.lay()
    KEPT.forget()


def told(held: Held) -> list[int]:
    """The passages that say « + » of `accueil`, as they are held."""
    table = held.now().passages
    says = table.words["accueil"]
    found = [says.values[at] == "+" for at in says.at]
    return sorted(pk for pk, yes in zip(table.ids.tolist(), found, strict=True) if pk and yes)


def asked() -> list[int]:
    """The same, as the base says."""
    return sorted(Passage.objects.filter(accueil="+").values_list("pk", flat=True))


def elsewhere(act: Callable[[], None]) -> threading.Thread:
    """What is done by another thread, on a connection of its own."""

    def done() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=done)
    thread.start()
    return thread


def raw(*statements: str) -> None:
    with connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)


WRITINGS: dict[str, Callable[[list[Passage]], object]] = {
    "one row": lambda some: Passage.objects.filter(pk=some[0].pk).update(accueil="-"),
    "all rows": lambda some: Passage.objects.update(accueil=""),
    "in bulk": lambda some: Passage.objects.bulk_update([Passage(pk=one.pk, accueil="-") for one in some], ["accueil"]),
    "by hand": lambda some: raw("UPDATE store_passage SET accueil = '-' WHERE id % 2 = 0"),
    "deleted by hand": lambda some: raw("DELETE FROM store_passage WHERE id % 2 = 0"),
    "a testimony and its passages": lambda some: Letter.objects.all().delete(),
    "new ones": lambda some: Passage.objects.bulk_create(
        [
            Passage(
                testimony=some[0].testimony,
                place=some[0].place,
                number=n,
                start=0,
                end=1,
                turn=0,
                sentences=[],
                accueil="+",
            )
            for n in (91, 92)
        ]
    ),
    "flush": lambda some: call_command("flush", verbosity=0, interactive=False),
}


@pytest.mark.parametrize("writing", WRITINGS.values(), ids=list(WRITINGS))
def test_two_processes_count_what_was_written_however_it_was(
    some: list[Passage], writing: Callable[[list[Passage]], object]
):
    processes = Held(), Held()
    assert [told(one) for one in processes] == [asked()] * 2
    writing(some)
    assert [told(one) for one in processes] == [asked()] * 2
    writing([passage(testimony(place("B")), accueil="+")])
    assert told(processes[1]) == asked()


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has one writer at a time")
def test_transactions_that_end_in_another_order_than_they_began_are_all_counted(some: list[Passage]):
    held = Held()
    told(held)
    began, may_end = threading.Event(), threading.Event()

    def late() -> None:
        with transaction.atomic():
            Passage.objects.filter(pk=some[0].pk).update(accueil="-")
            began.set()
            assert may_end.wait(20)

    thread = elsewhere(late)
    assert began.wait(20)
    for one in some[1:4]:  # begun after, ended before
        Passage.objects.filter(pk=one.pk).update(accueil="-")
        assert told(held) == asked()
    notes.prune(kept=0)
    assert told(held) == asked()
    may_end.set()
    thread.join()
    assert some[0].pk not in told(held)
    assert told(held) == asked()


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has one writer at a time")
def test_what_is_noted_makes_nobody_wait_who_did_not_wait_before(some: list[Passage]):
    one, run = some[0], ThemeRun.objects.create()
    theme = Theme.objects.create(run=run, label="Thème")
    PassageTheme.objects.create(theme=theme, passage=one, rank=1)
    taken, decided = threading.Event(), threading.Event()

    def themes_anew() -> None:
        with transaction.atomic():
            PassageTheme.objects.all().delete()
            taken.set()
            decided.wait(5)
            PassageTheme.objects.create(theme=theme, passage=one, rank=2)

    thread = elsewhere(themes_anew)
    assert taken.wait(20)
    with transaction.atomic():
        Passage.objects.select_for_update().get(pk=one.pk)
        Passage.objects.filter(pk=one.pk).update(accueil="-")
    assert not decided.is_set()
    decided.set()
    thread.join()
    assert PassageTheme.objects.get().rank == 2
    assert told(KEPT) == asked()


def test_nobody_sees_half_of_what_was_written_together(some: list[Passage]):
    held, over = Held(), threading.Event()
    told(held)

    def write() -> None:
        for at in range(60):
            with transaction.atomic():  # those that say it stay half of them
                for place_, one in enumerate(some):
                    Passage.objects.filter(pk=one.pk).update(accueil="+" if place_ % 2 == at % 2 else "-")
        over.set()

    def read() -> set[int]:
        seen = set()
        try:
            while not over.is_set():
                seen.add(len(told(held)))
        finally:
            connection.close()
        return seen

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read) for _ in range(8)]
        elsewhere(write).join()
        assert set().union(*(one.result() for one in readers)) <= {3, 6}
    assert told(held) == asked()


def test_notes_are_few_and_none_is_missed_by_who_slept(some: list[Passage], monkeypatch: pytest.MonkeyPatch):
    asleep, awake = Held(), Held()
    assert told(asleep) == told(awake) == asked()
    for one in some[:5]:
        Passage.objects.filter(pk=one.pk).update(accueil="-")
    told(awake)
    notes.prune(kept=2)
    raw_count = "SELECT count(*) FROM store_changed"
    with connection.cursor() as cursor:
        cursor.execute(raw_count)
        assert cursor.fetchone()[0] <= 4
    read: list[object] = []
    kept = reading.passages

    def reading_of(table: Table, of: Table, ids: Sequence[int] | None) -> Table:
        read.append(ids)
        return kept(table, of, ids)

    monkeypatch.setattr(reading, "passages", reading_of)
    assert told(awake) == asked()
    assert read == []
    assert told(asleep) == asked()
    assert read == [None]
    notes.prune(kept=0)
    notes.prune(kept=0)
    Passage.objects.filter(pk=some[5].pk).update(accueil="-")
    assert told(awake) == told(asleep) == asked() == []


def test_what_a_long_writer_keeps_open_is_not_read_again_and_again(
    some: list[Passage], monkeypatch: pytest.MonkeyPatch
):
    if not POSTGRESQL:
        pytest.skip("SQLite has one writer at a time")
    held, began, may_end = Held(), threading.Event(), threading.Event()

    def long() -> None:
        with transaction.atomic():
            place("C")
            began.set()
            assert may_end.wait(20)

    thread = elsewhere(long)
    assert began.wait(20)
    told(held)
    Passage.objects.filter(pk=some[0].pk).update(accueil="-")
    told(held)
    read: list[object] = []
    monkeypatch.setattr(reading, "passages", lambda *said: read.append(said))
    try:
        held.now()
        assert read == []
    finally:
        may_end.set()
        thread.join()


@pytest.mark.parametrize("name", ["store_changed_passage", "store_changed_theme"])
def test_where_nothing_notes_all_is_read_each_time_until_it_is_laid_again(some: list[Passage], name: str):
    table = "store_passage" if name.endswith("passage") else "store_passagetheme"
    held = Held()
    told(held)
    raw(f"DROP TRIGGER {name} ON {table}" if POSTGRESQL else f"DROP TRIGGER {name}")
    assert not schema.laid(connection)
    for one in some[:2]:
        Passage.objects.filter(pk=one.pk).update(accueil="-")
        assert told(held) == asked()
    notes.prune(kept=0)
    asleep = Held()
    schema.lay()
    assert schema.laid(connection)
    assert told(held) == told(asleep) == asked()
    Passage.objects.filter(pk=some[3].pk).update(accueil="-")
    assert told(held) == told(asleep) == asked()


def test_what_was_written_while_nothing_noted_is_read_once_it_is_laid_again(some: list[Passage]):
    held = Held()
    told(held)
    name = "store_changed_passage"
    raw(f"DROP TRIGGER {name} ON store_passage" if POSTGRESQL else f"DROP TRIGGER {name}")
    Passage.objects.update(accueil="-")
    schema.lay()
    assert told(held) == asked() == []


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite knows no users")
def test_a_trigger_that_is_switched_off_notes_nothing(some: list[Passage]):
    held = Held()
    told(held)
    raw("ALTER TABLE store_passage DISABLE TRIGGER store_changed_passage")
    try:
        Passage.objects.update(accueil="-")
        assert told(held) == asked() == []
    finally:
        raw("ALTER TABLE store_passage ENABLE TRIGGER store_changed_passage")


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite knows no users")
def test_a_user_who_may_not_lay_triggers_counts_all_the_same(some: list[Passage]):
    raw(
        "DROP TRIGGER store_changed_passage ON store_passage",
        "CREATE ROLE who_reads",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO who_reads",
        "SET ROLE who_reads",
    )
    try:
        schema.lay()
        with pytest.raises(ProgrammingError):
            raw("CREATE TABLE of_mine (id int)")
        assert told(Held()) == asked()
    finally:
        raw("RESET ROLE", "DROP OWNED BY who_reads", "DROP ROLE who_reads")
    schema.lay()
    assert schema.laid(connection)


def test_notes_that_came_with_another_base_are_not_believed(some: list[Passage]):
    """A backup put back in place, of before the last writings: its stamps are older than what was read."""
    held = Held()
    told(held)
    if POSTGRESQL:  # made anew, as pg_restore --clean does
        script = (Path(schema.__file__).parent / "postgresql.sql").read_text(encoding="utf-8")
        raw(*script.split("CREATE OR REPLACE")[0].strip().split("\n\n"))
    else:
        raw("DELETE FROM store_changed", "UPDATE sqlite_sequence SET seq = 0")
    raw(
        "UPDATE store_passage SET accueil = '-'",
        "DELETE FROM store_changed",
        *([] if POSTGRESQL else ["UPDATE sqlite_sequence SET seq = 0"]),
    )
    assert told(held) == asked() == []


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite's stamps are of the base alone")
def test_vectors_noted_in_the_future_of_another_server_are_not_told_for_ever(some: list[Passage]):
    raw(
        "DELETE FROM store_passage_vectors",
        f"INSERT INTO store_passage_vectors VALUES ({some[0].pk}, '900000000000'), ({some[1].pk}, '4')",
    )
    search.lay()
    with connection.cursor() as cursor:
        cursor.execute("SELECT passage_id FROM store_passage_vectors")
        assert cursor.fetchall() == [(some[1].pk,)]


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        (Mark("", "4"), Mark("", "4"), True),
        (Mark("", "4"), Mark("", "11"), True),
        (Mark("", "11"), Mark("", "4"), False),
        (Mark("16", "700:702:700"), Mark("16", "702:703:"), True),
        (Mark("16", "700:702:700"), Mark("17", "702:703:"), False),
        (Mark("16", "700:1002:700"), Mark("16", "702:703:"), False),
        (Mark("", "0"), Mark("16", "702:703:"), False),
    ],
)
def test_a_mark_follows_another_of_the_same_base_and_of_before(before: Mark, after: Mark, follows: bool):
    assert after.follows(before) is follows


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_what_is_held_is_what_triggers_look_at(engine: str):
    script = (Path(schema.__file__).parent / f"{engine}.sql").read_text(encoding="utf-8").lower().replace('"', "")
    of_passages = script.split("after update on store_passage", 1)[1]
    of_testimonies = script.split("after update on store_testimony", 1)[1].split("begin")[0]
    held = (*reading._NUMBERS, *reading._WORDS, *reading._JSON)
    assert [name for name in held if name != "id" and f"old.{name}" not in of_passages] == []
    assert [name for name in reading._OF_TESTIMONY if name != "id" and f"new.{name}" not in of_testimonies] == []


def test_the_memory_of_a_large_base_is_told(some: list[Passage]):
    """A row costs less than two hundred bytes: 200 MB for a million passages."""
    columns: Columns = KEPT.now()
    table = columns.passages
    row = sum(one.itemsize for one in table.numbers.values()) + sum(one.at.itemsize for one in table.words.values())
    assert row + table.rows.itemsize < 200
    assert len(chosen(Passage.objects.all())) == len(some)
