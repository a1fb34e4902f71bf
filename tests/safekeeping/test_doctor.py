"""`voices doctor` on a site: all that is wrong is told, what can be derived is made anew, nothing is deleted."""

import json
import subprocess
import sys

import pytest

from tests.safekeeping.conftest import ON_SERVER, contents, done, voices

SQL = "from django.db import connection\nconnection.cursor().execute({!r})"
MODELS = "from voices.store.models import *\n"

INDEX = (
    "ALTER TABLE store_passage DROP COLUMN searched_lemmas"
    if ON_SERVER
    else "INSERT INTO store_passage_words (rowid, text, lemmas, question) VALUES (999, 'intrus', '', '')"
)
TRIGGER = "DROP TRIGGER store_passage_vectors_new" + (" ON store_passage" if ON_SERVER else "")
NOTES = "DROP TRIGGER store_changed_passage" + (" ON store_passage" if ON_SERVER else "")
STALE = "Job.objects.create(kind='codage', subject={'passages': []}, state='en_cours', worker='parti/1', beat_at=None)"
ORPHAN = """
deposit = Deposit.objects.create(place=Place.objects.first())
from voices.receiving.sealing import seal_bytes
from django.conf import settings
from hashlib import sha256
X = sha256(b'x').hexdigest()
SourceFile.objects.create(deposit=deposit, name='a.txt', digest=X, size=1, content=seal_bytes(b'x', settings.VOICES))
"""

MENDED = {
    "a word that no passage says": (SQL.format(INDEX), "l’index des mots"),
    "vectors that are not followed": (SQL.format(TRIGGER), "ce qui sert à chercher par le sens"),
    "notes of vectors emptied": (SQL.format("DELETE FROM store_passage_vectors"), "chercher par le sens n’est pas"),
    "notes that are not taken": (SQL.format(NOTES), "Décomptes"),
    "passages without vector": (f"{MODELS}Passage.objects.filter(pk__lt=3).update(vector=None)", "par le sens"),
    "vectors of another encoder": (f"{MODELS}Passage.objects.filter(pk=1).update(vector=b'12')", "par le sens"),
    "what holds is not what was said": (f"{MODELS}Passage.objects.filter(pk=2).update(standing='machine')", "décidé"),
    "a work left there": (MODELS + STALE, "1 travail est resté en suspens"),
    "a file that nobody reads": (MODELS + ORPHAN, "1 fichier attendait sans être lu"),
}
"""The worker does the rest: what was asked of it, a vector that is another encoder's, is looked at no more."""
TOLD = {
    "words that are not the testimony's": (
        f"{MODELS}Passage.objects.filter(pk=1).update(text='Autre chose.')",
        "ne sont pas ceux du témoignage",
    ),
    "a file without its bytes": (
        MODELS + ORPHAN + "SourceFile.objects.update(content=None)",
        "1 fichier en attente n’a plus son contenu",
    ),
    "a frozen report that is no longer what was frozen": (
        f"{MODELS}from django.utils import timezone\n"
        "ReportVersion.objects.create(title='t', frozen_at=timezone.now(), digest='0' * 64, facts=b'{}')",
        "ne sont plus ce qui a été figé",
    ),
    "another key": ("import os\nopen(os.environ['VOICES_DONNEES'] + '/cle', 'w').write('k' * 43 + '=')", "La clé"),
    "no key": ("import os\nos.remove(os.environ['VOICES_DONNEES'] + '/cle')", "n’est plus là"),
}


def breaking(site, code):
    said = f"import django; django.setup()\n{code}"
    subprocess.run([sys.executable, "-c", said], env=site.environ, check=True)


def examined(site, *options):
    ran = voices(site, "doctor", *options, "--json")
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode, json.loads(ran.stdout)


def test_a_sound_site_is_told_so(site):
    code, found = examined(site)
    assert code == 0
    assert [one["found"] for one in found] == ["rien à réparer", "aucune encore"]
    done(site, "backup")  # of a person: the site's own are those of each day


@pytest.mark.parametrize(("code", "told"), MENDED.values(), ids=MENDED.keys())
def test_what_can_be_derived_is_made_anew(code, told, site):
    breaking(site, code)
    before = contents(site)
    status, found = examined(site)
    assert status == 1
    assert [one for one in found if told in f"{one['subject']} {one['found']}"]
    assert contents(site) == before
    status, found = examined(site, "--repair")
    assert status == 0
    assert any(one["found"].startswith("réparé") for one in found)
    after = contents(site)
    assert all(after[label][0] >= count for label, (count, _) in before.items())
    assert examined(site)[0] == 0
    assert [fault for fault in site.faults() if not fault.startswith(("machine", "vectors: vector"))] == []


@pytest.mark.parametrize(("code", "told"), TOLD.values(), ids=TOLD.keys())
def test_what_cannot_is_told_and_left(code, told, site):
    breaking(site, code)
    before = contents(site)
    for options in ((), ("--repair",)):
        status, found = examined(site, *options)
        assert status == 1
        assert [one["remedy"] for one in found if told in one["found"] and not one["well"]]
        assert contents(site) == before


@pytest.mark.skipif(ON_SERVER, reason="a server keeps its own files")
def test_a_base_whose_pages_are_damaged_is_told_and_left(site):
    base = site.folder / "voices.sqlite3"
    pages = bytearray(base.read_bytes())
    at = site.rows("SELECT rootpage FROM sqlite_master WHERE name = 'store_trace'")[0][0]
    for index in range(40, len(pages) // 4096):
        if index + 1 != at:
            pages[index * 4096 : index * 4096 + 8] = b"\xff" * 8
    base.write_bytes(pages)
    ran = voices(site, "doctor", "--repair")
    assert ran.returncode in (1, 2)
    assert "abîmé" in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert base.read_bytes()[: len(pages)] == pages


def test_a_folder_without_a_site_is_told(site, tmp_path):
    if ON_SERVER:
        pytest.skip("the base is elsewhere")
    site.folder = tmp_path / "rien"
    ran = voices(site, "doctor")
    assert (ran.returncode, "Il n’y a pas de site" in ran.stderr) == (2, True)
    assert not (tmp_path / "rien").exists()


def test_a_base_that_is_gone_is_told_from_a_folder_without_a_site(site):
    if ON_SERVER:
        pytest.skip("the base is elsewhere")
    (site.folder / "voices.sqlite3").rename(site.folder / "ailleurs")
    ran = voices(site, "doctor")
    assert (ran.returncode, "La base du site n’est plus" in ran.stderr, "voices restore" in ran.stderr) == (
        2,
        True,
        True,
    )
