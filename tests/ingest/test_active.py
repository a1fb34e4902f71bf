"""What would act where a document is opened is told, and words that speak of it are not."""

import pytest

from tests.hostile.good import FILES, html
from voices.ingest.active import active

LEAF = {"pdf": "pdf", "rtf": "rtf", "docx": "word", "odt": "odt", "xlsx": "questionnaire", "ods": "questionnaire"}


@pytest.mark.parametrize("suffix", LEAF)
def test_a_sound_document_carries_nothing(suffix: str):
    assert active(FILES[suffix], LEAF[suffix]) is None


@pytest.mark.parametrize(
    ("leaf", "data"),
    [
        ("html", html("<p>Merci</p><SCRIPT src='/a.js'></SCRIPT>")),
        ("html", html("<iframe src='http://exemple.invalid'></iframe>")),
        ("html", html(head="<meta http-equiv='refresh' content='0; url=http://exemple.invalid'>")),
        ("pdf", b"%PDF-1.7 1 0 obj << /OpenAction << /S /JavaScript /JS (a) >> >>"),
        ("rtf", rb"{\rtf1 {\object\objemb{\*\objdata 01}} Merci}"),
        ("word", b"PK\x03\x04...word/vbaProject.bin..."),
        ("questionnaire", b"PK\x03\x04...xl/activeX/activeX1.bin..."),
        ("odt", b"PK\x03\x04...Basic/script-lb.xml..."),
    ],
)
def test_scripts_macros_and_objects_are_told(leaf: str, data: bytes):
    assert "rien n’en a été lu ni exécuté" in (active(data, leaf) or "")


def test_a_letter_that_speaks_of_scripts_carries_none():
    assert active(html("<p>On a écrit le script du spectacle, avec la macro-économie pour objet.</p>"), "html") is None
