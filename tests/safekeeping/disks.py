"""Disks of a test's own: one so small that it fills, one that does not open in writing. Real ones, mounted by root."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def disk(at: Path, megabytes: int) -> Iterator[Path]:
    """A disk of that size, in memory, mounted there. Skips where mounting is not allowed."""
    at.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(at)], capture_output=True)
    if done.returncode != 0:
        pytest.skip("only root may mount a disk here")
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


def close(at: Path) -> None:
    """Nothing; what is on that disk is read only from now on: no file may be open in writing."""
    subprocess.run(["mount", "-o", "remount,ro", str(at)], check=True)


def reopen(at: Path) -> None:
    """Nothing; it opens in writing again."""
    subprocess.run(["mount", "-o", "remount,rw", str(at)], check=True)


class Filled:
    """A disk without a byte left, until `free`."""

    def __init__(self, at: Path) -> None:
        self._file = at / "tout le reste"
        with suppress(OSError), self._file.open("wb") as file:
            while True:
                file.write(b"x" * 4096)
                file.flush()
        assert shutil.disk_usage(at).free < 4096

    def leave(self, room: int) -> None:
        """Nothing; so many bytes are free again."""
        with self._file.open("r+b") as file:
            file.truncate(self._file.stat().st_size - room)

    def free(self) -> None:
        """Nothing; there is room again."""
        self._file.unlink()
