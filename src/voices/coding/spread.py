"""Long and independent pieces of work, one after the other or in several processes; the same results either way."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any, TypeVar, cast

from threadpoolctl import threadpool_limits

Given = TypeVar("Given")
Task = TypeVar("Task")
Result = TypeVar("Result")

_shared: list[Any] = []
"""In a process of its own: the work, and what all tasks are given. Sent once, because it is large."""


def in_order(
    work: Callable[[Given, Task], Result], given: Given, tasks: Sequence[Task], *, processes: int = 1
) -> Iterator[Result]:
    """What `work(given, task)` returns for each task, in the order of the tasks.

    Each piece of work has one thread, here as in processes: sums of many terms round otherwise with several. With more
    than one process, a script that calls this must do so under `if __name__ == "__main__"`.
    """
    if min(processes, len(tasks)) <= 1:
        yield from (_alone(work, given, task) for task in tasks)
        return
    pool = ProcessPoolExecutor(
        min(processes, len(tasks)), mp_context=get_context("spawn"), initializer=_share, initargs=(work, given)
    )
    try:
        yield from cast("Iterator[Result]", pool.map(_do, tasks))
    finally:
        pool.shutdown(cancel_futures=True)


def _share(work: Callable[[Any, Any], Any], given: object) -> None:
    _shared[:] = [work, given]
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process when the one that asked for the work was killed: it would wait for ever, words in memory."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(task: object) -> object:
    work, given = _shared
    return _alone(work, given, task)


def _alone(work: Callable[[Given, Task], Result], given: Given, task: Task) -> Result:
    with threadpool_limits(1):
        return work(given, task)
