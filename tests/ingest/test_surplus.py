"""Bytes before or after the document are said, and those that a transfer adds are not."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.hostile.good import FILES
from voices import ingest
from voices.domain import Outcome
from voices.errors import ReadingError
from voices.ingest.archive import open_archive
from voices.ingest.surplus import surplus

LEAF = {"pdf": "pdf", "rtf": "rtf", "docx": "word", "odt": "odt", "xlsx": "questionnaire", "ods": "questionnaire"}


@pytest.mark.parametrize("suffix", LEAF)
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b"", b"", None),
        (b"", b"\r\n\0\0 ", None),
        (b"\xef\xbb\xbf\n", b"", None),
        (b"GIF89a", b"", "avant le document"),
        (b"", b"<script>", "après le document"),
        (b"MZ", b"PDF", "avant et après le document"),
    ],
)
def test_what_stands_around_a_document_is_said(suffix: str, before: bytes, after: bytes, said: str | None):
    found = surplus(before + FILES[suffix] + after, LEAF[suffix])
    assert found is None if said is None else said in (found or "")


@pytest.mark.parametrize("suffix", ["docx", "odt", "xlsx", "ods"])
def test_a_document_hidden_before_another_is_said(suffix: str):
    assert "avant le document" in (surplus(FILES["docx"] + FILES[suffix], LEAF[suffix]) or "")


@pytest.mark.parametrize("around", [(b"MZ", b""), (b"", b"%PDF-1.7")])
def test_an_archive_with_something_around_is_not_opened(around: tuple[bytes, bytes]):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("lettre.txt", "On m’a tiré une chaise.")
        archive.comment = b"de la Cantine"
    assert open_archive(content.getvalue()).namelist() == ["lettre.txt"]
    with pytest.raises(ReadingError, match="autre chose avant ou après"):
        open_archive(around[0] + content.getvalue() + around[1])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("lettre.html", b"<html><body><p>On m'a tir\xc3\xa9 une chaise.", "paraît coupée"),
        ("lettre.html", "<p>On m’a tiré une chaise.".encode(), None),
        ("lettre.html", "<html><p>On m\0’a tiré une chaise.</html>".encode(), "1 caractère nul retiré"),
        ("reponses.csv", "date;lieu;avis\n2024;Lyon;On m’a tiré une chaise\n2024;Ly".encode(), "paraît coupé"),
        ("reponses.csv", "date;lieu;avis\n2024;Lyon;On m’a tiré une chaise\n2024;Ly\n".encode(), None),
        ("reponses.xlsx", "date;lieu;avis\n2024;Lyon;On m’a tiré une chaise près du feu\n".encode(), "vrai format"),
    ],
)
def test_a_file_cut_or_misnamed_is_said_so(tmp_path: Path, name: str, data: bytes, said: str | None):
    (tmp_path / name).write_bytes(data)
    [report] = ingest.read(tmp_path / name).files
    assert report.outcome is (Outcome.READ if said is None else Outcome.WARNED)
    assert any(said in one for one in report.warnings) if said else not report.warnings


def test_a_damaged_workbook_is_never_read_as_a_text(tmp_path: Path):
    (tmp_path / "reponses.xlsx").write_bytes(b"\x01\x02\x03" * 400)
    [report] = ingest.read(tmp_path / "reponses.xlsx").files
    assert (report.outcome, report.reason) == (
        Outcome.REFUSED,
        "Le tableau est abîmé. L’ouvrir dans un tableur et l’enregistrer en .xlsx.",
    )
