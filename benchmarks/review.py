"""What review brings: a coder adapted to a project's decisions, and the order in which to decide.

Run: python -m benchmarks.review [set …]     (default: W7 W10 W9, the largest writers' sets of the labelled passages)
Each set stands for a project: new voices. The coder it starts from learnt from the other sets, less a fifth of their
testimonies kept aside, where forgetting is measured. The encoder is the one in force; its vectors are cached.

Adaptation: half the project's testimonies are decisions, the other half judges; then the halves change sides.
Order: two thirds of the project are coded by the machine and reviewed, a tenth at a time; after each tenth the coder
is adapted to what was decided and codes the rest anew. Two accuracies, both macro-F1 of presence: of the final coding
(what was decided, and the machine's word on the rest), which is what a project goes on with; and of the adapted coder
on the last third, which it never sees. For each accuracy that random order reaches, the decisions needed in our order
are read on its curve, straight between points.
"""

import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, stdev

import numpy as np
from numpy.typing import NDArray

from benchmarks.whole import GOLD
from voices import coding, encoders, settings
from voices.coding import comparing
from voices.coding.adapting import adapt
from voices.coding.fitting import Table, fit, layout_of, tabulate
from voices.coding.folds import splits
from voices.coding.judged import Judged
from voices.coding.metrics import macro_f1
from voices.coding.model import CoderModel
from voices.coding.reviewing import ranked

PROJECTS = ("W7", "W10", "W9")
SEEDS = (1, 2)
SHARES = tuple(tenth / 10 for tenth in range(1, 8))
"""How much of the project is decided when the accuracy is read."""

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Project:
    """One set, the coder that never read it, and passages of the other sets that it never read either."""

    name: str
    coder: CoderModel
    passages: Table
    kept: Table


def main() -> None:
    chosen = settings.load()
    encoder = encoders.load(chosen.encoder, models=chosen.models, cache=chosen.cache, threads=chosen.threads)
    gold = tabulate(coding.read_labelled(GOLD), encoder)
    print(f"{encoder.identity}, {len(gold.passages)} labelled passages")
    projects = [project(gold, name, encoder.identity) for name in sys.argv[1:] or PROJECTS]
    adaptation(projects)
    orders(projects)


def project(gold: Table, name: str, identity: str) -> Project:
    sets = np.array([one.writer_set for one in gold.passages])
    mine, others = np.flatnonzero(sets == name), gold.rows(np.flatnonzero(sets != name))
    learn, kept = next(splits(others.passages, 5, seed=1))
    started = time.perf_counter()
    coder = fit(others.rows(learn), layout_of(coding.codebook()), encoder_identity=identity, seed=3)
    print(
        f"{name}: {len(mine)} passages, coder of {len(learn)} others in {time.perf_counter() - started:.0f} s",
        flush=True,
    )
    return Project(name, coder, gold.rows(mine), others.rows(kept))


def adaptation(projects: list[Project]) -> None:
    """Macro-F1 before and after, on the project's other half and on passages kept aside."""
    print("\nAdaptation: macro-F1 of presence (sense where coded)")
    gains: dict[str, list[float]] = {"project": [], "kept": []}
    for one in projects:
        for decided, judged in splits(one.passages.passages, 2, seed=1):
            started = time.process_time()
            after = adapt(one.coder, one.passages.rows(decided), seed=3)
            line = f"{one.name}: {len(decided)} decisions, {time.process_time() - started:.1f} s of processor"
            for where, table in (("project", one.passages.rows(judged)), ("kept", one.kept)):
                found = comparing.beside(word(one.coder, table), word(after, table), seed=3)
                macro, sense = found.macro_f1, found.sense
                line += f"; {where} {macro.before:.3f} -> {macro.after:.3f} ({sense.before:.3f} -> {sense.after:.3f})"
                gains[where].append(macro.after - macro.before)
            print(line, flush=True)
    for where, values in gains.items():
        print(f"{where}: {mean(values):+.3f} on average, worst {min(values):+.3f}")


def word(coder: CoderModel, table: Table) -> Judged:
    judged = Judged(table, coder.layout)
    judged.take(coder, np.arange(len(table.passages)))
    return judged


def orders(projects: list[Project]) -> None:
    """Accuracy by share decided, in random order and in ours, and the decisions that ours needs for the same."""
    print("\nOrder: share decided | final coding, random -> ours | unseen passages, random -> ours")
    needed: list[list[float]] = []
    for one in projects:
        for seed in SEEDS:
            pool, unseen = next(splits(one.passages.passages, 3, seed=seed))
            tables = one.passages.rows(pool), one.passages.rows(unseen)
            chance, ours = (reviewed(one.coder, *tables, seed=seed, by_chance=flag) for flag in (True, False))
            for share, random, our in zip((0, *SHARES), chance, ours, strict=True):
                sides = [f"{before:.3f} -> {after:.3f}" for before, after in zip(random, our, strict=True)]
                print(f"{one.name} {seed} {share:4.0%} | {' | '.join(sides)}")
            needed.append(
                [share_needed(ours, random[0]) / share for share, random in zip(SHARES, chance[1:], strict=True)]
            )
            sys.stdout.flush()
    print(
        "\nDecisions needed in our order for the final coding's accuracy of random order, as a share of its decisions"
    )
    for share, ratios in zip(SHARES, zip(*needed, strict=True), strict=True):
        spread = stdev(ratios) if len(ratios) > 1 else 0.0
        print(f"random {share:4.0%}: {mean(ratios):.2f} ± {spread:.2f}")


def reviewed(coder: CoderModel, pool: Table, unseen: Table, *, seed: int, by_chance: bool) -> list[tuple[float, float]]:
    """(accuracy of the final coding, accuracy on unseen passages) before any decision and after each share."""
    chance = np.random.default_rng(seed)
    decided, now = np.empty(0, np.intp), coder
    found = [accuracies(now, pool, unseen, decided)]
    for share in SHARES:
        left = np.setdiff1d(np.arange(len(pool.passages)), decided)
        asked = int(share * len(pool.passages)) - len(decided)
        chosen = (
            chance.permutation(left)
            if by_chance
            else left[ranked(expected(now, pool.rows(left)), pool.vectors.text[left])]
        )
        decided = np.concatenate([decided, chosen[:asked]])
        now = adapt(coder, pool.rows(decided), seed=3)
        found.append(accuracies(now, pool, unseen, decided))
    return found


def expected(coder: CoderModel, table: Table) -> NDArray[np.float64]:
    """The corrections expected of each passage, as `coding.order` counts them."""
    predicted = coder.predict(table.passages, table.vectors)
    codes = len(coder.layout.codes)
    present, said = predicted.present[:, :codes], coder.says(predicted)[:, :codes]
    return np.asarray(np.where(said, 1 - present, present).sum(axis=1))


def accuracies(coder: CoderModel, pool: Table, unseen: Table, decided: Rows) -> tuple[float, float]:
    codes = len(coder.layout.codes)
    final, new = word(coder, pool), word(coder, unseen)
    final.said[decided] = final.truth[decided]
    return macro_f1(final.truth[:, :codes], final.said[:, :codes]), macro_f1(new.truth[:, :codes], new.said[:, :codes])


def share_needed(curve: list[tuple[float, float]], accuracy: float) -> float:
    """The share decided at which a curve first reaches that accuracy; all of it where it never does."""
    points = list(zip((0.0, *SHARES), (value for value, _ in curve), strict=True))
    for (before, low), (after, high) in pairwise(points):
        if high >= accuracy:
            return before if low >= accuracy else before + (after - before) * (accuracy - low) / (high - low)
    return 1.0


if __name__ == "__main__":
    main()
