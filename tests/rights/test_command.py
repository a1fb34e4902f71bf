"""`voices droits`, as a person types it, on a site of its own: down to the bytes of its folder."""

import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

RARE = "brindezingue"
MADE = f"""
from voices.cli import site
from pathlib import Path
settings = site.opened(Path(__import__("sys").argv[1]), new=True)
from django.core.management import call_command
call_command("migrate", verbosity=0)
from voices.privacy import Correspondence
from voices.receiving.sealing import seal_names
from voices.store.models import Passage, Place, Publication, Testimony
here = Place.objects.create(name="Le Fournil", slug="fournil")
said = "Une {RARE} m’a tiré une chaise."
names = seal_names([Correspondence("personne", "Josiane Lagarde", "Monique")], settings)
one = Testimony.objects.create(key="t-1", place=here, text=said, turns=[[0, len(said), "temoin", None, False, None]],
    consent="citations_anonymes", names=names)
Passage.objects.create(testimony=one, place=here, number=1, start=0, end=len(said), text=said, turn=0,
    sentences=[[0, len(said)]], lemmas=said.lower())
Publication.objects.create(testimony=one, text=said, form="texte", where="Affiche")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A site with one testimony, that was quoted."""
    found: Path = tmp_path_factory.mktemp("site")
    _python("-c", MADE, str(found), folder=found)
    return found


def _python(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VOICES_", "DJANGO_"))}
    env = kept | {"VOICES_DONNEES": str(folder), "VOICES_CACHE": str(folder / "cache")}
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=env, check=False)


def _voices(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _python("-c", "from voices.cli import main; main()", *arguments, "--data", str(folder), folder=folder)


def test_a_person_is_found_told_given_and_erased(folder, tmp_path):
    found = _voices(folder, "droits", "chercher", "lagarde")
    assert found.stdout.startswith("1 · Le Fournil"), found.stderr
    told = _voices(folder, "droits", "sorties", "1", "--lettre", str(tmp_path / "lettre.docx"))
    assert "Affiche" in told.stdout
    assert zipfile.is_zipfile(tmp_path / "lettre.docx")
    _voices(folder, "droits", "copie", "1", "--out", str(tmp_path / "tout.zip"))
    with zipfile.ZipFile(tmp_path / "tout.zip") as opened:
        assert "Josiane Lagarde" in opened.read("tout.json").decode()
    saved = tmp_path / "site.sauvegarde"
    assert _voices(folder, "backup", "--out", str(saved)).returncode == 0
    refused = _voices(folder, "droits", "effacer", "1", "--motif", "Demande")
    assert refused.returncode == 2
    assert "--oui" in refused.stderr
    named = _voices(folder, "droits", "effacer", "1", "--motif", "Demande de Mme Lagarde", "--oui")
    assert "Ce motif contient un nom" in named.stderr
    assert RARE.encode() in _bytes(folder)
    done = _voices(folder, "droits", "effacer", "1", "--motif", "Demande", "--oui")
    assert done.returncode == 0, done.stderr
    assert "a été effacé" in done.stdout
    assert RARE.encode() not in _bytes(folder)
    assert "Il n’y a pas de témoignage" in _voices(folder, "droits", "sorties", "1").stderr
    put_back = _voices(folder, "restore", str(saved), "--remplacer")
    assert "effacés de nouveau : 1" in put_back.stdout, put_back.stderr
    assert "Il n’y a pas de témoignage" in _voices(folder, "droits", "sorties", "1").stderr

    assert "ATTENTION" not in put_back.stderr
    assert not (folder / ".effacements-attendus").exists()
    _without_the_list_it_is_asked_for(saved, folder, tmp_path / "neuf")


def _without_the_list_it_is_asked_for(saved: Path, former: Path, new: Path) -> None:
    """What had been erased comes back: it is said at once, then by the doctor, until the list is given."""
    put_back = _voices(new, "restore", str(saved), "--key", str(former / "cle"))
    assert put_back.returncode == 0, put_back.stderr
    assert "ATTENTION : LA LISTE DES EFFACEMENTS MANQUE" in put_back.stderr
    assert f"voices droits liste --data {new} FICHIER" in put_back.stderr
    assert RARE.encode() in _bytes(new)
    assert "droits liste" in _voices(new, "doctor").stdout
    for wrong, told in ((new / "rien", "n’est pas là"), (former / "cle", "ne dit aucun effacement")):
        refused = _voices(new, "droits", "liste", str(wrong))
        assert (refused.returncode, told in refused.stderr) == (2, True), refused.stderr
    assert _voices(new, "droits", "liste").returncode == 2
    given = _voices(new, "droits", "liste", str(former / ".effacements.jsonl"))
    assert "Témoignages effacés de nouveau : 1" in given.stdout, given.stderr
    assert "Il n’y a pas de témoignage" in _voices(new, "droits", "sorties", "1").stderr
    assert "droits liste" not in _voices(new, "doctor").stdout
    with closing(sqlite3.connect(new / "voices.sqlite3")) as base:
        assert base.execute("SELECT what, about FROM store_trace").fetchall() == [
            ("Liste des effacements donnée", "depuis la machine ; effacés de nouveau : 1")
        ]


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
