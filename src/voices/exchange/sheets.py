"""Tables as spreadsheets open them: CSV for a French Excel, XLSX. No cell can be run as a formula."""

import csv
import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

from voices.exchange.rows import Cell

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST = 32_767
"""Characters that a cell of Excel can hold."""
_CUT = "… [suite dans passages.csv]"
_WIDTHS = {"texte": 90, "citation": 90, "preuve": 60, "question": 45, "lieu": 32, "theme_libelle": 32}
_WRAPPED = ("texte", "citation", "preuve", "question")


def harmless(text: str) -> str:
    """The same text, after an apostrophe where a spreadsheet would take its beginning for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """UTF-8 with a byte order mark, semicolons, decimal commas: what Excel opens in French with a double click."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([harmless(column) for column in columns])
        writer.writerows([_french(cell) for cell in row] for row in rows)


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The lines of the same CSV, one after the other, as they come: for what is sent while it is read."""
    writer = csv.writer(_Through(), delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf" + writer.writerow([harmless(column) for column in columns])
    for row in rows:
        yield writer.writerow([_french(cell) for cell in row])


class _Through:
    """A file that gives back what is written to it, and keeps nothing."""

    def write(self, line: str) -> bytes:
        return line.encode("utf-8", "replace")


def write_xlsx(path: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """One sheet, its header frozen, with filters; strings are strings, never formulas, links nor numbers."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    # A fixed date: the same study gives the same file.
    book.set_properties({"title": name, "created": datetime.datetime(2000, 1, 1)})
    sheet = book.add_worksheet(name)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top"})
    rate = book.add_format({"num_format": "0.00", "valign": "top"})
    for index, column in enumerate(columns):
        sheet.set_column(index, index, _WIDTHS.get(column, max(11, len(column) + 3)))
        sheet.write_string(0, index, column, book.add_format({"bold": True, "bottom": 1, "bg_color": "#F3ECDF"}))
    last = 0
    for last, row in enumerate(rows, start=1):
        for index, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(last, index, _fit(cell), wrapped if columns[index] in _WRAPPED else plain)
            elif cell is not None:
                sheet.write_number(last, index, cell, rate if isinstance(cell, float) else plain)
    sheet.freeze_panes(1, 3)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    book.close()


def content(write: Callable[[Path], None]) -> bytes:
    """What `write` puts into the file that it is given."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        write(path)
        return path.read_bytes()


def _french(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return harmless(cell) if isinstance(cell, str) else str(cell)


def _fit(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT
