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


class Failing:
    """A disk that the kernel makes read only in the middle of its use, as it does on a fault; `mend` ends that."""

    def __init__(self, at: Path, image: Path) -> None:
        self.at, self._image = at, image
        self._loop = ""

    def mount(self) -> None:
        """Nothing; it is there. Skips where a file cannot be mounted as a disk of its own."""
        done = subprocess.run(
            ["mount", "-o", "loop,errors=remount-ro", str(self._image), str(self.at)], capture_output=True
        )
        if done.returncode != 0:
            pytest.skip("only root may mount a file as a disk, where there are loop devices")
        found = subprocess.run(["findmnt", "-no", "SOURCE", str(self.at)], capture_output=True, text=True, check=True)
        self._loop = found.stdout.strip()
        assert self._loop.startswith("/dev/loop")  # never a disk of this machine

    def fail(self) -> None:
        """Nothing; nothing more is written there, not even to files that are open."""
        fault = Path("/sys/fs/ext4") / Path(self._loop).name / "trigger_fs_error"
        if not fault.exists():
            pytest.skip("this kernel makes no disk fail on demand")
        fault.write_text("1")

    def mend(self) -> None:
        """Nothing; it was looked at, as at a restart, and opens in writing: no file there may be open.

        What it held lies in another file: who has a view of the mounts of that time would keep the disk as it was.
        """
        subprocess.run(["umount", str(self.at)], check=True)
        former, self._image = self._image, self._image.with_suffix(".mended")
        shutil.copyfile(former, self._image)
        subprocess.run(["e2fsck", "-fy", str(self._image)], capture_output=True, check=False)
        self.mount()


@contextmanager
def failing(at: Path, megabytes: int) -> Iterator[Failing]:
    """A disk of that size, mounted there."""
    at.mkdir()
    image = at.with_suffix(".img")
    with image.open("wb") as file:
        file.truncate(megabytes * 2**20)
    if not shutil.which("mke2fs") or subprocess.run(["mke2fs", "-q", "-t", "ext4", str(image)], check=False).returncode:
        pytest.skip("no ext4 can be made here")
    one = Failing(at, image)
    one.mount()
    try:
        yield one
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


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
