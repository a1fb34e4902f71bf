"""What people see: progress on anything long, summaries, and nothing but the result when piped."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voices.ports import Progress

if TYPE_CHECKING:
    from rich.console import Console

    from voices.errors import VoicesError
    from voices.pipeline import Watch

_LINES = 20


def console() -> "Console":
    """Where results go: standard output, without colours when piped."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def errors() -> "Console":
    """Where progress and problems go: standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def say_problem(error: "VoicesError") -> None:
    """What happened, and what to do about it."""
    errors().print(f"Problème : {error.problem}\nQue faire : {error.remedy}", highlight=False, markup=False)


def say_json(value: object) -> None:
    """Prints a value a program may read, whole and alone on standard output."""
    import typer

    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


@contextmanager
def progress(*, lines: bool = False) -> Iterator["Watch"]:
    """A Watch that draws a bar with the time left for each step, on a terminal only; elsewhere Rich is not loaded.

    With `lines`, for what takes many minutes: elsewhere, a line on standard error at each twentieth of a step.
    """
    if not sys.stderr.isatty():
        from voices.pipeline import silent

        yield _told if lines else silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=errors(), transient=True) as bars:

        def watch(step: str) -> Progress:
            task = bars.add_task(step, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield watch


def _told(step: str) -> Progress:
    last = -1

    def tell(done: int, total: int) -> None:
        nonlocal last
        if total and done * _LINES // total != last:
            last = done * _LINES // total
            sys.stderr.write(f"{step}\u202f: {done}/{total}\n")

    return tell
