"""What review brings: a coder adapted to a project's decisions, and the order in which to decide.

Run: python -m benchmarks.review [--again]      (about five minutes on two cores; --again learns the first coder anew)
Writes docs/review.md. A project is one writer's set of the labelled passages, W7 to W11. The coder it starts from
learnt from the written passages and from W1 to W5 only, and is kept in build/review. Methods were chosen on W1 to W5.

Time: the real command, on decisions of 300 and of 1,000 passages, its vectors all to be computed, then all known.
Adaptation: half a project's testimonies are decisions, the other half judges; then the halves change sides. What is
forgotten is measured on the four other projects.
Order: two thirds of a project are reviewed, a tenth at a time; after each the coder may learn from what was decided and
code the rest anew. Random order is drawn several times. For each accuracy that it reaches, the decisions that our order
needs are read on its curve, straight between points.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import review_page
from benchmarks.review_page import Adaptation, Curves, Order, Seconds
from benchmarks.whole import GOLD
from voices import coding, loading, settings
from voices.coding import fitting, storage
from voices.coding.adapting import FEWEST_TESTIMONIES, adapt
from voices.coding.calibration import Platt, softmax
from voices.coding.comparing import beside
from voices.coding.fitting import Table, fit, layout_of, tabulate, with_examples
from voices.coding.folds import groups, splits
from voices.coding.judged import Judged
from voices.coding.layout import SENSES
from voices.coding.lexical import weighed
from voices.coding.metrics import macro_f1
from voices.coding.model import CoderModel
from voices.domain import CodedPassage, Coding
from voices.ports import Encoder

WRITTEN = GOLD.parents[1] / "written" / GOLD.name
KEPT = Path(__file__).parents[1] / "build" / "review"
LEARNT = ("W1", "W2", "W3", "W4", "W5")
PROJECTS = ("W7", "W8", "W9", "W10", "W11")
COUNTS = (300, 1_000)
SEEDS = (1, 2)
DRAWS = 2
"""Random orders for each cut of a project, where the coder learns; TRUTHS where it does not, which costs little."""
TRUTHS = 20
SHARES = np.linspace(0, 0.5, 6)
FINE = np.linspace(0, 0.5, 51)

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]
Doubles = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--again", action="store_true", help="learn the first coder anew")
    again = parser.parse_args().again
    chosen = settings.load()
    encoder = loading.reader_of(loading.coder_of(chosen), chosen)
    seconds = [Seconds(count, *timed(count)) for count in COUNTS]
    print(seconds, flush=True)
    gold = tabulate(coding.read_labelled(GOLD), encoder)
    sets = np.array([one.writer_set for one in gold.passages])
    coder = first_coder(gold.rows(np.flatnonzero(np.isin(sets, LEARNT))), encoder, again=again)
    projects = {name: gold.rows(np.flatnonzero(sets == name)) for name in PROJECTS}
    adapted = adaptation(coder, projects)
    print(adapted.comparison.macro_f1, flush=True)
    page = review_page.told(seconds, adapted, orders(coder, projects), encoder.identity)
    review_page.write(page)
    print(page)


def timed(count: int) -> tuple[float, float]:
    """Seconds of `voices train --from`, without any vector known, then with all of them."""
    with tempfile.TemporaryDirectory() as folder:
        decisions = Path(folder) / "decisions.jsonl"
        lines = GOLD.read_text(encoding="utf-8").splitlines(keepends=True)
        decisions.write_text("".join(lines[-count:]), encoding="utf-8")
        environment = os.environ | {"VOICES_CACHE": str(Path(folder) / "cache")}
        command = [str(Path(sys.executable).parent / "voices"), "train", "--from", str(decisions), "--refuse", "--json"]
        found = []
        for _ in range(2):
            started = time.perf_counter()
            subprocess.run(
                [*command, "--out", str(Path(folder) / "out")], env=environment, check=True, stdout=subprocess.DEVNULL
            )
            found.append(time.perf_counter() - started)
    return found[0], found[1]


def first_coder(gold: Table, encoder: Encoder, *, again: bool = False) -> CoderModel:
    """The coder that every project starts from, learnt once."""
    content = [encoder.identity.encode(), GOLD.read_bytes(), WRITTEN.read_bytes(), Path(fitting.__file__).read_bytes()]
    folder = KEPT / hashlib.sha256(b"".join(content)).hexdigest()[:12]
    if storage.is_coder(folder) and not again:
        return storage.load(folder)
    written = tabulate(coding.read_labelled(WRITTEN), encoder)
    started = time.perf_counter()
    table = replace(gold, also=written)
    model = fit(table, layout_of(coding.codebook()), encoder_identity=encoder.identity, seed=3, subcodes=False)
    print(f"first coder: {time.perf_counter() - started:.0f} s", flush=True)
    storage.save(with_examples(model, gold), folder)
    return storage.load(folder)


def adaptation(coder: CoderModel, projects: dict[str, Table]) -> Adaptation:
    """Before and after on the projects' other halves, judged together, and macro-F1 on the other projects."""
    whole = together(list(projects.values()))
    before, after = Judged(whole, coder.layout), Judged(whole, coder.layout)
    before.take(coder, np.arange(len(whole.passages)))
    old = {name: Seen.of(coder, table) for name, table in projects.items()}
    gains, forgotten, start = [], [], 0
    for name, table in projects.items():
        for decided, judged in splits(table.passages, 2, seed=1):
            new = adapt(coder, table.rows(decided))
            after.take(new, start + judged)
            mine = old[name].rows(judged)
            gains.append(mine.accuracy(new)[0] - mine.accuracy(coder)[0])
            others = [one for other, one in old.items() if other != name]
            forgotten.append([np.mean([one.accuracy(which)[0] for one in others]) for which in (coder, new)])
        start += len(table.passages)
    return Adaptation(beside(before, after, seed=3), gains, [(float(a), float(b)) for a, b in forgotten])


def together(tables: list[Table]) -> Table:
    """One table of several."""
    found = tables[0]
    for table in tables[1:]:
        found = replace(found, also=table).whole()
    return found


@dataclass(frozen=True, slots=True)
class Seen:
    """Passages as a coder and all those adapted from it see them: only the weights change."""

    table: Table
    truth: Flags
    dense: NDArray[np.float32]
    lexical: object

    @classmethod
    def of(cls, coder: CoderModel, table: Table) -> "Seen":
        codes = len(coder.layout.codes)
        lexical = weighed(table.grams, coder.weights.idf)
        return cls(table, table.truth(coder.layout)[:, :codes], coder.scaling.dense(table.vectors), lexical)

    def rows(self, chosen: Rows) -> "Seen":
        return Seen(self.table.rows(chosen), self.truth[chosen], self.dense[chosen], self.lexical[chosen])

    def predict(self, coder: CoderModel) -> tuple[Doubles, Flags, Doubles]:
        """Probabilities of the codes, which are put, and the senses' probabilities."""
        weights, codes = coder.weights, len(coder.layout.codes)
        scores = self.dense @ weights.dense.T + self.lexical @ weights.lexical + weights.bias
        scores = np.asarray(scores, np.float64)
        present = np.stack([coder.calibration[k].probability(scores[:, k]) for k in range(codes)], axis=1)
        senses = softmax((scores[:, None, coder.layout.sense_rows] + weights.sense_bias[None]) * coder.temperature)
        return present, present >= np.array(coder.thresholds[:codes]), senses

    def accuracy(self, coder: CoderModel, decided: Rows | None = None) -> tuple[float, float]:
        """Macro-F1 of presence, and the share of right answers, where what is decided is right."""
        said = self.predict(coder)[1]
        if decided is not None:
            said[decided] = self.truth[decided]
        return both(self.truth, said)

    def queue(self, coder: CoderModel) -> Rows:
        """The rows in the order that is shipped."""
        names, (present, said, senses) = coder.layout.codes, self.predict(coder)
        coded = [
            CodedPassage(
                str(row),
                tuple(
                    Coding(str(row), names[k], SENSES[int(senses[row, k].argmax())], p, float(senses[row, k].max()))
                    for k, p in enumerate(present[row].tolist())
                    if said[row, k]
                ),
                dict(zip(names, present[row].tolist(), strict=True)),
                trust=False,
                trust_probability=0.0,
            )
            for row in range(len(said))
        ]
        return np.array([int(one.passage_id) for one in coding.order(coded)], np.intp)


def both(truth: Flags, said: Flags) -> tuple[float, float]:
    return macro_f1(truth, said), float((truth == said).mean())


def orders(coder: CoderModel, projects: dict[str, Table]) -> Order:
    seen = [Seen.of(coder, table) for table in projects.values()]
    blank = knowing_nothing(coder)
    return Order(
        shares=SHARES,
        fine=FINE,
        still=[Curves(*still(coder, one)) for one in seen],
        bound=[Curves(*bound(coder, one)) for one in seen],
        oracle=[Curves(*oracle(coder, one)) for one in seen],
        adapted=[curves for one in seen for curves in learning(coder, one)],
        scratch=[curves for one in seen for curves in learning(blank, one)],
    )


def still(coder: CoderModel, seen: Seen) -> tuple[Doubles, Doubles]:
    """(shares, 2) accuracies of the whole coding, in random order and in ours, where the coder learns nothing."""
    _, said, _ = seen.predict(coder)
    return walks(seen.truth, said, seen.queue(coder))


def bound(coder: CoderModel, seen: Seen) -> tuple[Doubles, Doubles]:
    """The same, were the truth drawn from the coder's own probabilities: no order could then do much better."""
    present, said, _ = seen.predict(coder)
    queue, drawn = seen.queue(coder), np.random.default_rng(5)
    found = [walks(drawn.random(present.shape) < present, said, queue) for _ in range(TRUTHS)]
    return np.mean([one for one, _ in found], axis=0), np.mean([one for _, one in found], axis=0)


def oracle(coder: CoderModel, seen: Seen) -> tuple[Doubles, Doubles]:
    """The same, by who knew where the errors are."""
    _, said, _ = seen.predict(coder)
    return walks(seen.truth, said, np.argsort(-(said != seen.truth).sum(axis=1), kind="stable"))


def walks(truth: Flags, said: Flags, queue: Rows) -> tuple[Doubles, Doubles]:
    chance = np.random.default_rng(7)
    random = np.mean([walk(truth, said, chance.permutation(len(said))) for _ in range(TRUTHS)], axis=0)
    return random, walk(truth, said, queue)


def walk(truth: Flags, said: Flags, queue: Rows) -> Doubles:
    found = []
    for share in FINE:
        decided, final = queue[: round(share * len(queue))], said.copy()
        final[decided] = truth[decided]
        found.append(both(truth, final))
    return np.array(found)


def knowing_nothing(coder: CoderModel) -> CoderModel:
    """The coder before it learnt: even odds of one in four for each code, all senses alike."""
    weights = coder.weights
    none = replace(
        weights,
        dense=np.zeros_like(weights.dense),
        lexical=np.zeros_like(weights.lexical),
        bias=np.zeros_like(weights.bias),
        sense_bias=np.zeros_like(weights.sense_bias),
    )
    return replace(coder, weights=none, calibration=(Platt(1.0, -np.log(3)),) * len(coder.calibration), temperature=1.0)


def learning(coder: CoderModel, seen: Seen) -> Iterator[Curves]:
    """For each cut of the project, (shares, 4): accuracies of its whole coding, then on passages never reviewed."""
    for seed in SEEDS:
        pool, unseen = next(splits(seen.table.passages, 3, seed=seed))
        sides = seen.rows(pool), seen.rows(unseen)
        chance = [reviewed(coder, *sides, seed=10 * seed + draw, by_chance=True) for draw in range(DRAWS)]
        yield Curves(np.mean(chance, axis=0), reviewed(coder, *sides, seed=10 * seed, by_chance=False))


def reviewed(coder: CoderModel, pool: Seen, unseen: Seen, *, seed: int, by_chance: bool) -> Doubles:
    """A coder that knows nothing begins with a random tenth."""
    chance, decided, now = np.random.default_rng(seed), np.empty(0, np.intp), coder
    found = [(*pool.accuracy(now), *unseen.accuracy(now))]
    for share in SHARES[1:]:
        left = np.setdiff1d(np.arange(len(pool.truth)), decided)
        random = by_chance or (not len(decided) and not coder.weights.dense.any())
        asked = chance.permutation(left) if random else left[pool.rows(left).queue(now)]
        decided = np.concatenate([decided, asked[: round(share * len(pool.truth)) - len(decided)]])
        now = learnt(coder, pool.table.rows(decided))
        found.append((*pool.accuracy(now, decided), *unseen.accuracy(now)))
    return np.array(found)


def learnt(coder: CoderModel, decisions: Table) -> CoderModel:
    """The coder adapted to them; itself while they are of too few testimonies."""
    return adapt(coder, decisions) if len(set(groups(decisions.passages))) >= FEWEST_TESTIMONIES else coder


if __name__ == "__main__":
    main()
