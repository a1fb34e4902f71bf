"""What a real word processor writes, and real interviews: files that lie beside the project, not in it."""

from pathlib import Path

import pytest

from voices import ingest
from voices.domain import Outcome, Role

INTEROP = Path(__file__).parents[3] / "shared" / "interop"
pytestmark = pytest.mark.skipif(not INTEROP.is_dir(), reason="les fichiers d’échange ne sont pas à côté du projet")

STEMS = ["parisstories_discussionSansAbris", "rhapsodie_D0006_typo"]


def said(path: Path) -> list[tuple[str | None, str]]:
    turns = ingest.read(path).testimonies[0].turns
    return [(turn.speaker, turn.text) for turn in turns]


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".fodt", ".rtf", ".html"])
@pytest.mark.parametrize("stem", STEMS)
def test_each_format_gives_the_words_of_the_text_beside_it(stem, suffix):
    documents = INTEROP / "documents"
    assert said(documents / f"{stem}{suffix}") == said(documents / f"{stem}.txt")


@pytest.mark.parametrize("stem", STEMS)
def test_a_pdf_gives_the_words_if_not_every_line_end(stem):
    documents = INTEROP / "documents"
    expected = [(who, words.split()) for who, words in said(documents / f"{stem}.txt")]
    assert [(who, words.split()) for who, words in said(documents / f"{stem}.pdf")] == expected


@pytest.mark.parametrize("stem", STEMS)
def test_the_old_word_format_is_refused_with_the_remedy(stem):
    report = ingest.read(INTEROP / "documents" / f"{stem}.doc").files[0]
    assert report.outcome is Outcome.REFUSED
    assert "enregistrer en .docx" in str(report.reason)


@pytest.mark.parametrize("path", sorted((INTEROP / "corpora" / "rhapsodie").glob("*.txt")), ids=lambda path: path.stem)
def test_real_interviews_lose_no_word(path):
    reading = ingest.read(path)
    text = path.read_text(encoding="utf-8")
    found = " ".join(turn.text for turn in reading.testimonies[0].turns).split()
    expected = [line.split(" : ", 1)[-1] for line in text.replace("\u00a0", " ").splitlines()]
    assert found == " ".join(expected).split()
    assert any(turn.role is Role.WITNESS for turn in reading.testimonies[0].turns)
