"""`voices evaluate` as people type it, in a real process, with the shipped models."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.coding.fakes import labelled
from voices.coding import elsewhere
from voices.coding.figures import Figure
from voices.coding.page import BEGIN, END
from voices.coding.sightless import NO_ENCODER

VOICES = Path(sys.executable).parent / "voices"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def passages(tmp_path_factory):
    """The tiny coded set, as a file."""
    path = tmp_path_factory.mktemp("codes") / "passages.jsonl"
    rows = (
        {
            "testimony_id": one.testimony_id,
            "passage_no": one.number,
            "text": one.text,
            "codes": one.codes,
            "confiance": one.trust,
            "subcodes": one.subcodes,
            "question": one.question,
            "channel": "sms" if row % 2 else "courrier",
        }
        for row, one in enumerate(labelled())
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def voices(tmp_path_factory):
    environment = {**os.environ, "VOICES_CACHE": str(tmp_path_factory.mktemp("cache"))}

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = [str(VOICES), "evaluate", *map(str, arguments)]
        return subprocess.run(words, capture_output=True, text=True, env=environment, timeout=600)

    return call


def test_the_page_the_diagram_and_the_card_are_written(voices, passages, tmp_path):
    card = tmp_path / "card.md"
    card.write_text("# Codeur\n", encoding="utf-8")
    way = elsewhere.Elsewhere("SetFit, 8 exemples", "mesuré hier.", {"macro": Figure(0.5, 0.4, 0.6)})
    elsewhere.write(tmp_path / "measures" / "setfit.json", [way])
    done = voices(passages, "--folds", 2, "--out", tmp_path / "page.md", "--card", card)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "Validation croisée\u202f: 5/5\n" in done.stderr
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    for line in ("## Des voix nouvelles", "| SetFit, 8 exemples | — |", "(images/fiabilite.svg)", "## Où et quand"):
        assert line in page
    ElementTree.parse(tmp_path / "images" / "fiabilite.svg")
    text = card.read_text(encoding="utf-8")
    assert text.startswith(f"# Codeur\n\n{BEGIN}\n")
    assert text.endswith(f"{END}\n")
    assert "Mesuré le " in text


def test_a_file_is_judged_with_the_shipped_coder(voices, passages):
    done = voices("--on", passages, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["passages"] == 96
    assert {one["name"] for one in told["parts"]["channel"]} == {"courrier", "sms"}
    guide = (ROOT / "docs" / "guide" / "analyse.md").read_text(encoding="utf-8")
    assert not [key for key in told if f"`{key}`" not in guide]


def test_another_coder_is_judged_where_it_is_asked(voices, passages):
    done = voices("--on", passages, "--coder", "coder-3a-rapide", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["encoder"] == NO_ENCODER


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param((), "fichier de passages codés", id="no file"),
        pytest.param(("absent.jsonl",), "absent.jsonl", id="a file that is not there"),
        pytest.param(("a.jsonl", "--on", "b.jsonl"), "un seul", id="two files"),
        pytest.param(("a.jsonl", "--rapide", "--encoder", "e5"), "--rapide", id="an encoder for who reads without"),
        pytest.param(("a.jsonl", "--coder", "coder-3a"), "--on", id="a coder where others are learnt"),
        pytest.param(("a.jsonl", "--card", "absente.md"), "absente.md", id="a card that is not there"),
    ],
)
def test_a_mistake_is_told_in_french(voices, arguments, told):
    done = voices(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Que faire" in done.stderr


def test_passages_that_the_coder_learnt_from_are_told(voices, tmp_path):
    rows = (ROOT / "corpora" / "gold" / "coded_passages.jsonl").read_text(encoding="utf-8").splitlines()[:60]
    known = tmp_path / "connus.jsonl"
    known.write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = voices("--on", known, "--json")
    assert done.returncode == 0, done.stderr
    assert "60 passages sur 60 ont servi à l’apprentissage" in " ".join(done.stderr.split())
