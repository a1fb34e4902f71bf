"""The backup that the site makes by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import person, place, signed_in, testimony
from voices.safekeeping import daily, rotating
from voices.web.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(tmp_path, bases_aside):
    """The settings of a site in a folder of its own, whose base holds something."""
    testimony(place())
    return replace(settings.VOICES, data=tmp_path, kept=(2, 1, 1), backups=tmp_path / "ailleurs")


def made(here):
    return list(rotating.of_the_site(here.backups.iterdir()))


def test_one_a_day_and_the_oldest_go(here):
    now = timezone.now()
    assert daily.due(here, now)
    for day in range(4):
        moment = now + timedelta(days=day)
        assert daily.due(here, moment)
        path = daily.make(here, moment)
        assert made(here)[0] == path
        assert not daily.due(here, moment + timedelta(hours=20))
        assert daily.told(here, moment) == daily.Told(wanted=True, last=moment.replace(microsecond=0))
    assert len(made(here)) in (2, 3)  # two days, and the last of the month that ended meanwhile, if one did
    assert [one for one in here.data.iterdir() if one.name.startswith(".")] == []


def test_a_failure_is_told_tried_again_in_an_hour_and_forgotten_once_it_goes(here):
    now = timezone.now()
    here.backups.write_text("ceci n’est pas un dossier")
    assert daily.make(here, now) is None
    assert daily.told(here, now).problem == ""  # nowhere to write even that
    here.backups.unlink()
    here.backups.mkdir()
    (here.backups / rotating.named(now)).write_bytes(b"")
    assert daily.make(here, now) is None
    told = daily.told(here, now)
    assert "existe déjà" in told.problem
    assert told.failed_at == now
    assert not daily.due(here, now + timedelta(minutes=30))
    later = now + timedelta(hours=25)
    assert daily.due(here, later)
    assert daily.make(here, later)
    assert daily.told(here, later).problem == ""


def test_a_clock_that_jumps_neither_stops_nor_floods_them(here):
    now = timezone.now()
    daily.make(here, now + timedelta(days=400))  # the clock was wrong that day
    assert daily.told(here, now).last is None
    assert daily.due(here, now)
    path = daily.make(here, now)
    assert path
    assert path.exists()
    assert not daily.due(here, now + timedelta(hours=1))
    daily.make(here, now + timedelta(days=1))
    assert (here.backups / rotating.named(now + timedelta(days=1))).exists()


def test_none_where_none_is_wanted_and_none_of_nothing(here):
    assert not daily.due(replace(here, kept=()), timezone.now())


def test_the_worker_makes_it_and_the_administrator_sees_it(here, monkeypatch):
    monkeypatch.setattr(settings, "VOICES", here)
    desk = signed_in(person("administration"))
    assert "Pas encore de sauvegarde" in desk.get(reverse("activity")).text
    Worker().save()
    assert len(made(here)) == 1
    Worker().save()
    assert len(made(here)) == 1
    assert "Dernière sauvegarde" in desk.get(reverse("activity")).text
    monkeypatch.setattr(settings, "VOICES", replace(here, kept=()))
    assert "ne se sauvegarde pas de lui-même" in desk.get(reverse("activity")).text


def test_the_worker_takes_away_those_of_before_an_update_in_their_time(here, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(settings, "VOICES", here)
    here.backups.mkdir()
    old = [here.backups / rotating.named(now - timedelta(days=age), rotating.BEFORE_UPDATE) for age in (9, 8, 7, 6)]
    theirs = here.backups / "avant-la-version.sauvegarde"
    for path in [*old, theirs]:
        path.write_bytes(b"")
    Worker().save()
    assert [path.exists() for path in [*old, theirs]] == [False, True, True, True, True]
    for day in (1, 2, 3):
        daily.make(here, now + timedelta(days=day))
    Worker().save()
    assert [path.exists() for path in [*old, theirs]] == [False] * 4 + [True]


def test_a_failure_and_a_late_one_are_shown(here, monkeypatch):
    monkeypatch.setattr(settings, "VOICES", here)
    here.backups.mkdir()
    (here.backups / rotating.named(timezone.now() - timedelta(days=5))).write_bytes(b"")
    here.backups.chmod(0o700)
    monkeypatch.setattr(daily, "back_up", _full)
    Worker().save()
    page = signed_in(person("administration")).get(reverse("activity")).text
    assert "C’est trop ancien" in page
    assert "le disque est plein" in page


def test_asked_to_stop_it_leaves_nothing(here, monkeypatch):
    monkeypatch.setattr(settings, "VOICES", here)
    worker = Worker()
    worker.stopping.set()
    worker.save()
    assert not here.backups.exists() or list(here.backups.iterdir()) == []
    assert [one for one in here.data.iterdir() if one.name.startswith(".")] == []


def _full(*_, **__):
    from voices.errors import VoicesError

    raise VoicesError("La sauvegarde ne peut pas être faite : le disque est plein.", "Faire de la place.")
