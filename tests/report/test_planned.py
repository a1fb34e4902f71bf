"""The plan of a report in a file: read, or refused with every fault told."""

from pathlib import Path

import pytest

from tests.report.studies import QUOTABLE, small
from voices.errors import VoicesError
from voices.report import write
from voices.report.plan import Plan
from voices.report.planned import read_plan

CODES = ("accueil", "appartenance", "action")


def plan(folder: Path, said: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(said, encoding="utf-8")
    return path


def test_a_plan_says_parts_and_words(tmp_path: Path):
    said = 'parties = ["themes", "en-bref"]\n[mots]\naccueil = "Vu."\nthemes = """Un.\nDeux."""'
    found = read_plan(plan(tmp_path, said), codes=CODES)
    assert found == Plan(("themes", "en-bref"), {"accueil": "Vu.", "themes": "Un.\nDeux."})


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('parties = ["preface"]\n[mots]\nrecette = "x"', r"« preface » n’est pas une partie ; « recette » n’est ni"),
        ('[mots]\ncodes = "x"', "« codes » n’est ni une partie ni un code"),
        ("[mots]\nthemes = 3", "le mot sur « themes » n’est pas un texte"),
        ('parties = "themes"', "« parties » est une liste"),
        ('ordre = ["themes"]', "« ordre » n’est pas connu"),
        ("parties = [", "ne se lit pas"),
    ],
)
def test_a_fault_is_told_with_what_can_be_said(tmp_path: Path, said: str, told: str):
    with pytest.raises(VoicesError, match=told) as raised:
        read_plan(plan(tmp_path, said), codes=CODES)
    assert "contre-courant" in raised.value.remedy


def test_a_report_is_written_as_its_plan_says(tmp_path: Path):
    said = plan(tmp_path, 'parties = ["themes"]\n[mots]\nthemes = "Notre mot."')
    write(small(), (tmp_path / "a.md",), title="Essai", quotable=QUOTABLE, plan=said)
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert "## 1. Thèmes" in text
    assert "> Notre mot." in text
    assert "En bref" not in text


def test_nothing_is_written_where_the_plan_is_at_fault(tmp_path: Path):
    with pytest.raises(VoicesError):
        write(small(), (tmp_path / "a.html",), title="Essai", plan=tmp_path / "absent.toml")
    assert not (tmp_path / "a.html").exists()
