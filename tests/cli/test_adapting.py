"""`voices train --from`, as people type it: compared, then adopted or refused, never silently."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VOICES = Path(sys.executable).parent / "voices"
PASSAGES = 60


@pytest.fixture(scope="module")
def voices(tmp_path_factory):
    home = tmp_path_factory.mktemp("maison")
    environment = {**os.environ, "VOICES_CACHE": str(home / "cache"), "VOICES_CLE": str(home / "cle")}

    def call(*arguments, **more):
        words = [str(VOICES), *map(str, arguments)]
        return subprocess.run(words, capture_output=True, text=True, env=environment, timeout=300, **more)

    return call


@pytest.fixture(scope="module")
def decisions(tmp_path_factory):
    lines = (ROOT / "corpora" / "gold" / "coded_passages.jsonl").read_text(encoding="utf-8").splitlines()[:PASSAGES]
    rows = [{**json.loads(line), "who": "SB", "when": "2026-11-20"} for line in lines]
    path = tmp_path_factory.mktemp("decisions") / "decisions.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def adopted(voices, decisions, tmp_path_factory):
    out = tmp_path_factory.mktemp("adopte") / "mien"
    done = voices("train", "--from", decisions, "--out", out, "--gold", decisions, "--adopt")
    assert done.returncode == 0, done.stderr
    return out, done.stdout


def test_the_two_coders_are_shown_side_by_side_before_anything_is_adopted(adopted):
    _, told = adopted
    for words in ("F1 avant", "F1 après", "| accueil |", "sens exact", f"{PASSAGES} décisions", "--gold", "Adopté"):
        assert words in told


@pytest.mark.parametrize(
    ("more", "told"), [((), "Rien n’est adopté"), (("--refuse",), "Refusé")], ids=["no answer", "refused"]
)
def test_without_a_yes_nothing_is_written(voices, decisions, tmp_path, more, told):
    done = voices("train", "--from", decisions, "--out", tmp_path / "mien", *more, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    assert told in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("answer", "written"), [("o\n", True), ("\n", False)], ids=["yes", "nothing typed"])
def test_on_a_terminal_a_person_is_asked(voices, decisions, tmp_path, answer, written):
    ours, theirs = pty.openpty()
    os.write(ours, answer.encode())
    done = voices("train", "--from", decisions, "--out", tmp_path / "mien", stdin=theirs)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "Adopter le nouveau codeur" in done.stderr
    assert (tmp_path / "mien" / "manifest.json").exists() == written


def test_the_adopted_coder_codes_and_is_named(voices, adopted, tmp_path):
    out, _ = adopted
    letter = tmp_path / "lettre.txt"
    letter.write_text("On m’a tiré une chaise. Depuis, j’épluche les carottes du mardi avec eux.", encoding="utf-8")
    revision = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["revision"]
    done = voices("code", letter, "--coder", out, "--out", tmp_path / "etude")
    assert done.returncode == 0, done.stderr
    assert f"coder-3a@{revision}" in (tmp_path / "etude.voices.json").read_text(encoding="utf-8")


def test_a_coder_that_is_not_there_is_named(voices, tmp_path):
    letter = tmp_path / "lettre.txt"
    letter.write_text("On m’a tiré une chaise.", encoding="utf-8")
    done = voices("code", letter, "--coder", "nulle-part", "--out", tmp_path / "etude")
    assert done.returncode == 2
    assert "Il n’y a pas de codeur « nulle-part »" in " ".join(done.stderr.split())


@pytest.mark.parametrize("command", ["code", "train"])
def test_a_folder_that_holds_no_coder_is_named(voices, decisions, tmp_path, command):
    (tmp_path / "lettre.txt").write_text("On m’a tiré une chaise.", encoding="utf-8")
    (tmp_path / "mes-modeles").mkdir()
    words = {"code": (tmp_path / "lettre.txt",), "train": ("--from", decisions)}[command]
    done = voices(command, *words, "--coder", tmp_path / "mes-modeles", "--out", tmp_path / "sortie")
    assert done.returncode == 2
    assert f"« {tmp_path / 'mes-modeles'} »" in done.stderr
    assert "Que faire" in done.stderr


def test_the_comparison_is_alone_on_standard_output_as_json(voices, decisions, tmp_path):
    done = voices("train", "--from", decisions, "--out", tmp_path / "mien", "--json")
    found = json.loads(done.stdout)
    assert (found["adopte"], found["dossier"]) == (False, None)
    assert found["comparaison"]["decisions"]["passages"] == PASSAGES
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "passages codés ou des décisions"),
        (("d.jsonl", "--from", "d.jsonl"), "passages codés ou des décisions"),
        (("d.jsonl", "--adopt"), "qu’avec --from"),
        (("--from", "absent.jsonl"), "absent.jsonl"),
    ],
    ids=["neither", "both", "an answer without a question", "no file"],
)
def test_a_mistake_is_told_with_its_remedy(voices, tmp_path, arguments, told):
    done = voices("train", *arguments, "--out", tmp_path / "mien")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Que faire" in done.stderr


def test_a_folder_that_is_taken_is_refused_before_the_work(voices, decisions, adopted):
    out, _ = adopted
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    done = voices("train", "--from", decisions, "--out", out, "--adopt")
    assert done.returncode == 2
    assert "existe déjà" in done.stderr
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


@pytest.mark.parametrize(
    ("more", "told"), [((), "--remplacer"), (("--remplacer",), "pas un codeur")], ids=["a coder", "anything else"]
)
def test_training_refuses_a_folder_that_is_taken(voices, adopted, tmp_path, more, told):
    (tmp_path / "note.txt").write_text("à garder", encoding="utf-8")
    out = tmp_path if more else adopted[0]
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    done = voices("train", "absent.jsonl", "--out", out, *more)
    assert done.returncode == 2
    assert "existe déjà" in done.stderr
    assert told in done.stderr
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


def test_a_coder_is_replaced_where_it_is_asked(voices, decisions, adopted, tmp_path):
    out = tmp_path / "mien"
    shutil.copytree(adopted[0], out)
    (out / "card.md").write_text("l’ancienne", encoding="utf-8")
    done = voices("train", "--from", decisions, "--out", out, "--adopt", "--remplacer")
    assert done.returncode == 0, done.stderr
    assert "Révision" in (out / "card.md").read_text(encoding="utf-8")
    assert sorted(file.name for file in out.iterdir()) == sorted(file.name for file in adopted[0].iterdir())


def test_an_adapted_coder_is_not_adapted_again(voices, decisions, adopted, tmp_path):
    out, _ = adopted
    done = voices("train", "--from", decisions, "--coder", out, "--out", tmp_path / "encore", "--adopt")
    assert done.returncode == 2
    assert "déjà adapté" in done.stderr
