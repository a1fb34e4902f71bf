"""Themes: time and memory as a corpus grows, then how coherent they are on labelled passages of three sizes.

Run: python -m benchmarks.themes [passages …]     (default: 1000 3000 10000)
Each measure is a fresh process; vectors come from the shipped encoder and are not counted in the time. Memory is the
peak resident set of the process, encoder included.
"""

import json
import math
import random
import re
import resource
import subprocess
import sys
import time
from itertools import combinations

from benchmarks.whole import GOLD, half, peak_megabytes
from voices import encoders, settings
from voices.domain import Passage, Themes
from voices.themes import find

SIZES = (1_000, 3_000, 10_000)
QUALITY = (126, 300, 2_896)
A_TESTIMONY = 12
"""Passages a testimony in the corpora made here."""
SEED = 7


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        return one(sys.argv[2], int(sys.argv[3]))
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        subprocess.run([sys.executable, "-m", "benchmarks.themes", "--one", "made", str(size)], check=True)
    for size in QUALITY:
        subprocess.run([sys.executable, "-m", "benchmarks.themes", "--one", "gold", str(size)], check=True)
    return None


def one(kind: str, size: int) -> None:
    """One line: what was measured on `size` passages, made from the labelled ones or taken among them."""
    passages = made(size) if kind == "made" else taken(size)
    encoder = encoders.load("e5-small-fr", models=settings.shipped_models(), cache=None, threads=2)
    vectors = encoder.encode([passage.text for passage in passages])
    wall, busy = time.perf_counter(), time.process_time()
    found = find(passages, vectors, seed=SEED)
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    peak = peak_megabytes(resource.getrusage(resource.RUSAGE_SELF))
    alone = len(found.outliers) / (len(passages) - len(found.left_out))
    line = f"{kind} {size:>6} passages: {wall:5.0f} s ({busy:5.0f} s of processor), peak {peak:5.0f} MB"
    print(f"{line}, {len(found.themes):>2} themes, {alone:4.0%} in none, NPMI {coherence(passages, found):+.2f}")
    if kind == "gold":
        print("   " + " · ".join(theme.label for theme in found.themes), flush=True)


def made(size: int) -> list[Passage]:
    """Passages of sentences from two labelled passages each, so that no two are the same."""
    texts = [json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines()]
    chance = random.Random(SEED)
    pairs = (chance.sample(texts, 2) for _ in range(size))
    return [
        passage(f"t{at // A_TESTIMONY:05d}", at % A_TESTIMONY + 1, half(a, first=True) + " " + half(b, first=False))
        for at, (a, b) in enumerate(pairs)
    ]


def taken(size: int) -> list[Passage]:
    """Labelled passages, whole testimonies drawn at random."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    testimonies = sorted({row["testimony_id"] for row in rows})
    random.Random(SEED).shuffle(testimonies)
    rank = {testimony: number for number, testimony in enumerate(testimonies)}
    rows.sort(key=lambda row: (rank[row["testimony_id"]], row["passage_no"]))
    return [passage(row["testimony_id"], row["passage_no"], row["text"]) for row in rows[:size]]


def passage(testimony: str, number: int, text: str) -> Passage:
    return Passage(f"{testimony}-p{number:03d}", testimony, number, 0, len(text), text, 0, ((0, len(text)),))


def coherence(passages: list[Passage], found: Themes) -> float:
    """Mean normalised pointwise mutual information (Bouma 2009) of the pairs of each theme's first six keywords, a
    keyword being in a passage as it is written: -1 never together, 0 as chance has it, 1 always together.
    """
    texts = [set(re.findall(r"[\w-]+", one.text.lower())) for one in passages]
    pairs = [pair for theme in found.themes for pair in combinations(theme.keywords[:6], 2)]
    values = [npmi({a}, {b}, texts) for a, b in pairs]
    return sum(values) / len(values) if values else math.nan


def npmi(one: set[str], other: set[str], texts: list[set[str]]) -> float:
    a, b, both = (sum(words <= text for text in texts) / len(texts) for words in (one, other, one | other))
    return math.log(both / (a * b)) / -math.log(both) if 0 < both < 1 else 2 * both - 1


if __name__ == "__main__":
    main()
