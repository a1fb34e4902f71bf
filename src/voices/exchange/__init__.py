"""Tables of a study, for a spreadsheet, a statistics program, or another tool."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voices.domain import CodedPassage, Passage, Quote, Study, Testimony

if TYPE_CHECKING:
    from voices.settings import Settings


def write_tables(study: Study, folder: Path, *, settings: "Settings | None" = None) -> tuple[Path, ...]:
    """The paths written in `folder`: passages.csv, .xlsx and .jsonl, themes.json, citations.csv, journal.json.

    Each file appears whole or not at all. Raises OSError where the folder cannot be written.
    """
    from voices.exchange.tables import write_all

    return write_all(study, folder, settings=settings)


def read_passages(path: Path) -> tuple[tuple[Passage, CodedPassage | None], ...]:
    """What passages.jsonl holds: each passage with its coding, as they were when it was written.

    Raises ReadingError where a line is not one of ours.
    """
    from voices.exchange.lines import read

    return read(path)


def quotes_docx(title: str, quotes: Sequence[tuple[Quote, Testimony]]) -> bytes:
    """Quotes that people chose, with their testimonies, as a Word document of that title."""
    from voices.exchange import chosen

    return chosen.docx(title, quotes)


def quotes_csv(quotes: Sequence[tuple[Quote, Testimony]]) -> bytes:
    """The same as a table, for a spreadsheet. No cell can be run as a formula."""
    from voices.exchange import chosen

    return chosen.csv(quotes)


def letter_docx(
    title: str, before: Sequence[str], things: Sequence[str], asking: str, asked: Sequence[str], after: Sequence[str]
) -> bytes:
    """A letter as a Word document: paragraphs, the things it is about, what it asks, how it ends."""
    from voices.exchange import letter

    return letter.docx(title, before, things, asking, asked, after)


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> Iterator[bytes]:
    """A table as CSV for a French spreadsheet, line by line as it is sent. No cell can be run as a formula."""
    from voices.exchange import sheets

    return sheets.csv_lines(columns, rows)


def table_xlsx(name: str, columns: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
    """A table as a workbook, whose one sheet has that name. No cell can be run as a formula."""
    from voices.exchange import sheets

    return sheets.content(lambda path: sheets.write_xlsx(path, name, columns, rows))
