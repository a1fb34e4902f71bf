"""Nothing leaves beyond its consent, on files too: each file of a run, each form of a report, each command."""

import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from voices import pipeline
from voices.cli import options
from voices.domain import NO_THEMES, OUTLETS, Outlet, Purpose, Study

TODAY = date(2026, 11, 23)
YESTERDAY = f"{TODAY - timedelta(days=1):%d/%m/%Y}"
SAID = "Un {} de voisines m’a tiré une chaise près du poêle. On m’a servi un café chaud, et personne ne m’a jugée."
KINDS = {
    "permis": ("brindezingue", "citations avec prénom;;"),
    "retire": ("calembredaine", "retiré;;"),
    "fini": ("farfouillis", f"citations avec prénom;;{YESTERDAY}"),
    "analyse": ("galimatias", "analyse seulement;;"),
    "inconnu": ("tohubohu", ";;"),
    "presse": ("charivari", "citations avec prénom;presse;"),
    "flou": ("tintamarre", "citations avec prénom;sur une affiche;"),
}
ANALYSED = set(KINDS) - {"retire"}
WORKING = {"passages.csv", "passages.xlsx", "passages.jsonl", pipeline.STUDY_FILE}
"""Tables to work on, within the house: what may be analysed is in them, what was withdrawn is not."""


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Path:
    """A folder of testimonies of every kind, told by their table."""
    root: Path = tmp_path_factory.mktemp("sorties")
    lines = ["fichier;consentement;canaux;jusqu_au"]
    for kind, (mark, consent) in KINDS.items():
        (root / f"{kind}.txt").write_text(SAID.format(mark), encoding="utf-8")
        lines.append(f"{kind}.txt;{consent}")
    (root / "temoignages.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def study(told, settings) -> Study:
    return pipeline.code(pipeline.read(told), settings=settings)


@pytest.mark.parametrize(
    ("outlets", "allowed"),
    [(OUTLETS, {"permis"}), ((Outlet.WEB,), {"permis"}), ((Outlet.PRESS,), {"permis", "presse"})],
    ids=["tous", "site", "presse"],
)
def test_every_file_of_a_run(study, settings, tmp_path, outlets, allowed):
    made = pipeline.quotes(study, outlets=outlets, today=TODAY, per_subject=20, settings=settings)
    full = replace(study, quotes=made, themes=NO_THEMES)
    pipeline.write(full, tmp_path, title="Essai", settings=settings, today=TODAY, outlets=outlets)
    pipeline.report(full, tmp_path / "rapport.md", today=TODAY, outlets=outlets)
    for path in sorted(tmp_path.iterdir()):
        found = _kinds(_text(path))
        assert found <= (ANALYSED if path.name in WORKING else allowed), path.name
    assert _kinds(_text(tmp_path / "rapport.html")) == allowed
    assert _kinds(_text(tmp_path / "passages.jsonl")) == ANALYSED


def test_quotes_of_a_study_made_when_they_were_allowed_leave_no_more(study, settings, tmp_path):
    """The study was kept; since then a day went by, and the report is for another channel."""
    wide = pipeline.quotes(study, outlets=(Outlet.PRESS,), today=TODAY - timedelta(days=2), settings=settings)
    assert _kinds(" ".join(one.text for one in wide)) >= {"fini", "presse"}
    full = replace(study, quotes=wide)
    pipeline.report(full, tmp_path / "rapport.html", today=TODAY, outlets=(Outlet.WEB,))
    assert _kinds(_text(tmp_path / "rapport.html")) <= {"permis"}


@pytest.mark.parametrize("purpose", [Purpose.ANONYMOUS_QUOTES, Purpose.NAMED_QUOTES])
def test_quotes_as_json(study, settings, purpose):
    from voices.cli.summary import quotes_as_json

    made = pipeline.quotes(study, purpose=purpose, today=TODAY, settings=settings)
    assert _kinds(json.dumps(quotes_as_json(replace(study, quotes=made)), ensure_ascii=False)) == {"permis"}


def test_a_channel_that_is_none_is_refused():
    from voices.errors import SettingsError

    assert options.outlets(None) == OUTLETS
    assert options.outlets("presse") == (Outlet.PRESS,)
    with pytest.raises(SettingsError):
        options.outlets("affiche")


def _kinds(text: str) -> set[str]:
    return {kind for kind, (mark, _) in KINDS.items() if mark in text.lower()}


def _text(path: Path) -> str:
    if path.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(path) as opened:
            return "\n".join(opened.read(name).decode(errors="replace") for name in opened.namelist())
    if path.suffix == ".pdf":
        import pdfplumber

        with pdfplumber.open(path) as read:
            return "\n".join(page.extract_text() or "" for page in read.pages)
    return path.read_text(encoding="utf-8")
