"""Reads files in a process of its own, bounded and cut off, and tells what became of each.

Memory is bounded by the system; a file that takes too long ends the process; whatever opens a socket, writes a file or
starts a program ends it too, whichever reader asks for it.
"""

import json
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

import psutil

from voices.domain import FileReport, Outcome
from voices.errors import ReadingError
from voices.ingest import ReadOptions, held
from voices.ingest.metadata import is_sheet_name

SECONDS, MEMORY = 60, 2**30
_FORBIDDEN = ("socket.", "os.system", "os.exec", "urllib.", "ftplib.")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    contents = [(path, Path(path).read_bytes()) for path in sys.stdin.read().splitlines()]
    sys.addaudithook(_cut_off)
    for name, data in contents:
        signal.alarm(SECONDS)
        print(json.dumps({"name": name}), flush=True)  # who was being read, should the process end there
        began = _worked()
        reports = _told(Path(name).name, data)
        seconds = round(_worked() - began, 2)
        print(json.dumps({"name": name, "reports": reports, "seconds": seconds, "kib": _peak()}), flush=True)


def _reports(name: str, data: bytes) -> list[FileReport]:
    """As the site reads a file: an archive is opened, each of its files read in its turn."""
    if is_sheet_name(name) and (sheet := held.read_sheet(name, data, ())) is not None:
        return [sheet]
    held.columns(name, data)
    if not held.is_archive(name):
        return [*held.read(name, data, options=ReadOptions()).files]
    try:
        members = list(held.unpack(name, data))
    except ReadingError as error:
        return [_refused(name, str(error))]
    return [_member(member) for member in members]


def _member(member: held.Member) -> FileReport:
    if member.refusal:
        return _refused(member.name, member.refusal)
    try:
        content = member.content()
    except ReadingError as error:
        return _refused(member.name, str(error))
    return held.read(member.name, content, options=ReadOptions()).files[0]


def _refused(name: str, reason: str) -> FileReport:
    return FileReport(name, Outcome.REFUSED, reason=reason)


def _told(name: str, data: bytes) -> list[dict[str, Any]]:
    try:
        reports = _reports(name, data)
    except Exception as error:
        return [{"outcome": "trace", "reason": repr(error), "warnings": traceback.format_exc().splitlines()[-9:]}]
    return [{"outcome": one.outcome.value, "reason": one.reason, "warnings": list(one.warnings)} for one in reports]


def _worked() -> float:
    """Seconds of the processor so far, of this process and of the one in which files are read: whatever else runs."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    living = [one.cpu_times() for one in psutil.Process().children()]
    return float(sum(one.ru_utime + one.ru_stime for one in usages) + sum(one.user + one.system for one in living))


def _peak() -> int:
    """KiB: of this process, or of those in which files are read. The system's own count of a process takes in what its
    parent weighed when it was started: what it says of its memory now does not.
    """
    ended = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(ended, *(_highest(one.pid) for one in (psutil.Process(), *psutil.Process().children())))


def _highest(pid: int) -> int:
    """KiB that this process held at most."""
    said = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(next(line for line in said.splitlines() if line.startswith("VmHWM")).split()[1])


def _cut_off(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[0], str) and set(arguments[1] or "") & set("wax+")
    if writes or event.startswith(_FORBIDDEN):
        print(json.dumps({"forbidden": f"{event} {arguments[:2]!r}"}), flush=True)
        sys.stdout.flush()
        signal.raise_signal(signal.SIGKILL)


if __name__ == "__main__":
    main()
