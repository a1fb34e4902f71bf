import pytest

from tests.ingest.conftest import docx, odt, p, zipped
from voices.errors import ReadingError
from voices.ingest.formats import LEAVES, format_of

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("name", "data", "leaf", "told"),
    [
        pytest.param("a.txt", b"Bonjour", "plain", None, id="text"),
        pytest.param("A.TXT", b"Bonjour", "plain", None, id="capitals"),
        pytest.param("a.txt", b"\xef\xbb\xbf\n**** *lieu_brest\nBonjour", "iramuteq", None, id="IRaMuTeQ"),
        pytest.param("a.docx", docx(p("x")), "word", None, id="docx"),
        pytest.param("a.txt", docx(p("x")), "word", ".docx", id="a .txt that is a Word document"),
        pytest.param("a.doc", docx(p("x")), "word", ".docx", id="a .doc that is a .docx"),
        pytest.param("a.doc", rb"{\rtf1\ansi x}", "rtf", ".rtf", id="a .doc that is rich text"),
        pytest.param("a.docx", b"%PDF-1.4 ...", "pdf", ".pdf", id="a .docx that is a PDF"),
        pytest.param("a.docx", odt("<x/>"), "odt", ".odt", id="a .docx that is OpenDocument"),
        pytest.param("a", b"%PDF-1.4 ...", "pdf", ".pdf", id="no suffix"),
        pytest.param("a.xls", b"<html><table></table></html>", "html", ".html", id="an export that is a page"),
        pytest.param("a.txt", b"WEBVTT\n\n", "subtitles", ".vtt", id="subtitles in a .txt"),
        pytest.param("a.txt", b"1\r\n00:00:01,000 --> 00:00:02,000\r\nx", "subtitles", ".srt", id="cues in a .txt"),
        pytest.param("a.xml", b'<?xml version="1.0"?>\n<!DOCTYPE Trans>\n<Trans>', "transcriber", ".trs", id="trs"),
        pytest.param("a.docx", docx(p("x"))[:-9], "word", None, id="a .docx cut short"),
        pytest.param("a.zip", docx(p("x")), "word", ".docx", id="a .zip that is a Word document"),
        pytest.param("a.txt", "Été".encode("utf-16-le") * 50, "plain", None, id="UTF-16 is text"),
        pytest.param("a.txt", b"un\0deux trois", "plain", None, id="a stray NUL is text"),
    ],
)  # fmt: skip
def test_the_reader_is_chosen_by_suffix_and_content(name, data, leaf, told):
    found = format_of(name, data)
    assert (found.leaf, found.told_by_content) == (leaf, told)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        pytest.param("a.txt", b"", "vide", id="empty"),
        pytest.param("a.txt", b"\n  \n", "vide", id="blank"),
        pytest.param("a.xyz", b"Bonjour", "Formats lus", id="unknown"),
        pytest.param("a", b"Bonjour", "sans extension", id="no suffix"),
        pytest.param("a.doc", CFB, "enregistrer en .docx", id="doc"),
        pytest.param("a.xls", CFB, "enregistrer en .xlsx", id="xls"),
        pytest.param("a.docx", CFB, "Ancien format Office", id="a .docx that is an old one"),
        pytest.param("a.docx", CFB + "EncryptedPackage".encode("utf-16-le"), "mot de passe", id="encrypted"),
        pytest.param("a.mp3", b"ID3....", "transcrire", id="sound"),
        pytest.param("a.txt", b"\xff\xd8\xff\xe0....", "image", id="a .txt that is a picture"),
        pytest.param("a.jpg", b"\xff\xd8\xff\xe0....", "reconnaissance de caractères", id="picture"),
        pytest.param("a.mp4", b"\0\0\0\x18ftypmp42", "transcrire", id="film"),
        pytest.param("a.zip", zipped({"a.txt": "x"}), "archive dans une archive", id="zip in a zip"),
        pytest.param("a.rar", b"Rar!....", "décompresser", id="rar"),
        pytest.param("a.txt", bytes(range(256)) * 20, "pas du texte", id="noise"),
        pytest.param("a.pages", b"xx", "exporter en .docx", id="pages"),
    ],
)
def test_what_is_not_read_is_refused_with_the_remedy(name, data, words):
    with pytest.raises(ReadingError) as caught:
        format_of(name, data)
    assert words in str(caught.value)
    assert caught.value.remedy[0].isupper()
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("leaf", sorted(set(LEAVES.values()) | {"iramuteq"}))
def test_every_leaf_named_by_the_table_exists(leaf):
    import importlib

    assert callable(importlib.import_module(f"voices.ingest.{leaf}").read)
