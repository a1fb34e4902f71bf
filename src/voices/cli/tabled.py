"""A table of results: on the screen, into a file for a spreadsheet, or as JSON for a program."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from voices.cli import screen
from voices.errors import SettingsError

Cell = str | int | float | None
Row = tuple[Cell, ...]

_NAMED = 12
"""Parts without rows that are named."""
_WIDEST = 1000
"""Characters of a row, at most: a row is never cut nor folded to fit a screen, which folds it itself."""


class Tabled(Protocol):
    """What has columns, and rows under them."""

    @property
    def columns(self) -> Sequence[str]:
        """The heading of each column."""

    def rows(self) -> Iterable[Row]:
        """The rows, the most telling first."""


@dataclass(frozen=True, slots=True)
class Share:
    """Rows are shown part by part, the strongest of each: the columns that name its part and its strength.

    Of `parts`, those that have no row are told.
    """

    part: str
    strength: str
    parts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """What is said of a table without rows, and what to do about it."""

    problem: str
    remedy: str


def tell(
    found: Tabled,
    *,
    number: int,
    nothing: Nothing,
    share: Share | None = None,
    out: Path | None = None,
    json: bool = False,
) -> None:
    """Writes the whole table to `out` where one is given; prints its first rows, or all of them as JSON.

    With `share`, `number` is of each part. What is not shown is told, and so is that there is nothing to show.
    """
    if kept(found, nothing=nothing, out=out, json=json):
        return
    first, total = _shared(found, number, share) if share else _first(found.rows(), number)
    if first:
        _print(found.columns, first)
        _say_silent(found, first, share)
    say_rest(len(first), total, out)


def say_rest(shown: int, total: int, out: Path | None) -> None:
    """Prints how many lines are not shown and how to have them, or where the whole table lies."""
    if out:
        screen.console().print(f"\nTableau entier\u202f: {out}", markup=False)
    elif shown < total:
        told = f"\n{shown} ligne{'s' if shown > 1 else ''} sur {_thousands(total)}. Pour voir les autres\u202f: "
        screen.console().print(f"{told}--number plus grand, ou --out mots.csv pour toutes.", markup=False)


def _first(rows: Iterable[Row], number: int) -> tuple[list[Row], int]:
    """The first rows, and how many there are."""
    left = iter(rows)
    first = list(islice(left, number))
    return first, len(first) + sum(1 for _ in left)


def _shared(found: Tabled, number: int, share: Share) -> tuple[list[Row], int]:
    """The strongest rows of each part, in the order that they come in, and how many rows there are."""
    rows = list(found.rows())
    part, strength = (found.columns.index(name) for name in (share.part, share.strength))
    parts: dict[Cell, list[int]] = {}
    for at, row in enumerate(rows):
        parts.setdefault(row[part], []).append(at)
    strongest = (sorted(some, key=lambda at: -abs(float(rows[at][strength] or 0)))[:number] for some in parts.values())
    return [rows[at] for at in sorted(at for some in strongest for at in some)], len(rows)


def _say_silent(found: Tabled, shown: Sequence[Row], share: Share | None) -> None:
    """Prints the parts that no row is about."""
    told = {row[found.columns.index(share.part)] for row in shown} if share else set()
    silent = [name for name in share.parts if name not in told] if share else []
    if silent:
        more = f" et {len(silent) - _NAMED} autres" if len(silent) > _NAMED else ""
        screen.console().print(f"\nRien ne se détache pour\u202f: {' ; '.join(silent[:_NAMED])}{more}.", markup=False)


def _print(columns: Sequence[str], rows: Sequence[Row]) -> None:
    from rich.markup import escape
    from rich.table import Table

    shown = Table(box=None, pad_edge=False)
    for at, column in enumerate(columns):
        numeric = all(isinstance(row[at], int | float | None) for row in rows)
        shown.add_column(column, justify="right" if numeric else "left", no_wrap=True)
    for row in rows:
        shown.add_row(*(escape(_shown(cell)) for cell in row))
    wide = screen.console()
    wide.width = _WIDEST
    wide.print(shown)


def kept(found: Tabled, *, nothing: Nothing, out: Path | None, json: bool) -> bool:
    """Whether nothing is left to show: the table is printed as JSON, if that was asked. Writes it to `out`.

    A table without rows is told apart from the results, which stay what a program reads.
    """
    if out:
        _write(found, out)
    if next(iter(found.rows()), None) is None:
        screen.errors().print(f"{nothing.problem}\nQue faire : {nothing.remedy}", markup=False)
    if json:
        screen.say_json([dict(zip(found.columns, row, strict=True)) for row in found.rows()])
    return json


def file_in(*suffixes: str) -> Callable[[Path | None], Path | None]:
    """What refuses, before any work, a file that cannot be written: its name must end as one of these."""

    def check(path: Path | None) -> Path | None:
        if path is not None and (path.suffix.lower() not in suffixes or path.is_dir()):
            raise SettingsError(
                f"On ne peut pas écrire «\u202f{path.name}\u202f» ici.",
                f"Donner un fichier dont le nom finit par {' ou '.join(suffixes)}.",
            )
        return path

    return check


def folder(path: Path | None) -> Path | None:
    """The folder asked for. Raises SettingsError, before any work, for what is a file or is named as one."""
    if path is not None and (path.is_file() or path.suffix[1:].isalpha()):
        raise SettingsError(
            f"«\u202f{path.name}\u202f» est un nom de fichier, et il faut un dossier.",
            "Donner un dossier, par exemple --out classes : les tableaux (.csv) et l’arbre (.svg) y sont écrits.",
        )
    return path


def write(path: Path, content: bytes) -> None:
    """Writes a file whole, or not at all. Raises SettingsError where nothing can be written there."""
    put(path, lambda draft: draft.write_bytes(content))


def put(path: Path, fill: Callable[[Path], object]) -> Path:
    """The path, written whole by `fill`, or not at all. Raises SettingsError where nothing can be written there."""
    from voices.exchange import draft

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return draft.put(path, fill)
    except OSError as error:
        raise SettingsError(
            f"Rien ne peut être écrit à cet endroit\u202f: {path}.",
            "Donner un autre dossier, ou fermer le fichier s’il est ouvert dans un tableur.",
        ) from error


def _write(found: Tabled, out: Path) -> None:
    from voices.exchange.sheets import write_csv

    put(out, lambda path: write_csv(path, found.columns, found.rows()))


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:z.2f}".replace(".", ",")
    return "" if cell is None else str(cell).replace("\n", " ")


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
