"""A table of results: on the screen, into a file for a spreadsheet, or as JSON for a program."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from voices.cli import screen

Cell = str | int | float | None

_WIDEST = 1000
"""Characters of a row, at most: a row is never cut nor folded to fit a screen, which folds it itself."""


class Tabled(Protocol):
    """What has columns, and rows under them."""

    @property
    def columns(self) -> Sequence[str]:
        """The heading of each column."""

    def rows(self) -> Iterable[tuple[Cell, ...]]:
        """The rows, the most telling first."""


def tell(found: Tabled, *, number: int, out: Path | None = None, json: bool = False) -> None:
    """Writes the whole table to `out` where one is given; prints its first rows, or all of them as JSON."""
    if kept(found, out=out, json=json):
        return
    from rich.markup import escape
    from rich.table import Table

    shown = Table(box=None, pad_edge=False)
    first = list(islice(found.rows(), number))
    for at, column in enumerate(found.columns):
        numeric = all(isinstance(row[at], int | float | None) for row in first)
        shown.add_column(column, justify="right" if numeric else "left", no_wrap=True)
    for row in first:
        shown.add_row(*(escape(_shown(cell)) for cell in row))
    wide = screen.console()
    wide.width = _WIDEST
    wide.print(shown)
    say_where(out)


def kept(found: Tabled, *, out: Path | None, json: bool) -> bool:
    """Whether nothing is left to show: the table is printed as JSON, if that was asked. Writes it to `out`."""
    if out:
        _write(found, out)
    if json:
        screen.say_json([dict(zip(found.columns, row, strict=True)) for row in found.rows()])
    return json


def say_where(out: Path | None) -> None:
    """Prints where the whole table lies, if it was written."""
    if out:
        screen.console().print(f"\nTableau entier\u202f: {out}", markup=False)


def write(path: Path, content: bytes) -> None:
    """Writes a file whole, or not at all."""
    from voices.exchange.draft import put

    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, lambda draft: draft.write_bytes(content))


def _write(found: Tabled, out: Path) -> None:
    from voices.exchange.draft import put
    from voices.exchange.sheets import write_csv

    out.parent.mkdir(parents=True, exist_ok=True)
    put(out, lambda path: write_csv(path, found.columns, found.rows()))


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return "" if cell is None else str(cell).replace("\n", " ")
