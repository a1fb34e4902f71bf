"""How far the filled cells of a workbook go: whoever opens it makes room for all that lies before them."""

import re
import zipfile

from voices.errors import ReadingError
from voices.ingest.archive import read_member

MAX_CELLS = 10_000_000
"""Rows times columns; the largest questionnaires have a tenth of it."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_FILLED = re.compile(rb"<(?:\w{1,20}:)?c\s[^<>]{0,200}?\br=[\"']([A-Za-z]{1,9})(\d{1,12})[\"'][^<>]{0,200}(?<!/)>")


def measure(archive: zipfile.ZipFile) -> None:
    """Nothing. Raises ReadingError where a sheet has a filled cell so far away that the whole would not be held."""
    for name in archive.namelist():
        if _SHEET.fullmatch(name):
            _measure(read_member(archive, name))


def _measure(sheet: bytes) -> None:
    rows = columns = 0
    for letters, figures in _FILLED.findall(sheet):
        rows, columns = max(rows, int(figures)), max(columns, _rank(letters))
    if rows * columns > MAX_CELLS:
        raise ReadingError(
            "Ce tableau s’étend sur un nombre démesuré de lignes et de colonnes\u202f: il n’a pas été ouvert.",
            "Supprimer les cellules isolées, loin du tableau, et l’enregistrer à nouveau.",
        )


def _rank(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    rank = 0
    for letter in letters.upper():
        rank = 26 * rank + letter - 64
    return rank
