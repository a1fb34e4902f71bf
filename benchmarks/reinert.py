"""Reinert's classification: time and memory as a corpus grows, how much a tenth of it weighs, and shards told.

Run: python -m benchmarks.reinert [segments …]     (default: 1000 5000 20000 100000, of 3,000 words)
The tables of the first part are made: words drawn from eight worlds of Zipfian words, fifteen a segment. The second
part classes the labelled passages, whole and without a tenth of their testimonies, ten times.
"""

import json
import random
import resource
import subprocess
import sys
import time
from itertools import combinations
from statistics import mean

import numpy as np
from scipy import sparse
from sklearn.metrics import adjusted_rand_score

from benchmarks.whole import GOLD, peak_megabytes
from voices.domain import Passage
from voices.errors import SettingsError
from voices.lexicon import classes, double, words
from voices.lexicon.descending import descend
from voices.themes.stop import FILLERS

SIZES = (1_000, 5_000, 20_000, 100_000)
WORDS, WORLDS, A_SEGMENT = 3_000, 8, 15
WRITTEN = GOLD.parents[1] / "written" / GOLD.name
TESTIMONIES = (30, 60, 120, 350, 713)
RESAMPLES = 10


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        return one(int(sys.argv[2]))
    if sys.argv[1:2] == ["--stability"]:
        return stability()
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        subprocess.run([sys.executable, "-m", "benchmarks.reinert", "--one", str(size)], check=True)
    subprocess.run([sys.executable, "-m", "benchmarks.reinert", "--stability"], check=True)
    return None


def one(size: int) -> None:
    """One line: ten classes of a made table, then the crossing of two such descents."""
    table, truth = made(size)
    before = peak_megabytes(resource.getrusage(resource.RUSAGE_SELF))
    wall, busy = time.perf_counter(), time.process_time()
    descent = descend(table, classes=WORLDS, smallest=max(5, size // 50))
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    found = adjusted_rand_score(truth, descent.labels(descent.leaves()))
    crossing = time.perf_counter()
    other = descend(table[:, : WORDS // 2], classes=WORLDS, smallest=max(5, size // 50))
    inside = [[np.isin(np.arange(size), node.members) for node in some.nodes[1:]] for some in (descent, other)]
    candidates = double.crossings(*inside)
    partition = double.partition(candidates, WORLDS)
    crossing = time.perf_counter() - crossing
    peak = peak_megabytes(resource.getrusage(resource.RUSAGE_SELF))
    print(
        f"{size:>7} segments × {table.shape[1]} words: {wall:5.1f} s ({busy:5.1f} s of processor), "
        f"adjusted Rand {found:.3f}; second descent and {len(candidates)} crossings {crossing:5.1f} s"
        f"{'' if partition and partition.whole else ' (search stopped)'}; peak {peak:.0f} MB, {before:.0f} before",
        flush=True,
    )


def made(size: int) -> tuple[sparse.csr_array, np.ndarray]:
    """A table of 0 and 1, and the world of each row."""
    chance = np.random.default_rng(7)
    common = 1 / np.arange(1, WORDS + 1)
    worlds = 0.5 * common / common.sum() + 0.5 * chance.dirichlet(np.full(WORDS, 0.02), WORLDS)
    truth = chance.integers(0, WORLDS, size)
    drawn = np.empty((size, A_SEGMENT), dtype=np.int64)
    for world in range(WORLDS):
        rows = truth == world
        drawn[rows] = chance.choice(WORDS, (int(rows.sum()), A_SEGMENT), p=worlds[world] / worlds[world].sum())
    where = (np.repeat(np.arange(size), A_SEGMENT), drawn.ravel())
    table = sparse.coo_array((np.ones(size * A_SEGMENT), where), shape=(size, WORDS)).tocsr()
    table.data[:] = 1
    return table, truth


def stability() -> None:
    """How near two classifications are when each lacks another tenth of the testimonies; what rare words do."""
    gold = passages(GOLD)
    for n in TESTIMONIES:
        told(f"gold, {n} testimonies", among(gold, n))
    told("written, 5,963 testimonies", passages(WRITTEN), resamples=3)
    read = words.read(gold)
    for least in (3, 5, 10, None):
        found = classes.find(read, without=FILLERS, choices=classes.Choices(least=least, resamples=0))
        plain = classes.find(read, without=FILLERS, choices=classes.Choices(least=least, smallest=1, resamples=0))
        print(
            f"gold, words of {least or 'as many as it bears'} segments or more ({len(found.counts.terms)}): "
            f"{len(found)} classes, the largest {found.share(0):.0%}, without class {found.unclassed:.0%}; "
            f"shards counted as classes: the largest {plain.share(0):.0%}, the smallest {plain.profiles.sizes.min()}",
            flush=True,
        )


def told(name: str, kept: list[Passage], *, resamples: int = RESAMPLES) -> None:
    read = words.read(kept)
    testimonies = sorted({passage.testimony_id for passage in kept})
    for way in ("single", "double"):
        choices = classes.Choices(second_unit=15 if way == "double" else None, resamples=0)
        labelled, unclassed, seconds = [], [], []
        for seed in range(resamples):
            out = set(random.Random(seed).sample(testimonies, len(testimonies) // 10))
            start = time.perf_counter()
            try:
                found = classes.find(without(read, out), without=FILLERS, choices=choices)
            except SettingsError:
                continue
            seconds.append(time.perf_counter() - start)
            unclassed.append(found.unclassed)
            lines = found.listing().rows()
            labelled.append({(line[1], line[2]): line[4] for line in lines if line[4] is not None})
        near = [agreement(*two) for two in combinations(labelled, 2)]
        print(
            f"{name}, {way}: adjusted Rand {mean(near) if near else float('nan'):.2f} between "
            f"{len(labelled)} classifications that lack a tenth; without class {mean(unclassed or [1]):.0%}; "
            f"{mean(seconds or [0]):.1f} s",
            flush=True,
        )


def agreement(one_way: dict, other: dict) -> float:
    both = sorted(one_way.keys() & other.keys())
    return float(adjusted_rand_score([one_way[key] for key in both], [other[key] for key in both]))


def without(read: words.Words, out: set[str]) -> words.Words:
    """The same words, less those of some testimonies."""
    from dataclasses import replace

    kept = [at for at, passage in enumerate(read.passages) if passage.testimony_id not in out]
    taken = np.concatenate([np.arange(read.bounds[at], read.bounds[at + 1]) for at in kept])
    columns = {name: getattr(read, name)[taken] for name in ("form", "lemma", "kind", "start", "end", "mark")}
    bounds = np.cumsum([0, *(read.bounds[at + 1] - read.bounds[at] for at in kept)])
    return replace(read, passages=tuple(read.passages[at] for at in kept), bounds=bounds, **columns)


def among(every: list[Passage], n: int) -> list[Passage]:
    testimonies = sorted({passage.testimony_id for passage in every})
    kept = set(random.Random(n).sample(testimonies, n))
    return [passage for passage in every if passage.testimony_id in kept]


def passages(path) -> list[Passage]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        text, name, number = told["text"], told["testimony_id"], told["passage_no"]
        found.append(Passage(f"{name}-{number}", name, number, 0, len(text), text, 0, ((0, len(text)),)))
    return found


if __name__ == "__main__":
    main()
