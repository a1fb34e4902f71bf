"""What the doctor tells of what lies around the base, and of what is closed in it: nothing of it can be derived."""

import os
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils import timezone

from tests.web.conftest import place, testimony
from voices.privacy import Correspondence
from voices.receiving.sealing import seal_bytes, seal_names
from voices.safekeeping import drafts, health, rotating
from voices.safekeeping.backing_up import back_up
from voices.safekeeping.places import folder_of
from voices.settings import Settings
from voices.store.models import Deposit, Job, SourceFile

pytestmark = pytest.mark.django_db(transaction=True)
MADE = rotating.named(timezone.now() - timedelta(days=1))
LEFT = f".{MADE}.12.part"


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """A site that keeps a testimony with its true names, and a questionnaire that waits."""
    found = replace(settings.VOICES, data=tmp_path, site_key_apart=tmp_path / "cle", backups=tmp_path / "sauvegardes")
    (tmp_path / "cle").write_bytes(Fernet.generate_key())
    (tmp_path / "sauvegardes").mkdir()
    for _ in range(2):
        testimony(place(), names=seal_names([Correspondence("personne", "Monique", "Chantal")], found))
    SourceFile.objects.create(
        deposit=Deposit.objects.create(place=place()),
        name="a.csv",
        size=7,
        state=SourceFile.State.TO_CHECK,
        digest=sha256(b"bonjour").hexdigest(),
        content=seal_bytes(b"bonjour", found),
    )
    return found


def told(here: Settings) -> list[tuple[str, str]]:
    faults = list(health.faults(here))
    assert all(one.remedy for one in faults)
    return [(one.subject, one.told) for one in faults]


def another_file(here: Settings) -> None:
    SourceFile.objects.update(digest="0" * 64)


def a_byte_of_it(here: Settings) -> None:
    one = SourceFile.objects.get()
    content = bytearray(one.content or b"")
    content[30] ^= 1
    SourceFile.objects.update(content=bytes(content))


def names_that_do_not_open(here: Settings) -> None:
    testimony(place(), names=b"abc")


def another_key(here: Settings) -> None:
    here.site_key.write_bytes(Fernet.generate_key())


def half_a_backup(here: Settings) -> None:
    (folder_of(here) / MADE).write_bytes(b"voices sauvegarde 1\n" + b"x" * 9)


def left_by_a_kill(here: Settings) -> None:
    (folder_of(here) / LEFT).write_bytes(b"x")
    os.utime(folder_of(here) / LEFT, (0, 0))


def a_job_that_waits(here: Settings) -> None:
    Job.objects.create(kind=Job.Kind.CODE, subject={"passages": []})
    Job.objects.update(made_at=timezone.now() - timedelta(days=9))


DAMAGED = {
    another_file: ("Dépôts", "1 fichier en attente n’est plus celui qui a été déposé"),
    a_byte_of_it: ("Dépôts", "1 fichier en attente n’est plus celui qui a été déposé"),
    names_that_do_not_open: ("Noms", "1 table de vrais noms ne s’ouvre pas"),
    another_key: ("Clé", "n’ouvre pas"),
    half_a_backup: ("Sauvegarde", "abîmée ou incomplète"),
    left_by_a_kill: ("Sauvegarde", "1 reste d’une sauvegarde arrêtée"),
    a_job_that_waits: ("Travaux", "un travail attend depuis 9 jours"),
}


@pytest.mark.parametrize("damage", DAMAGED, ids=lambda one: one.__name__)
def test_each_damage_is_told_as_what_it_is(damage, here):
    before = told(here)
    damage(here)
    new = [one for one in told(here) if one not in before]
    subject, words = DAMAGED[damage]
    assert [one for one, _ in new] == [subject]
    assert words in new[0][1]


def test_a_backup_that_can_be_put_back_is_well(here, bases_aside):
    back_up(folder_of(here) / MADE, here)
    assert "Sauvegarde" not in [subject for subject, _ in told(here)]


def test_what_a_kill_left_goes_once_nothing_can_write_it(here):
    left_by_a_kill(here)
    (here.data / ".aside-abc").mkdir()
    (here.data / ".aside-abc" / "voices.sqlite3").write_bytes(b"x")
    theirs = folder_of(here) / "ma copie.sauvegarde"
    theirs.write_bytes(b"x")
    os.utime(theirs, (0, 0))
    drafts.sweep(here, timezone.now())
    assert (here.data / ".aside-abc").exists()  # made just now: someone may be at it
    assert sorted(folder_of(here).iterdir()) == [theirs]
    drafts.sweep(here, timezone.now() + timedelta(hours=7))
    assert not (here.data / ".aside-abc").exists()
