"""Spreadsheets and separated values as rows of strings, as a person sees them."""

import csv
import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO, StringIO

from voices.errors import ReadingError
from voices.ingest.archive import open_document
from voices.ingest.encodings import decode, without_nuls
from voices.ingest.extent import measure

MAX_CELL = 1_000_000
"""Characters a cell may hold; a spreadsheet allows 32,767."""
_DELIMITERS = (";", ",", "\t")
_SAMPLE = 300  # rows on which the delimiter is chosen
_ONE_COLUMN = "\x1f"  # a delimiter no one writes: every line is then one cell
_NAMES = {";": "point-virgule", ",": "virgule", "\t": "tabulation", _ONE_COLUMN: "aucun (une seule colonne)"}


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Rows of cells, none left out: `rows[0]` is the sheet's row 1. Details and warnings are French sentences."""

    rows: tuple[tuple[str, ...], ...]
    details: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_table(data: bytes) -> Table:
    """The same as `table_of`, done apart."""
    from voices.ingest import apart

    found: Table = apart.run("sheets.table_of", data)
    return found


def table_of(data: bytes) -> Table:
    """The rows of a .csv, .tsv, .xlsx or .ods; of several sheets, the one that holds most running text.

    Raises ReadingError where it cannot be read, is protected, or holds a cell of more than MAX_CELL characters.
    """
    table = _workbook(data) if data.startswith(b"PK\x03\x04") else _separated(data)
    if any(len(cell) > MAX_CELL for row in table.rows for cell in row):
        raise _too_large()
    return table


def _too_large() -> ReadingError:
    return ReadingError(
        f"Une cellule du tableau dépasse {MAX_CELL // 1_000_000} million de caractères.",
        "Vérifier les guillemets et le séparateur, ou mettre ce texte dans un document à part.",
    )


def _workbook(data: bytes) -> Table:
    import python_calamine as calamine

    with open_document(data) as archive:
        measure(archive)
    try:
        with calamine.load_workbook(BytesIO(data)) as book:
            sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except calamine.PasswordError as error:
        raise ReadingError("Le tableau est protégé par un mot de passe.", "L’enregistrer sans mot de passe.") from error
    except calamine.CalamineError as error:
        raise ReadingError(
            "Le tableau est abîmé ou d’un format inconnu.", "L’ouvrir dans un tableur et l’enregistrer en .xlsx."
        ) from error
    tables = [tuple(tuple(_shown(cell) for cell in row) for row in sheet) for sheet in sheets]
    weights = [_running_text(rows) for rows in tables]
    best = weights.index(max(weights)) if weights else 0
    left = [rank for rank, rows in enumerate(tables, start=1) if rank != best + 1 and any(map(any, rows))]
    warnings = (f"Feuilles du classeur qui ne sont pas lues\u202f: {_listed(left)}.",) if left else ()
    return Table(tables[best] if tables else (), (), warnings)


def _listed(ranks: Sequence[int]) -> str:
    return ", ".join(f"la {rank}{'ʳᵉ' if rank == 1 else 'ᵉ'}" for rank in ranks)


def _running_text(rows: Sequence[Sequence[str]]) -> int:
    """Characters in cells of five words or more; one for any filled cell, so that a sheet of figures is not empty."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    return len(cells) + 100 * sum(len(cell) for cell in cells if len(cell.split()) >= 5)


def _shown(value: object) -> str:
    """A cell's value as written by a person: whole numbers without « .0 », dates in ISO 8601, « oui » and « non »."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def _separated(data: bytes) -> Table:
    decoded = without_nuls(decode(data))
    text = decoded.text.removeprefix("\ufeff")
    announced = re.match(r"sep=(.)[ \t]*\r?\n", text)
    text = text if announced is None else text[announced.end() :]
    delimiter = announced[1] if announced else _delimiter(text)
    rows = _cells(text, delimiter)
    shown = _NAMES.get(delimiter, delimiter)
    warnings = decoded.warnings
    if misquoted := _misquoted(text, delimiter):
        warnings += (misquoted,)
    if _stops_short(rows, text):
        warnings += ("La dernière ligne est incomplète\u202f: le tableau paraît coupé.",)
    kept = tuple(map(tuple, ([[]] if announced else []) + rows))
    return Table(kept, (*decoded.details, f"Séparateur des colonnes\u202f: {shown}."), warnings)


def _misquoted(text: str, delimiter: str) -> str | None:
    """What to say where quotation marks do not hold: a cell may then have taken in its neighbours."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        with _long_cells():
            for _ in reader:
                pass
    except csv.Error as error:
        if "unexpected end" in str(error):
            return "Un guillemet n’est jamais fermé\u202f: vérifier la fin du tableau."
        where = f"à la ligne {reader.line_num} du fichier d’abord"
        return f"Guillemets mal fermés, {where}\u202f: vérifier que chaque réponse est entière."
    return None


def _stops_short(rows: Sequence[Sequence[str]], text: str) -> bool:
    """Whether the last row, which no end of line closes, alone has fewer cells than all the others."""
    widths = {len(row) for row in rows[:-1]}
    return len(rows) > 2 and len(widths) == 1 and len(rows[-1]) < min(widths) and not text.endswith(("\n", "\r"))


def _delimiter(text: str) -> str:
    """The delimiter that gives most rows the same number of cells, two or more; csv.Sniffer fails on prose."""
    sample = text[:500_000]
    scores = {delimiter: _consistency(sample, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] >= (0.6, 2) else _ONE_COLUMN


def _consistency(text: str, delimiter: str) -> tuple[float, int]:
    """The share of rows that have the header's number of cells, and that number; (0, 0) for a single column."""
    sizes = [len(row) for row in _cells(text, delimiter, limit=_SAMPLE) if any(map(str.strip, row))]
    if not sizes:
        return 0.0, 0
    usual, count = Counter(sizes).most_common(1)[0]
    return (count / len(sizes), usual) if usual > 1 else (0.0, 0)


def _cells(text: str, delimiter: str, *, limit: int | None = None) -> list[list[str]]:
    try:
        with _long_cells():
            reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
            return [row for row, _ in zip(reader, range(limit or len(text) + 1), strict=False)]
    except csv.Error as error:
        raise _too_large() from error


@contextmanager
def _long_cells() -> Iterator[None]:
    """Cells of up to MAX_CELL characters, where Python reads 131,072."""
    allowed = csv.field_size_limit(MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(allowed)
