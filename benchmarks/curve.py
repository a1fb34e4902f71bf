"""What more passages bring: the coder's heads learnt from more and more of them, judged on new voices.

Run: python -m benchmarks.curve [ENCODER] [--sizes 250 500 …] [--sets W7 W9] [--processes 2] [--write]

Each writer's set of gold is held out in turn; the others and corpora/written are drawn from by whole testimonies,
without regard to which of the two they come from, until so many passages are there. Vectors with context and n-grams,
their log-odds averaged, as in the coder; thresholds from three inner folds of the passages drawn. Small sizes are
drawn three times, with different seeds; the last size is everything. About ten minutes on two idle cores for 20,000
passages, vectors already in the cache. `--write` makes docs/learning_curve.md.
"""

import argparse
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.heads import (
    ROOT,
    SEED,
    Flags,
    Rows,
    calibrated,
    corpora,
    dense,
    encoder_of,
    inner_splits,
    lexical,
    odds,
    thresholds,
    whole_of,
)
from benchmarks.written import circumstances
from voices import coding
from voices.coding.figures import number
from voices.coding.fitting import Table, layout_of, tabulate
from voices.coding.folds import writer_splits
from voices.coding.labelled import Labelled
from voices.coding.layout import TRUST
from voices.coding.metrics import average_precision, scores
from voices.coding.spread import in_order

PAGE = ROOT / "docs" / "learning_curve.md"
SIZES = (250, 500, 1000, 2000, 4000, 8000, 16000)
DRAWS, FEW = 3, 2000
"""Sizes up to FEW are drawn DRAWS times, larger ones once."""


@dataclass(frozen=True)
class Given:
    """Gold rows come first; `truth` is (n, n_labels)."""

    table: Table
    truth: Flags
    gold: int


@dataclass(frozen=True)
class Task:
    """A size (None: everything), the seed of a draw, and a writer's set with the gold rows not to judge."""

    size: int | None
    draw: int
    learn: Rows
    judge: Rows


@dataclass(frozen=True)
class Found:
    """Of one task: how many passages were learnt from, and what was said, with its truth."""

    learnt: int
    chances: np.ndarray
    said: Flags


@dataclass(frozen=True)
class Point:
    """A size on the curve: passages learnt from (mean), and figures over draws."""

    learnt: int
    draws: int
    f1: tuple[float, ...]
    precision: tuple[float, ...]
    by_code: tuple[float, ...]
    """F1 of each label, trust last, mean over draws."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", nargs="?", default="e5-small-fr")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--sets", nargs="*", help="only these writers' sets: to try the command")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", action="store_true", help=f"make {PAGE.name}")
    options = parser.parse_args()
    started = time.monotonic()
    name, encoder = encoder_of(options.encoder)
    gold, written = corpora()
    layout = layout_of(coding.codebook())
    table = whole_of(tabulate(gold, encoder), tabulate(written, encoder))
    given = Given(table, table.truth(layout), len(gold))
    sets = [split for found, split in writer_splits(gold) if not options.sets or found in options.sets]
    points = curve(given, sets, options.sizes, options.processes)
    minutes = (time.monotonic() - started) / 60
    text = page(points, layout.present, len(gold), len(written), circumstances(encoder.identity))
    print(text, f"{name}, {minutes:.1f} min", sep="\n")
    if options.write:
        PAGE.write_text(text, encoding="utf-8")


def curve(given: Given, sets: Sequence[tuple[Rows, Rows]], sizes: Sequence[int], processes: int) -> list[Point]:
    """A point a size that the passages allow, then one for all of them."""
    fewest = len(given.table.passages) - max(len(judge) for _, judge in sets)
    asked: list[int | None] = [*(size for size in sizes if size < fewest), None]
    tasks = [
        Task(size, draw, learn, judge)
        for size in asked
        for draw in range(DRAWS if size and size <= FEW else 1)
        for learn, judge in sets
    ]
    found: dict[tuple[int | None, int], list[tuple[Task, Found]]] = {}
    for task, one in zip(tasks, in_order(judged, given, tasks, processes=processes), strict=True):
        found.setdefault((task.size, task.draw), []).append((task, one))
        if len(found[task.size, task.draw]) == len(sets):
            print(f"{task.size or 'all'}, draw {task.draw + 1}", flush=True)
    return [point([some for (other, _), some in found.items() if other == size], given.truth) for size in asked]


def judged(given: Given, task: Task) -> Found:
    """What heads that learnt from one draw say of the set held out."""
    passages = given.table.passages
    pool = np.concatenate([task.learn, np.arange(given.gold, len(passages))])
    learn = drawn(passages, pool, task.size, seed=SEED + task.draw)
    truth = given.truth
    kinds = (dense(given.table.vectors, learn, context=True), lexical(given.table.grams, learn))
    inner = np.zeros((len(passages), truth.shape[1]))
    for some, others in inner_splits(passages, learn):
        inner[others] = np.mean([odds(kind, truth, some, others) for kind in kinds], axis=0)
    outer = np.mean([odds(kind, truth, learn, task.judge) for kind in kinds], axis=0)
    fitted, unread = calibrated(inner[learn], outer, truth[learn])
    return Found(len(learn), unread, unread >= thresholds(fitted, truth[learn]))


def drawn(passages: Sequence[Labelled], pool: Rows, size: int | None, *, seed: int) -> Rows:
    """The rows of whole testimonies of the pool, at least `size` of them, the fewest testimonies over it."""
    if size is None:
        return pool
    names = np.array([passages[row].testimony_id for row in pool])
    different, counts = np.unique(names, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(different))
    kept = order[: int(np.searchsorted(np.cumsum(counts[order]), size)) + 1]
    return np.asarray(np.sort(pool[np.isin(names, different[kept])]), np.intp)


def point(draws: list[list[tuple[Task, Found]]], truth: Flags) -> Point:
    """The figures of one size: F1 and average precision over all the sets held out, by draw."""
    f1, precision, by_code = [], [], []
    for some in draws:
        true = np.concatenate([truth[task.judge] for task, _ in some])
        said = np.concatenate([found.said for _, found in some])
        chances = np.concatenate([found.chances for _, found in some])
        each = [scores(true[:, k], said[:, k]).f1 for k in range(true.shape[1])]
        by_code.append(each)
        f1.append(float(np.mean(each[:-1])))
        precision.append(
            float(np.mean([average_precision(true[:, k], chances[:, k]) for k in range(true.shape[1] - 1)]))
        )
    learnt = int(np.mean([found.learnt for some in draws for _, found in some]))
    return Point(learnt, len(draws), tuple(f1), tuple(precision), tuple(np.mean(by_code, axis=0).tolist()))


def page(points: list[Point], labels: Sequence[str], gold: int, written: int, told: str) -> str:
    names = [name if name != TRUST else f"{name} (à part)" for name in labels]
    lines = [
        "# Ce qu’apportent plus de passages",
        "",
        f"Chaque groupe d’auteurs des {gold} passages de `corpora/gold` est laissé de côté à son tour, et jugé par des",
        "codeurs qui ont appris de plus en plus de passages des autres groupes et de `corpora/written`"
        f" ({written}), tirés",
        "au sort par témoignages entiers. Vecteurs avec contexte et n-grammes, comme le codeur ; seuils choisis sur",
        "trois parts des passages appris. Entre parenthèses : le plus bas et le plus haut des tirages.",
        "",
        f"| passages appris | tirages | macro-F1 des trois codes | précision moyenne | {' | '.join(names)} |",
        "|---" * (4 + len(names)) + "|",
        *(_row(one) for one in points),
        "",
        f"Refaire : `python -m benchmarks.curve --write`. Mesuré le {told}.",
    ]
    return "\n".join(lines) + "\n"


def _row(one: Point) -> str:
    cells = (one.learnt, one.draws, _spread(one.f1), _spread(one.precision), *map(number, one.by_code))
    return f"| {' | '.join(map(str, cells))} |"


def _spread(values: Sequence[float]) -> str:
    mean = number(float(np.mean(values)))
    return f"{mean} ({number(min(values))} – {number(max(values))})" if len(values) > 1 else mean


if __name__ == "__main__":
    main()
