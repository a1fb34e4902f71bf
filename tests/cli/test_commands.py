"""The commands as people type them, in a real process."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from voices.cli.app import COMMANDS

ROOT = Path(__file__).parents[2]
VOICES = Path(sys.executable).parent / "voices"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("maison")


@pytest.fixture(scope="module")
def voices(home):
    def call(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "VOICES_CACHE": str(home / "cache"), "VOICES_CLE": str(home / "cle"), **more}
        words = [str(VOICES), *map(str, arguments)]
        return subprocess.run(words, capture_output=True, text=True, env=environment, timeout=300)

    return call


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_french_help_with_an_example(voices, command):
    done = voices(command, "--help")
    assert done.returncode == 0
    assert f"Exemple : voices {command}" in done.stdout
    assert not re.search(r"\b(Show|required|default|message and exit)\b", done.stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_guide(command):
    assert f"`voices {command}" in (ROOT / "docs" / "guide" / "analyse.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_guide():
    from voices.settings import PREFIX, SETTINGS

    guide = (ROOT / "docs" / "guide" / "analyse.md").read_text(encoding="utf-8")
    assert not [setting.name for setting in SETTINGS if f"`{PREFIX}{setting.name.upper()}`" not in guide]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("lire",), "n’existe pas"),
        (("run", "x"), "Il manque --out"),
        (("run", "x", "--out", "y", "--vite"), "--vite n’existe pas"),
        (("read", "dossier-absent"), "dossier-absent"),
        (("report", "dossier-absent", "--out", "r.html"), "n’est pas une étude"),
        (("train", "absent.jsonl", "--out", "m"), "absent.jsonl"),
        (("read", ".", "--consent", "oui"), "Choisir parmi"),
        (("quotes", ".", "--purpose", "affiche"), "Choisir parmi"),
        (("read", ".", "--columns", "absent.toml"), "absent.toml"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_mistake_is_told_in_french_with_its_remedy(voices, tmp_path, arguments, told):
    done = voices(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Que faire : " in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_unknown_setting_is_refused(voices):
    done = voices("doctor", VOICES_FILLES="3")
    assert done.returncode == 2
    assert "VOICES_FILLES" in done.stderr


def test_read_says_what_became_of_each_file(voices, folder):
    done = voices("read", folder)
    assert done.returncode == 0
    assert re.search(r"refusé +photo\.jpg", done.stdout)
    assert re.search(r"lu +lettre\.txt", done.stdout)
    assert "Bénédicte" not in done.stdout


def test_steps_follow_each_other_through_study_files(voices, folder, tmp_path):
    assert voices("read", folder, "--out", tmp_path / "lu").returncode == 0
    assert voices("code", tmp_path / "lu.voices.json", "--out", tmp_path / "code").returncode == 0
    quotes = voices("quotes", tmp_path / "code.voices.json", "--json")
    assert {"text", "attribution", "subject"} <= set(json.loads(quotes.stdout)[0])
    themes = voices("themes", tmp_path / "code.voices.json", "--json")
    assert "method" in json.loads(themes.stdout)
    written = voices("report", tmp_path / "code.voices.json", "--out", tmp_path / "r.html")
    assert written.stdout.strip() == str(tmp_path / "r.html")


def test_piped_output_has_no_colour_and_no_bar(voices, folder, tmp_path):
    done = voices("run", folder, "--out", tmp_path / "pas" / "encore" / "sortie")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr == ""
    assert str(tmp_path / "pas" / "encore" / "sortie" / "rapport.html") in done.stdout


def test_json_is_alone_on_standard_output(voices, folder, tmp_path):
    summary = json.loads(voices("run", folder, "--out", tmp_path / "sortie", "--json").stdout)
    assert summary["temoignages"] == 4
    assert summary["retires"] == 1
    assert sum(summary["certitude"].values()) == summary["passages"]
    passages = json.loads(voices("code", folder / "lettre.txt", "--json").stdout)
    assert {"passage", "texte", "codings", "probabilities"} <= set(passages[0])


def test_an_interrupted_run_leaves_no_half_written_file(home, tmp_path):
    folder = tmp_path / "longs"
    folder.mkdir()
    for number in range(400):  # enough to be at work still when it is interrupted, however fast the machine
        lines = [f"Le jour {number}.{one}, on m'a gardé une place et j'ai épluché {one} carottes." for one in range(9)]
        (folder / f"lettre-{number}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    environment = {**os.environ, "VOICES_CACHE": str(home / "autre"), "VOICES_CLE": str(home / "cle")}
    command = [str(VOICES), "run", str(folder), "--out", str(tmp_path / "sortie")]
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Tests that run in the background are deaf to Ctrl-C, and so would be what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    for _ in range(600):  # until it is at work: the cache is opened when passages are read by the model
        if (home / "autre").exists():
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Interrompu" in errors
    assert "Traceback" not in errors
    assert not list(tmp_path.rglob("*.part"))
    assert not (tmp_path / "sortie" / "rapport.html").exists()


def test_doctor_finds_all_well(voices):
    done = voices("doctor", "--json")
    assert done.returncode == 0, done.stdout
    assert {"voices", "Encodeur", "Codeur 3A", "Français"} <= {one["subject"] for one in json.loads(done.stdout)}


def test_doctor_tells_what_is_missing(voices, tmp_path):
    done = voices("doctor", VOICES_MODELES=str(tmp_path))
    assert done.returncode == 1
    assert "À VOIR" in done.stdout
