"""A site of 100,000 passages backed up and restored: time, memory and room, as ratios to the size of its base.

Run: python -m benchmarks.keeping [--passages 100000] [--write]

The base, on SQLite, is that of benchmarks.pages, made in a folder that is thrown away. Each command is a process of its
own, as people type it. The first row is the least that a backup costs: the base copied and compressed, nothing sealed
nor proved. The machine may be shared: seconds of processor are told beside those of the clock. Room is the most that a
command adds to the disk while it works, what it leaves there included, looked at ten times a second.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.written import DOCS, between

PAGE, NAME = DOCS / "speed.md", "speed of keeping"
VOICES = [sys.executable, "-c", "from voices.cli import main; main()"]
COPY = """
import gzip, shutil, sqlite3, sys
base, copy = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2])
base.backup(copy)
copy.close()
with open(sys.argv[2], "rb") as plain, gzip.open(sys.argv[2] + ".gz", "wb", compresslevel=5) as packed:
    shutil.copyfileobj(plain, packed)
"""
FILL = """
import sys
import django
django.setup()
from django.core.management import call_command
from benchmarks import pages
call_command("migrate", verbosity=0, interactive=False)
pages.fill(int(sys.argv[1]))
from django.db import connection
connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took: seconds by the clock and of processor, most bytes of memory and on the disk."""

    name: str
    clock: float
    processor: float
    memory: int
    room: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/speed.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voices-keeping-") as name:
        folder = Path(name)
        site, kept, back = folder / "site", folder / "site.sauvegarde", folder / "retour"
        (site / "static").mkdir(parents=True)
        base = site / "voices.sqlite3"
        in_place([sys.executable, "-c", FILL, str(options.passages)], site)
        size, copied = base.stat().st_size, folder / "copie"
        costs = [
            measured("a plain copy, compressed", [sys.executable, "-c", COPY, str(base), str(copied)], site, folder),
            measured("`voices backup`", [*VOICES, "backup", "--data", str(site), "--out", str(kept)], site, folder),
            measured(
                "`voices restore`, into a new folder",
                [*VOICES, "restore", str(kept), "--data", str(back), "--key", str(site / "cle")],
                back,
                folder,
            ),
            measured("`voices doctor`", [*VOICES, "doctor", "--data", str(back)], back, folder, well=(0, 1)),
        ]
        text = told(options.passages, size, kept.stat().st_size, costs)
    print(text)
    if options.write:
        between(PAGE, NAME, text)
    return 0


def in_place(command: Sequence[str], site: Path) -> None:
    """Nothing; the command was done on that site. Raises CalledProcessError."""
    subprocess.run(command, env=environ(site), check=True)


def environ(site: Path) -> dict[str, str]:
    """What tells a process of that site."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("VOICES_")}
    return known | {"VOICES_DONNEES": str(site), "DJANGO_SETTINGS_MODULE": "voices.web.settings"}


def measured(name: str, command: Sequence[str], site: Path, folder: Path, well: Sequence[int] = (0,)) -> Cost:
    """What that command cost, done once. Raises RuntimeError where its code is not one of `well`."""
    before, start = used(folder), time.perf_counter()
    with watching(folder) as most:
        process = subprocess.Popen(command, env=environ(site), stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)  # it was waited for above, and not by its object
    if process.returncode not in well:
        raise RuntimeError(f"{name}: {process.returncode}")
    clock = time.perf_counter() - start
    processor = usage.ru_utime + usage.ru_stime
    return Cost(name, clock, processor, usage.ru_maxrss * 1024, max(*most, used(folder)) - before)


@contextmanager
def watching(folder: Path) -> Iterator[list[int]]:
    """Bytes used there, again and again meanwhile."""
    seen, over = [used(folder)], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            seen.append(used(folder))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def used(folder: Path) -> int:
    """Bytes that its files take."""
    found = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # it went meanwhile
            found += path.lstat().st_size if path.is_file() else 0
    return found


def told(passages: int, size: int, kept: int, costs: Sequence[Cost]) -> str:
    """Everything, in Markdown."""
    cores, load = os.cpu_count() or 1, os.getloadavg()[0]
    plain = costs[0]
    lines = [
        f"{passages:,} passages, a base of {size / 1e6:,.0f} MB, a backup of {kept / 1e6:,.0f} MB "
        f"(× {kept / size:.2f}). {datetime.now(UTC):%Y-%m-%d}, {cores} cores, {processor()}, no GPU, SQLite; load of "
        f"the machine at the end: {load:.1f}.",
        "",
        "| command | clock | processor | processor, of a plain copy | processor, each 100 MB of base | peak memory | "
        "of the base | room meanwhile | of the base |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.name} | {one.clock:.0f} s | {one.processor:.0f} s | × {one.processor / plain.processor:.1f} | "
        f"{one.processor / size * 1e8:.1f} s | {one.memory / 1e6:.0f} MB | × {one.memory / size:.2f} | "
        f"{one.room / 1e6:,.0f} MB | × {one.room / size:.2f} |"
        for one in costs
    ]
    return "\n".join(lines)


def processor() -> str:
    """Its maker and family."""
    with suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return " ".join(next(line for line in lines if line.startswith("model name")).split()[3:5])
    return "unknown processor"


if __name__ == "__main__":
    sys.exit(main())
