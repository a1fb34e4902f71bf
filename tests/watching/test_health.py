"""What a probe is told: down when the base or the worker is, up again when they are back; nothing of what is held."""

import json
import shutil
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from tests.web.conftest import LETTER, passage, place, testimony
from voices.rights import remembered
from voices.safekeeping import daily
from voices.store.models import Job
from voices.web import health, heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(tmp_path, monkeypatch) -> Any:
    """A site of its own, open for a day, whose worker beats; each question is a new look."""
    monkeypatch.setattr(settings, "VOICES", replace(settings.VOICES, data=tmp_path, backups=None, kept=(7, 4, 12)))
    monkeypatch.setattr(health, "_OPENED", time.monotonic() - 86400)
    monkeypatch.setattr(health, "_FRESH", 0.0)
    (tmp_path / ".battement").touch()
    return tmp_path


def asked() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/sante")
    return answer.status_code, json.loads(answer.content)


def test_all_is_well(data: Path):
    status, said = asked()
    assert status == 200
    assert {part: said[part]["etat"] for part in said if part != "etat"} == {
        "base": "bien", "travaux": "bien", "disque": said["disque"]["etat"], "sauvegarde": "bien", "effacements": "bien"
    }  # fmt: skip
    assert said["disque"]["etat"] in ("bien", "a_voir")


def test_a_base_that_does_not_answer_is_down_then_up_again(data: Path, monkeypatch):
    def gone(*_: object, **__: object) -> None:
        raise DatabaseError("connection to server failed: voices@secret-host")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        status, said = asked()
        assert (status, said["etat"], said["base"]["etat"]) == (503, "panne", "panne")
        assert "secret-host" not in json.dumps(said)
    assert asked()[0] == 200


def test_a_base_whose_file_is_gone_is_down_and_no_other_is_made(data: Path, monkeypatch):
    if connection.vendor != "sqlite":
        pytest.skip("a file")
    moved = data / "parti.sqlite3"
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "NAME", moved)
        assert asked()[0] == 503
    assert not moved.exists()
    assert asked()[0] == 200


@pytest.mark.parametrize("seconds", [0, 45, 61, 3600, -3600])
def test_a_worker_is_down_once_silent_for_a_minute(data: Path, monkeypatch, seconds: int):
    then = time.time() + seconds
    monkeypatch.setattr(time, "time", lambda: then)
    assert asked()[0] == (503 if abs(seconds) > 60 else 200)


def test_a_worker_that_never_was_heard_is_given_a_minute(data: Path, monkeypatch):
    (data / ".battement").unlink()
    assert asked()[0] == 503
    monkeypatch.setattr(health, "_OPENED", time.monotonic() - 30)
    assert asked()[0] == 200


def test_the_heart_beats_until_it_is_told_to_stop(tmp_path, monkeypatch):
    monkeypatch.setattr(heartbeat, "_EVERY", 0.02)
    stopping = threading.Event()
    thread = heartbeat.start(tmp_path, stopping)
    while heartbeat.silence(tmp_path, time.time()) is None:
        time.sleep(0.01)
    stopping.set()
    thread.join(5)
    assert not thread.is_alive()


def test_what_waits_is_told_in_minutes(data: Path):
    job = Job.objects.create(kind=Job.Kind.READ)
    Job.objects.filter(pk=job.pk).update(made_at=job.made_at - timedelta(minutes=7, seconds=30))
    assert asked()[1]["travaux"]["attente_min"] == 7


@pytest.mark.parametrize(
    ("free", "state", "status"), [(2**40, "bien", 200), (2**30, "a_voir", 200), (2**20, "panne", 503)]
)
def test_a_disk_is_told_before_it_is_full(data: Path, monkeypatch, free: int, state: str, status: int):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Disk", (), {"free": free, "total": 2**41})())
    assert (asked()[0], asked()[1]["disque"]["etat"]) == (status, state)


def test_a_backup_that_is_late_is_to_be_looked_at_and_the_site_stays_up(data: Path, monkeypatch):
    passage(testimony(place()))
    assert asked()[0] == 200
    assert asked()[1]["sauvegarde"] == {"etat": "a_voir", "age_h": None}
    old = timezone.now() - timedelta(hours=80, minutes=5)
    monkeypatch.setattr(daily, "told", lambda *_: daily.Told(True, old))
    assert asked()[1]["sauvegarde"] == {"etat": "a_voir", "age_h": 80}


def test_a_backup_put_back_without_the_list_of_erasures_is_to_be_looked_at_until_it_is_given(data: Path):
    remembered.restored(settings.VOICES)
    assert (asked()[0], asked()[1]["effacements"]["etat"], asked()[1]["etat"]) == (200, "a_voir", "a_voir")
    remembered.no_longer_awaited(settings.VOICES)
    assert asked()[1]["effacements"]["etat"] == "bien"


def test_nothing_is_told_but_states_and_small_numbers(data: Path):
    passage(testimony(place("Le Lieu secret")))
    said = asked()[1]
    words = {value for part in said.values() if isinstance(part, dict) for value in part.values()} | {said["etat"]}
    assert all(isinstance(one, int) or one in (None, "bien", "a_voir", "panne") for one in words)
    assert LETTER[:10] not in json.dumps(said)


def test_only_reading_is_answered_and_no_cache_keeps_it(data: Path):
    assert Client().post("/sante").status_code == 405
    answer = Client().get("/sante")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_many_who_ask_make_one_look(monkeypatch):
    looks = []
    watch = health.Watch(lambda: looks.append(1) or health.Health(health.State.WELL, {}))  # type: ignore[func-returns-value]
    assert {watch.now().state for _ in range(1000)} == {health.State.WELL}
    assert len(looks) < 20


def test_a_look_that_does_not_end_holds_nobody_and_is_down(monkeypatch):
    going, ends = threading.Event(), threading.Event()

    def hangs() -> health.Health:
        going.set()
        ends.wait(20)
        return health.Health(health.State.WELL, {})

    watch = health.Watch(hangs)
    thread = threading.Thread(target=watch.now)
    thread.start()
    going.wait(5)
    assert watch.now() is health.DOWN
    ends.set()
    thread.join()
    assert watch.now().state is health.State.WELL
