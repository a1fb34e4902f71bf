"""A backup put back: whole or not at all, in place of nothing that is not kept."""

import os
import sqlite3
from contextlib import closing

import pytest

from tests.safekeeping.conftest import ON_SERVER, contents, done, voices
from tests.web.killed.site import Browser


@pytest.fixture
def saved(site, tmp_path):
    """A backup of the site, which went on afterwards."""
    file = tmp_path / "site.sauvegarde"
    done(site, "backup", "--out", file)
    return file


def listing(site):
    """What lies in its folder, but what comes and goes whenever it is opened."""
    passing = {"ouvert", "secret", "envois", "voices.sqlite3-wal", "voices.sqlite3-shm"}
    return sorted(one.name for one in site.folder.iterdir() if one.name not in passing)


def test_what_is_there_is_not_touched_unless_asked(site, saved):
    before, there = contents(site), listing(site)
    refused = voices(site, "restore", saved)
    assert (refused.returncode, "Il y a déjà un site" in refused.stderr) == (2, True)
    assert contents(site) == before
    assert listing(site) == there


def test_replaced_it_is_kept_aside_and_can_be_taken_back(site, saved, new_site):
    held = contents(site)
    other = new_site("other", site.base)
    (other.folder / "cle").write_bytes((site.folder / "cle").read_bytes())
    (other.folder / "notes").write_text("les nôtres")
    if ON_SERVER:
        import psycopg

        with psycopg.connect(other.environ["VOICES_BASE"]) as base:
            base.execute("DELETE FROM store_shortlistitem")
    else:
        with closing(sqlite3.connect(other.folder / "voices.sqlite3")) as base:
            base.execute("DELETE FROM store_shortlistitem")
            base.commit()
    changed = contents(other)
    assert changed != held
    said = done(other, "restore", saved, "--remplacer")
    assert contents(other) == held
    assert other.faults() == []
    if ON_SERVER:
        done(other, "restore", said["former"], "--remplacer")
    else:
        for file in (other.folder / "voices.sqlite3").parent.glob("voices.sqlite3*"):
            file.unlink()
        (other.folder / "voices.sqlite3").write_bytes((other.folder / said["former"] / "voices.sqlite3").read_bytes())
    assert contents(other) == changed


def test_refused_while_the_site_is_open_then_done(site, saved):
    site.start()
    refused = voices(site, "restore", saved, "--remplacer")
    assert (refused.returncode, "est ouvert" in refused.stderr) == (2, True)
    site.kill()
    done(site, "restore", saved, "--remplacer")
    site.start()
    status, _ = Browser(site, "coordination").ask("GET", "/")
    assert status.status == 302  # sessions do not come back: everybody signs in


@pytest.mark.parametrize("damage", ["a byte", "cut short", "not one"])
@pytest.mark.parametrize("replacing", [True, False])
def test_a_damaged_backup_changes_nothing(damage, replacing, site, saved, new_site, tmp_path):
    whole = bytearray(saved.read_bytes())
    if damage == "a byte":
        whole[len(whole) // 2] ^= 1
    else:
        whole = whole[: len(whole) // 2] if damage == "cut short" else bytearray(b"une lettre")
    (tmp_path / "mal.sauvegarde").write_bytes(whole)
    there = site if replacing else new_site("new")
    files = listing(there)
    held = contents(there) if replacing else None
    asked = ["--remplacer"] if replacing else ["--key", site.folder / "cle"]
    refused = voices(there, "restore", tmp_path / "mal.sauvegarde", *asked)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    if replacing:
        assert contents(there) == held
        assert listing(there) == files
    else:
        assert list(there.folder.iterdir()) == []


@pytest.mark.parametrize(("wrong", "told"), [("rien.sauvegarde", "n’est pas là"), ("", "est un dossier")])
def test_a_backup_that_is_not_there_is_told(wrong, told, site, tmp_path):
    refused = voices(site, "restore", tmp_path / wrong, "--remplacer")
    assert (refused.returncode, told in refused.stderr) == (2, True), refused.stderr


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_what_is_refused_leaves_what_was_there_what_is_done_is_its_owners_alone(site, saved, new_site):
    new = new_site("neuf")
    (new.folder / ".effacements.jsonl").touch()
    refused = voices(new, "restore", saved)
    assert (refused.returncode, "fichier de clé" in refused.stderr) == (2, True)
    assert [one.name for one in new.folder.iterdir()] == [".effacements.jsonl"]
    done(new, "restore", saved, "--key", site.folder / "cle")
    assert all(one.stat().st_mode & 0o077 == 0 for one in new.folder.iterdir() if one.name != ".effacements.jsonl")


def test_a_folder_with_another_key_is_told(site, saved, new_site):
    other = new_site("other")
    (other.folder / "cle").write_bytes(b"x" * 44)
    refused = voices(other, "restore", saved, "--key", site.folder / "cle")
    assert (refused.returncode, "n’est pas celle du site sauvegardé" in refused.stderr) == (2, True)


@pytest.mark.skipif(ON_SERVER, reason="a server keeps its own files")
def test_a_base_that_does_not_open_any_more_is_replaced_and_kept(site, saved):
    held, base = contents(site), site.folder / "voices.sqlite3"
    broken = b"SQLite format 3\0" + os.urandom(50_000)
    base.write_bytes(broken)
    said = done(site, "restore", saved, "--remplacer")
    assert contents(site) == held
    assert (site.folder / said["former"] / "voices.sqlite3").read_bytes() == broken


@pytest.mark.long
def test_killed_in_the_middle_it_is_there_or_it_is_not(site, saved, new_site):
    import random
    import subprocess
    import time

    from tests.safekeeping.conftest import COMMAND

    held, chance = contents(site), random.Random(7)
    for number in range(6):
        there = new_site(f"killed{number}", site.base)
        (there.folder / "cle").write_bytes((site.folder / "cle").read_bytes())
        said = [*COMMAND, "restore", str(saved), "--remplacer", "--data", str(there.folder)]
        process = subprocess.Popen(said, env=there.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.5, 5))
        process.kill()
        process.wait()
        assert contents(there) == held
        assert there.faults() == []
        there.close()
