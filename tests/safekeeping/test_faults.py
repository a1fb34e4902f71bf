"""Disks that fill or close under a site at work: what it confirmed is there once, it tells the rest, it stays up."""

import re
import time

import pytest
from cryptography.fernet import Fernet

from tests.safekeeping import disks
from tests.safekeeping.conftest import ON_SERVER, contents, done, voices
from tests.web.killed.site import Browser, Site
from tests.web.killed.test_killed import _form

pytestmark = pytest.mark.skipif(ON_SERVER, reason="the base of a server lies on its own disk")


@pytest.fixture
def small(tmp_path):
    with disks.disk(tmp_path / "disque", 24) as at:
        yield at


@pytest.fixture
def site(small, new_site, empty):
    """A site with passages to review, on that disk."""
    made = new_site("disque/site", empty)
    made.fill("reviewing")
    yield made
    made.close()


def decide(reviewer: Browser, pk: int) -> tuple[int, str]:
    path = f"/relire/passage/{pk}/decider/"
    return reviewer.send(path, token=f"jeton-{pk}", **{"code-accueil": "-"})


def hand_in(site: Site, coordinator: Browser, name: str, text: str) -> tuple[int, str]:
    body, headers = _form(site, coordinator.seal, name, text)
    answer, page = coordinator.ask("POST", "/deposer/", body, headers)
    return answer.status, page


def told(page: str, what: str = "est plein") -> bool:
    """Whether it is a page of ours that says what happened, and nothing of the machine's."""
    return f"Le disque du serveur {what}" in page and "renvoyez-le" in page and "Traceback" not in page


def test_reviewing_and_handing_in_on_a_full_disk(site, small):
    site.start()
    reviewer, coordinator = Browser(site, "evaluation"), Browser(site, "coordination")
    reviewer.enter(f"/relire/passage/{site.told['passages'][0]}/")
    coordinator.enter("/deposer/")
    filled = disks.Filled(small)
    confirmed: list[int] = []
    refused: list[int] = []
    for pk in site.told["passages"]:
        status, page = decide(reviewer, pk)
        (confirmed if status in (200, 302) else refused).append(pk)
        assert status in (200, 302) or (status == 503 and told(page)), page[-2000:]
    status, page = hand_in(site, coordinator, "longue.txt", "On m’a tiré une chaise. " * 40_000)
    assert (status, told(page)) == (503, True)
    assert refused
    assert reviewer.ask("GET", "/connexion/")[0].status < 500
    kept = [pk for (pk,) in site.rows("SELECT passage_id FROM store_decision ORDER BY id")]
    assert kept == confirmed
    filled.free()
    assert {decide(reviewer, pk)[0] for pk in refused} <= {200, 302}
    assert hand_in(site, coordinator, "lettre.txt", "On m’a tiré une chaise. Personne ne m’a jugée.")[0] == 302
    site.wait_for_work()
    assert sorted(pk for (pk,) in site.rows("SELECT passage_id FROM store_decision")) == site.told["passages"]
    assert site.rows("SELECT name, state FROM store_sourcefile") == [("lettre.txt", "lu")]
    assert site.faults() == []


@pytest.mark.long
def test_coding_and_exporting_on_a_full_disk(site, small):
    site.start()
    coordinator, evaluator = Browser(site, "coordination"), Browser(site, "evaluation")
    coordinator.enter("/deposer/")
    assert hand_in(site, coordinator, "lettre.txt", "On m’a tiré une chaise. Personne ne m’a jugée.")[0] == 302
    filled = disks.Filled(small)
    before = time.monotonic()
    while time.monotonic() - before < 15:  # the worker reads, codes, and cannot write what it found
        answer, page = evaluator.ask("GET", "/tableaux/tableaux.csv")
        assert answer.status in (200, 404) or told(page)
        time.sleep(1)
    assert site.process is not None
    assert site.process.poll() is None
    filled.free()
    site.wait_for_work()
    for (file,) in site.rows("SELECT id FROM store_sourcefile WHERE state <> 'lu'"):  # told so, with a button
        assert coordinator.send(f"/deposer/fichiers/{file}/reessayer/")[0] == 302
    site.wait_for_work()
    assert site.rows("SELECT name, state FROM store_sourcefile") == [("lettre.txt", "lu")]
    assert site.rows("SELECT count(*) FROM store_testimony WHERE file_id IS NOT NULL") == [(1,)]
    assert site.faults() == []


def test_a_backup_on_a_full_disk_leaves_nothing_and_breaks_nothing(site, small, tmp_path):
    held = contents(site)
    (site.folder / "cle").write_bytes(Fernet.generate_key())
    filled = disks.Filled(small)
    ran = voices(site, "backup")
    assert (ran.returncode, "le disque est plein" in ran.stderr) == (2, True), ran.stderr
    filled.free()
    assert [one for one in site.folder.rglob("*") if re.search(r"\.part$|\.aside|\.sauvegarde$", one.name)] == []
    done(site, "backup", "--out", tmp_path / "site.sauvegarde")
    filled = disks.Filled(small)
    ran = voices(site, "restore", tmp_path / "site.sauvegarde", "--remplacer")
    assert (ran.returncode, "le disque est plein" in ran.stderr) == (2, True), ran.stderr
    filled.free()
    assert contents(site) == held
    done(site, "restore", tmp_path / "site.sauvegarde", "--remplacer")
    assert contents(site) == held


def test_a_folder_that_does_not_open_in_writing(site, small, tmp_path):
    site.start()
    site.kill()
    disks.close(small)
    ran = voices(site, "serve", "--port", site.port)
    assert (ran.returncode, "écriture" in ran.stderr) == (2, True), ran.stderr
    assert "Traceback" not in ran.stderr
    disks.reopen(small)
    site.start()
    reviewer = Browser(site, "evaluation")
    reviewer.enter(f"/relire/passage/{site.told['passages'][0]}/")
    with disks.disk(tmp_path / "fermé", 8) as shut:
        disks.close(shut)
        ran = voices(site, "backup", "--out", shut / "site.sauvegarde")
        assert (ran.returncode, "écriture" in ran.stderr) == (2, True), ran.stderr
    assert decide(reviewer, site.told["passages"][0])[0] in (200, 302)
    assert site.faults() == []


CLOSED = "ne s’ouvre plus en écriture"


@pytest.fixture
def on_failing(new_site, empty, tmp_path):
    """A site at work, a decision and a letter just handed in, on a disk that then turns read only."""
    with disks.failing(tmp_path / "disque", 48) as disk:
        site = new_site("disque/site", empty)
        site.fill("reviewing")
        (site.folder / "cle").touch(mode=0o600)
        (site.folder / "cle").write_bytes(Fernet.generate_key())
        site.start()
        reviewer, coordinator = Browser(site, "evaluation"), Browser(site, "coordination")
        reviewer.enter(f"/relire/passage/{site.told['passages'][0]}/")
        coordinator.enter("/deposer/")
        assert decide(reviewer, site.told["passages"][0])[0] in (200, 302)
        assert hand_in(site, coordinator, "lettre.txt", "On m’a tiré une chaise.")[0] == 302
        disk.fail()  # the worker is about to read the letter, or does
        yield site, disk, reviewer, coordinator
        site.kill()


def test_a_disk_that_turns_read_only_under_the_site_at_work(on_failing):
    site, disk, reviewer, coordinator = on_failing
    first, second = site.told["passages"][:2]
    for status, page in (
        decide(reviewer, second),
        hand_in(site, coordinator, "autre.txt", "Personne ne m’a jugée."),
        hand_in(site, coordinator, "longue.txt", "On m’a tiré une chaise. " * 40_000),
    ):
        assert (status, told(page, CLOSED)) == (503, True), page[-2000:]
    assert reviewer.ask("GET", f"/relire/passage/{second}/")[0].status == 200  # what is there is read
    answer, health = reviewer.ask("GET", "/sante")
    assert (answer.status, '"disque": {"etat": "panne"' in health) == (503, True)
    assert site.process is not None
    assert site.process.poll() is None
    site.kill()
    assert "Traceback" not in (site.folder / "serve.log").read_text()
    disk.mend()
    site.start()
    assert site.rows("SELECT passage_id FROM store_decision") == [(first,)]
    assert decide(reviewer, second)[0] in (200, 302)
    assert hand_in(site, coordinator, "autre.txt", "Personne ne m’a jugée.")[0] == 302
    site.wait_for_work()
    assert sorted(site.rows("SELECT name, state FROM store_sourcefile")) == [("autre.txt", "lu"), ("lettre.txt", "lu")]
    assert site.faults() == []


@pytest.mark.long
def test_commands_on_a_disk_that_turned_read_only(on_failing, new_site, tmp_path):
    """The one thing to do there is a backup elsewhere: it can be made, the site open or not, and comes back."""
    site, *_ = on_failing
    closed = "ne s’ouvre pas en écriture"
    for command in (["backup"], ["doctor"], ["doctor", "--repair"]):
        ran = voices(site, *command)
        assert ran.returncode in (1, 2)
        assert closed in ran.stdout + ran.stderr
    done(site, "backup", "--out", tmp_path / "ouvert.sauvegarde")
    site.kill()
    ran = voices(site, "serve", "--port", site.port)
    assert (ran.returncode, "écriture" in ran.stderr) == (2, True), ran.stderr
    done(site, "backup", "--out", tmp_path / "fermé.sauvegarde")
    back = new_site("retour")
    done(back, "restore", tmp_path / "ouvert.sauvegarde", "--key", site.folder / "cle")
    assert back.rows("SELECT passage_id FROM store_decision") == [(site.told["passages"][0],)]
