"""What became of files read in a bounded process: that process is started anew where a file ends it."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one file: a report for it or each of its files, how long it took, the process's peak so far."""

    reports: tuple[dict[str, object], ...]
    seconds: float
    kib: int


def fates(paths: Iterable[Path]) -> dict[Path, Fate]:
    """What became of each file; one that ended the process has a report that says « fin »."""
    left = list(paths)
    found: dict[Path, Fate] = {}
    while left:
        done = subprocess.run(
            [sys.executable, "-m", "tests.hostile.probe"],
            input="\n".join(map(str, left)),
            capture_output=True,
            text=True,
            check=False,
        )
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        for line in lines:
            if "reports" in line:
                found[Path(line["name"])] = Fate(tuple(line["reports"]), line["seconds"], line["kib"])
        if done.returncode == 0:
            break
        if not lines:
            raise RuntimeError(done.stderr[-2000:])
        at = next(Path(line["name"]) for line in reversed(lines) if "name" in line)
        why = next((line["forbidden"] for line in lines if "forbidden" in line), done.stderr[-400:])
        found[at] = Fate(({"outcome": "fin", "reason": f"{done.returncode} {why}", "warnings": []},), 0.0, 0)
        left = left[left.index(at) + 1 :]
    return found
