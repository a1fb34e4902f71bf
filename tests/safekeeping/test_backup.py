"""A backup made while people work: what it holds is of one moment, closed to who has no key, and proved."""

import os
import stat
import threading
from itertools import count

import pytest
from cryptography.fernet import Fernet

from tests.safekeeping.conftest import ON_SERVER, contents, done, voices
from tests.web.killed.killing import LOST
from tests.web.killed.site import Browser

WORDS = ("chaise près du poêle", "Bérénice", "Monique", "carottes")


def test_it_holds_everything_and_comes_back(site, new_site, tmp_path):
    file = tmp_path / "site.sauvegarde"
    (site.folder / "codeurs" / "le nôtre").mkdir(parents=True)
    (site.folder / "codeurs" / "le nôtre" / "poids").write_bytes(os.urandom(200_000))
    said = done(site, "backup", "--out", file)
    assert said["files"] == 1
    back = new_site("back")
    done(back, "restore", file, "--key", site.folder / "cle")
    assert contents(back) == contents(site)
    assert back.faults() == []
    for name in ("codeurs/le nôtre/poids", "cle"):
        assert (back.folder / name).read_bytes() == (site.folder / name).read_bytes()
    assert stat.S_IMODE((back.folder / "cle").stat().st_mode) == 0o600


def test_a_coder_of_ones_own_comes_along_wherever_it_lies(site, new_site, tmp_path):
    coder, file = tmp_path / "notre codeur", tmp_path / "site.sauvegarde"
    (coder / "dedans").mkdir(parents=True)
    (coder / "poids").write_bytes(b"1" * 60_000)
    (coder / "dedans" / "carte.md").write_bytes(b"2")
    assert done(site, "backup", "--out", file, VOICES_CODEUR=str(coder))["files"] == 2
    back = new_site("back")
    ran = voices(back, "restore", file, "--key", site.folder / "cle")
    put_back = back.folder / "codeurs" / "notre codeur"
    assert str(put_back) in ran.stdout
    assert "VOICES_CODEUR" in ran.stdout
    assert (put_back / "poids").read_bytes() == b"1" * 60_000
    assert (put_back / "dedans" / "carte.md").read_bytes() == b"2"


def test_keys_renewed_since_are_in_no_backup_and_open_the_older(site, new_site, tmp_path):
    before, after = tmp_path / "1.sauvegarde", tmp_path / "2.sauvegarde"
    done(site, "backup", "--out", before)
    old = (site.folder / "cle").read_bytes()
    (site.folder / "cle.ancienne-2026-11-23-120000").write_bytes(old)
    (site.folder / "cle").write_bytes(Fernet.generate_key() + b"\n" + old)  # as while it is renewed
    assert done(site, "backup", "--out", after)["files"] == 0
    for name, file in (("old", before), ("new", after)):
        back = new_site(name)
        done(back, "restore", file, "--key", site.folder / "cle")
        assert contents(back) == contents(site)


def test_who_has_no_key_learns_nothing_of_it(site, tmp_path):
    file = tmp_path / "site.sauvegarde"
    done(site, "backup", "--out", file)
    held = file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not [word for word in WORDS if word.encode() in held]
    for secret in ("cle", "secret"):
        assert (site.folder / secret).read_bytes().strip() not in held


def test_a_key_of_its_own(site, new_site, tmp_path):
    file, key = tmp_path / "site.sauvegarde", tmp_path / "autre"
    key.write_bytes(b"une cle pour les sauvegardes\n")
    done(site, "backup", "--out", file, "--key", key)
    refused = voices(new_site("sans"), "restore", file, "--key", site.folder / "cle")
    assert (refused.returncode, "La clé n’ouvre pas" in refused.stderr) == (2, True)
    back = new_site("back")
    refused = voices(back, "restore", file, "--key", key)  # what is sealed in the base needs the site's key
    assert (refused.returncode, "Copier la clé de ce site" in refused.stderr) == (2, True)
    (back.folder / "cle").write_bytes((site.folder / "cle").read_bytes())
    done(back, "restore", file, "--key", key)
    assert contents(back) == contents(site)


def test_none_is_ever_written_over(site, tmp_path):
    file = tmp_path / "site.sauvegarde"
    done(site, "backup", "--out", file)
    before = file.read_bytes()
    refused = voices(site, "backup", "--out", file)
    assert (refused.returncode, "existe déjà" in refused.stderr) == (2, True)
    assert file.read_bytes() == before
    assert list(tmp_path.glob(".*")) == []


def test_by_itself_it_goes_with_the_others_which_it_does_not_hold(site):
    first = done(site, "backup")
    second = done(site, "backup", VOICES_SAUVEGARDES=str(site.folder / "ailleurs"))
    assert first["path"].startswith(str(site.folder / "sauvegardes"))
    assert second["path"].startswith(str(site.folder / "ailleurs"))
    assert first["files"] == second["files"] == 0
    assert list((site.folder / "sauvegardes").glob(".*")) == []


@pytest.mark.long
@pytest.mark.parametrize("site_of", ["reviewing"])
def test_made_while_people_review_it_is_of_one_moment(site_of, filled, new_site, tmp_path):
    site = new_site("busy")
    site.fill("nothing")
    site.fill(site_of)
    site.start()
    reviewer, over, sent = Browser(site, "evaluation"), threading.Event(), []
    reviewer.enter(f"/relire/passage/{site.told['passages'][0]}/")

    def review() -> None:
        for number in count():
            if over.is_set():
                return
            pk = site.told["passages"][number % len(site.told["passages"])]
            try:
                reviewer.send(f"/relire/passage/{pk}/decider/", token=f"jeton-{number}", **{"code-accueil": "-"})
            except LOST:
                continue
            sent.append(pk)

    someone = threading.Thread(target=review)
    someone.start()
    try:
        for number in range(3):
            held_before = site.rows("SELECT count(*) FROM store_decision")[0][0]
            done(site, "backup", "--out", tmp_path / f"{number}.sauvegarde")
            held_after = site.rows("SELECT count(*) FROM store_decision")[0][0]
            back = new_site(f"back{number}")
            done(back, "restore", tmp_path / f"{number}.sauvegarde", "--key", site.folder / "cle")
            assert held_before <= back.rows("SELECT count(*) FROM store_decision")[0][0] <= held_after
            assert back.faults() == []  # what stands is what the decisions of that moment say
        assert held_after > held_before or len(sent) > 3
    finally:
        over.set()
        someone.join()


@pytest.mark.skipif(not ON_SERVER, reason="from one base to the other")
@pytest.mark.parametrize("way", ["to the server", "to a file"])
def test_a_file_and_a_server_hand_each_other_their_rows(way, site, new_site, tmp_path):
    file = tmp_path / "site.sauvegarde"
    done(site, "backup", "--out", file)
    elsewhere = new_site("elsewhere")
    elsewhere.environ["VOICES_BASE"] = ""
    done(elsewhere, "restore", file, "--key", site.folder / "cle")
    assert contents(elsewhere) == contents(site)
    if way == "to the server":
        done(elsewhere, "backup", "--out", tmp_path / "2.sauvegarde")
        back = new_site("back")
        done(back, "restore", tmp_path / "2.sauvegarde", "--key", site.folder / "cle")
        assert contents(back) == contents(site)
        assert back.faults() == []
