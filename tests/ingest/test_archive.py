import io
import struct
import zipfile

import pytest

from tests.ingest.conftest import docx, encrypted, odt, p, zipped
from voices import ingest
from voices.domain import Outcome
from voices.errors import ReadingError
from voices.ingest import archive as archives
from voices.ingest.archive import members, open_document, open_zip, read_member


def test_a_zip_is_read_like_a_folder(folder):
    path = folder({"envoi.zip": zipped({"b.txt": "Deux.", "sous/a.txt": "Un."})}) / "envoi.zip"
    reading = ingest.read(path)
    assert [file.path for file in reading.files] == ["envoi.zip/b.txt", "envoi.zip/sous/a.txt"]
    assert [testimony.turns[0].text for testimony in reading.testimonies] == ["Deux.", "Un."]


@pytest.mark.parametrize(
    "name",
    ["../dehors.txt", "/etc/dehors.txt", "a/../../dehors.txt", "C:\\dehors.txt", "..\\dehors.txt"],
)
def test_a_name_that_leaves_the_archive_is_refused_and_nothing_is_written(folder, name):
    root = folder({"envoi.zip": zipped({name: "Dehors.", "dedans.txt": "Dedans."})})
    before = sorted(root.parent.rglob("*"))
    reading = ingest.read(root / "envoi.zip")
    assert [file.outcome for file in reading.files].count(Outcome.REFUSED) == 1
    assert [testimony.turns[0].text for testimony in reading.testimonies] == ["Dedans."]
    assert sorted(root.parent.rglob("*")) == before


def test_a_bomb_by_ratio_is_refused_before_it_is_inflated():
    with pytest.raises(ReadingError, match="démesuré"):
        open_zip(zipped({"zeros.txt": b"0" * 50_000_000}))


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_ENTRIES", 3)
    with pytest.raises(ReadingError, match="démesuré"):
        open_zip(zipped({f"{n}.txt": "x" for n in range(4)}))


def test_too_large_a_total_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_TOTAL", 100)
    with pytest.raises(ReadingError, match="démesuré"):
        open_zip(zipped({"a.txt": "x" * 101}))


def test_a_document_whose_part_is_there_twice_is_refused():
    content = io.BytesIO(docx(p("Merci à toutes.")))
    with zipfile.ZipFile(content, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", archive.read("word/document.xml"))
    with pytest.raises(ReadingError, match="deux fois la même partie"):
        open_document(content.getvalue())


def test_a_member_never_gives_more_than_it_announced():
    data = bytearray(zipped({"a.txt": b"a" * 100_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    with open_zip(bytes(data)) as archive, pytest.raises(ReadingError):
        read_member(archive, "a.txt")


@pytest.mark.parametrize("make", [docx, odt], ids=["docx", "odt"])
def test_an_office_document_that_is_a_bomb_is_refused(folder, make):
    body = "<w:p/>" if make is docx else ""
    data = make(body + " " * 60_000_000)
    report = ingest.read(folder({f"bombe.{make.__name__}": data})).files[0]
    assert report.outcome is Outcome.REFUSED
    assert "démesuré" in (report.reason or "")


def test_an_archive_in_an_archive_is_refused_with_the_remedy(folder):
    path = folder({"envoi.zip": zipped({"dedans.zip": zipped({"a.txt": "Un."}), "b.txt": "Deux."})})
    reports = ingest.read(path / "envoi.zip").files
    assert [report.outcome for report in reports] == [Outcome.READ, Outcome.REFUSED]
    assert reports[1].reason == "Une archive dans une archive n’est pas ouverte. En sortir les fichiers."


def test_a_damaged_archive_is_refused_and_the_others_are_read(folder):
    good = zipped({"a.txt": "Un."})
    reading = ingest.read(folder({"abimee.zip": good[:-20], "b.txt": "Deux."}))
    assert [file.outcome for file in reading.files] == [Outcome.REFUSED, Outcome.READ]


def test_a_damaged_member_is_refused_and_the_others_are_read(folder):
    data = bytearray(zipped({"a.txt": "Un deux trois quatre.", "b.txt": "Cinq."}))
    data[data.find(b"a.txt") + 6] ^= 0xFF
    reading = ingest.read(folder({"envoi.zip": bytes(data)}))
    assert [file.outcome for file in reading.files] == [Outcome.REFUSED, Outcome.READ]


def test_an_archive_closed_by_a_password_is_refused_once(folder):
    closed = encrypted(zipped({"a.txt": "Un.", "sous/b.txt": "Deux."}))
    reports = ingest.read(folder({"envoi.zip": closed}) / "envoi.zip").files
    assert [(one.path, one.outcome, one.reason) for one in reports] == [
        ("envoi.zip", Outcome.REFUSED, "L’archive est protégée par un mot de passe. La refaire sans mot de passe.")
    ]


def test_of_an_archive_where_a_password_closes_one_file_the_others_are_read(folder):
    some = encrypted(zipped({"a.txt": "Un.", "b.txt": "Deux."}), only="b.txt")
    reports = ingest.read(folder({"envoi.zip": some}) / "envoi.zip").files
    assert [(one.path, one.outcome) for one in reports] == [
        ("envoi.zip/a.txt", Outcome.READ), ("envoi.zip/b.txt", Outcome.REFUSED)
    ]  # fmt: skip
    assert "mot de passe" in (reports[1].reason or "")


@pytest.mark.parametrize("encoding", ["cp850", "utf-8"])
def test_accents_in_names_are_read_as_they_were_written(encoding):
    data = zipped({"xxxxxxxxxxxx.txt": "Un."}).replace(
        b"xxxxxxxxxxxx", "été à Mâcon".encode(encoding).ljust(12, b"_")[:12]
    )
    if encoding == "utf-8":
        data = zipped({"xxxxxxxxxxxxxxx.txt": "Un."}).replace(b"x" * 15, "été à Mâcon".encode())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert members(archive)[0].name.startswith("été à Mâcon")


def test_a_text_within_a_zip_may_be_a_word_document(folder):
    path = folder({"envoi.zip": zipped({"lettre.docx": docx(p("Bonjour."))})})
    assert ingest.read(path).testimonies[0].turns[0].text == "Bonjour."
