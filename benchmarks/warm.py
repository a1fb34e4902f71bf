"""Ways of working, each in a process that stays warm and gets the same chunks in turn: what else the machine does then
weighs on all of them. Seconds by the clock and of the processor, and the peak resident set, are those of the process.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
WALL, PROCESSOR = "wall", "processor"
Times = Mapping[str, float]
"""Seconds spent on a chunk, by kind."""


@dataclass(frozen=True)
class Engine:
    """A warm process. `cold` is seconds from its launch to its first work done."""

    name: str
    process: subprocess.Popen[str]
    cold: float

    def ask(self, question: str) -> dict[str, float]:
        """What the process answers to that line."""
        print(question, file=_pipe(self.process.stdin), flush=True)
        answer: dict[str, float] = json.loads(_pipe(self.process.stdout).readline())
        return answer

    def end(self) -> float:
        """The peak memory of the process, in MB; it is over."""
        found = self.ask("end")["mb"]
        self.process.communicate()
        return found


def start(name: str, module: str, arguments: Sequence[str], environment: Mapping[str, str]) -> Engine:
    """The engine of that name of that module, once it says that it is ready."""
    command = [sys.executable, "-m", module, "--engine", name, *arguments]
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    if not _pipe(process.stdout).readline():
        process.communicate()
        raise SystemExit(f"{name} did not start; to see why: {' '.join(command)}")
    return Engine(name, process, time.perf_counter() - begun)


def serve(work: Callable[[int], object], finish: Callable[[], object] = lambda: None) -> None:
    """Work on the chunk whose number is read, until the end of input; tell seconds, or at "end" the peak memory."""
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        if line.strip() == "end":
            finish()
            print(json.dumps({"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)
            return
        wall, processor = time.perf_counter(), time.process_time()
        work(int(line))
        spent = {WALL: time.perf_counter() - wall, PROCESSOR: time.process_time() - processor}
        print(json.dumps(spent), flush=True)


def in_turn(engines: Sequence[Engine], chunks: Sequence[int]) -> dict[str, list[Times]]:
    """The times of each engine on those chunks: one chunk is done by all, the first of them now one, now another."""
    spent: dict[str, list[Times]] = {engine.name: [] for engine in engines}
    for turn, number in enumerate(chunks):
        first = turn % len(engines)
        for engine in (*engines[first:], *engines[:first]):
            spent[engine.name].append(engine.ask(str(number)))
    return spent


def rate(sizes: Sequence[int], spent: Sequence[Times], kind: str) -> float:
    """How many a second: the median of the chunks."""
    return statistics.median(size / times[kind] for size, times in zip(sizes, spent, strict=True))


def faster(ours: Sequence[Times], theirs: Sequence[Times], kind: str) -> float:
    """How many times faster we are: the median of the chunks' ratios."""
    return statistics.median(b[kind] / a[kind] for a, b in zip(ours, theirs, strict=True))


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise ValueError("the process was started without pipes")
    return stream
