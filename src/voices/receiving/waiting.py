"""Rows on their way to the base, on the disk until they can all appear at once: the memory stays small."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any


class WaitingRows:
    """Rows in the order they were added, in a file without a name: whatever stops the process, nothing stays of it."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile("w+", dir=folder, encoding="utf-8")  # noqa: SIM115 - closed by __exit__

    def __enter__(self) -> "WaitingRows":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Nothing; the rows are kept after those before."""
        self._file.writelines(json.dumps(row) + "\n" for row in rows)

    def batches(self, size: int) -> Iterator[list[dict[str, Any]]]:
        """The rows, from the first, that many at a time."""
        self._file.seek(0)
        while batch := [json.loads(line) for line in islice(self._file, size)]:
            yield batch
