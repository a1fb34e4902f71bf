"""What people see: progress on anything long, summaries, and nothing but the result when piped."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from voices.ports import Progress

if TYPE_CHECKING:
    from rich.console import Console

    from voices.pipeline import Watch


def console() -> "Console":
    """Where results go: standard output, without colours when piped."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True)


def errors() -> "Console":
    """Where progress and problems go: standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def say_json(value: object) -> None:
    """Prints a value a program may read, whole and alone on standard output."""
    import typer

    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


@contextmanager
def progress() -> Iterator["Watch"]:
    """A Watch that draws a bar with the time left for each step, on a terminal only."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = errors()
    with Bars(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bars:

        def watch(step: str) -> Progress:
            task = bars.add_task(step, total=None)

            def advance(done: int, total: int) -> None:
                bars.update(task, completed=done, total=total)

            return advance

        yield watch
