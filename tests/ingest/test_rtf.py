import pytest

from tests.ingest.conftest import texts
from voices.errors import ReadingError
from voices.ingest import rtf
from voices.ingest.document import ReadOptions
from voices.ingest.rtf import read


def escaped(text: str, encoding: str) -> bytes:
    return b"".join(b"\\'%02x" % byte if byte > 127 else bytes([byte]) for byte in text.encode(encoding))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(rb"{\rtf1\ansi\ansicpg1252 Un.\par Deux.\par}", ["Un.", "Deux."], id="paragraphs"),
        pytest.param(rb"{\rtf1\ansi\ansicpg1252 l\u8217\'92\'e9t\'e9}", ["l’été"], id="unicode and its stand-in"),
        pytest.param(rb"{\rtf1\ansi\ansicpg1252 c\'9cur\u8239?!}", ["cœur\u202f!"], id="ligature and thin space"),
        pytest.param("{\\rtf1\\ansi\\ansicpg1252 été}".encode("cp1252"), ["été"], id="bytes left bare"),
        pytest.param(b"{\\rtf1\\mac " + escaped("déjà là, été", "mac_roman") + b"}", ["déjà là, été"], id="Macintosh"),
        pytest.param(b"{\\rtf1\\pca " + escaped("déjà là, été", "cp850") + b"}", ["déjà là, été"], id="DOS"),
        pytest.param(
            rb"{\rtf1\ansi{\pict\pngblip " + b"89504e47" * 1000 + rb"}Un.\par}", ["Un."], id="picture taken out"
        ),
        pytest.param(
            rb"{\rtf1\ansi Un.\par\trowd a\cell b\cell\row\trowd c\cell d\cell\row\pard Fin.\par}",
            ["Un.", "a", "b", "c", "d", "Fin."],
            id="table",
        ),
    ],
)
def test_rich_text_gives_its_words(data, expected):
    assert texts(read(data, ReadOptions())) == expected


def test_a_wrong_code_page_is_noticed_and_mended():
    parsed = read(b"{\\rtf1\\ansi\\ansicpg1252 " + escaped("déjà là, l'été, à côté", "mac_roman") + b"}", ReadOptions())
    assert texts(parsed) == ["déjà là, l'été, à côté"]
    assert any("encodage annoncé" in warning for warning in parsed.warnings)


def test_tracked_deletions_that_cannot_be_told_apart_are_said():
    parsed = read(rb"{\rtf1\ansi Un {\deleted deux} trois.}", ReadOptions())
    assert any("suivi des modifications" in warning for warning in parsed.warnings)


def test_a_file_too_large_to_be_a_text_is_refused(monkeypatch):
    monkeypatch.setattr(rtf, "MAX_SIZE", 10)
    with pytest.raises(ReadingError):
        read(rb"{\rtf1\ansi Un deux trois.}", ReadOptions())
