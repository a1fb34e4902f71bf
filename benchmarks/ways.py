"""Ways of reading, side by side on the same folds: each writer's set of gold held out in turn.

Run: python -m benchmarks.ways e5-small-fr build/e5-small-3a [--scores croise=build/ways/crossing.npz] [--write]

For each encoder, shipped (by name) or built (a folder): heads on the passage's vector alone, and with its context. Then
heads on n-grams alone, the mean of n-grams and of each encoder with context, and means of several. Heads learn from the
other sets of gold, then from these and corpora/written. Everything is chosen on inner folds of the sets learnt from:
Platt scaling and thresholds; nothing on the set judged. Means are of calibrated log-odds.

`--scores NAME=FILE.npz` adds a way trained elsewhere, that has read no gold passage: `ids` (n,) are
« testimony_id.number » and `present` (n, 4) log-odds, trust last. Such a way, not having learnt from gold, is
calibrated on the other sets.

Speed is that of the encoder alone, by the clock, on `--speed` passages, without cache: measure it on an idle machine.
Ten minutes or so an encoder on two idle cores with 20,000 passages. `--write` makes docs/ways.md.
"""

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy import sparse

from benchmarks.heads import (
    ROOT,
    Flags,
    Matrix,
    Rows,
    Said,
    calibrated,
    corpora,
    dense,
    encoder_of,
    inner_splits,
    lexical,
    odds,
    sense_odds,
    thresholds,
    whole_of,
)
from benchmarks.written import circumstances
from voices import coding
from voices.coding.calibration import Doubles
from voices.coding.features import Vectors, plain
from voices.coding.figures import number
from voices.coding.fitting import layout_of, sense_pairs, tabulate
from voices.coding.folds import Split, writer_splits
from voices.coding.labelled import Labelled
from voices.coding.metrics import average_precision, scores
from voices.coding.spread import in_order
from voices.ports import Encoder

PAGE = ROOT / "docs" / "ways.md"
NGRAMS, ALONE = "n-grammes", " sans contexte"
BOTH, GOLD_ONLY, MIXED, WRITTEN_ONLY = "gold et written", "gold seul", "gold, n-grammes des deux", "written seul"


@dataclass(frozen=True)
class Given:
    """Gold rows come first, then written rows. `outside` are calibrated elsewhere: (gold, n_labels) log-odds."""

    passages: tuple[Labelled, ...]
    truth: Flags
    gold: int
    vectors: Mapping[str, Vectors]
    grams: sparse.csr_matrix
    pairs: Rows
    kinds: Rows
    outside: Mapping[str, Doubles]


@dataclass(frozen=True)
class Line:
    """The figures of one way. `sense` is None where it tells none."""

    name: str
    learnt: str
    f1: float
    by_label: tuple[float, ...]
    precision: float
    sense: float | None
    speed: float | None


Part = tuple[Split, bool]
"""A set held out, and whether corpora/written is learnt from."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoders", nargs="+", help="shipped encoders by name, or folders of encoders")
    parser.add_argument("--scores", nargs="*", default=[], metavar="NAME=FILE", help="ways trained elsewhere")
    parser.add_argument("--sets", nargs="*", help="only these writers' sets: to try the command")
    parser.add_argument("--speed", type=int, default=100, help="passages to time each encoder on; 0: none")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", action="store_true", help=f"make {PAGE.name}")
    options = parser.parse_args()
    gold, written = corpora()
    found = dict(encoder_of(one) for one in options.encoders)
    given = given_of(gold, written, found, read_scores(options.scores, gold))
    sets = [split for name, split in writer_splits(gold) if not options.sets or name in options.sets]
    speeds = {name: speed(name, options.speed, gold) for name in options.encoders} if options.speed else {}
    timed = {encoder_of(name)[0]: value for name, value in speeds.items()}
    judged: dict[str, list[dict[str, Said]]] = {}
    for learnt in (GOLD_ONLY, BOTH):
        tasks = [(split, learnt == BOTH) for split in sets]
        judged[learnt] = list(in_order(judge, given, tasks, processes=options.processes))
        print(learnt, "judged", flush=True)
    # An encoder tuned on written passages knows them by heart: its heads may do better on gold, n-grams on both.
    judged[MIXED] = [{**one, NGRAMS: other[NGRAMS]} for one, other in zip(judged[GOLD_ONLY], judged[BOTH], strict=True)]
    lines = [
        line(name, members, sets, judged[learnt], given, learnt=learnt, timed=timed)
        for name, members in ways(list(found), list(given.outside)).items()
        for learnt in learnt_from(members, given)
    ]
    identities = ", ".join(one.identity for one in found.values())
    labels, some = layout_of(coding.codebook()).present, ", ".join(options.sets or ())
    text = page(lines, labels, len(gold), len(written), circumstances(identities), sets=some)
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")


def given_of(
    gold: Sequence[Labelled],
    written: Sequence[Labelled],
    found: Mapping[str, Encoder],
    outside: Mapping[str, Doubles],
) -> Given:
    layout = layout_of(coding.codebook())
    tables = {name: whole_of(tabulate(gold, one), tabulate(written, one)) for name, one in found.items()}
    whole = next(iter(tables.values()))
    pairs, kinds = sense_pairs(whole, layout)
    vectors = {name: table.vectors for name, table in tables.items()}
    return Given(whole.passages, whole.truth(layout), len(gold), vectors, whole.grams, pairs, kinds, outside)


def read_scores(asked: Sequence[str], gold: Sequence[Labelled]) -> dict[str, Doubles]:
    """(gold, n_labels) log-odds by way, in the order of gold. Stops where a passage has none."""
    found = {}
    for one in asked:
        name, _, path = one.partition("=")
        with np.load(path) as told:
            known = dict(zip(told["ids"].tolist(), np.asarray(told["present"], np.float64), strict=True))
        lacking = [row for row in gold if f"{row.testimony_id}.{row.number}" not in known]
        if lacking:
            raise SystemExit(f"{path}: no score for {len(lacking)} gold passages")
        found[name] = np.array([known[f"{row.testimony_id}.{row.number}"] for row in gold])
    return found


def speed(name: str, count: int, gold: Sequence[Labelled]) -> float:
    """Passages a second of that encoder, questions and passages before left out, after a first text."""
    from voices import encoders, settings

    table, folder = settings.load(), Path(name)
    models, short = (folder.parent, folder.name) if folder.is_dir() else (table.models, name)
    known = encoders.is_embedded(short, models=models)
    encoder = encoders.load(short if known else name, models=models, cache=None, threads=table.threads)
    texts = [plain(one.text) for one in gold[:: max(1, len(gold) // count)][:count]]
    encoder.encode(texts[:1])
    begun = time.perf_counter()
    encoder.encode(texts)
    return len(texts) / (time.perf_counter() - begun)


def ways(names: Sequence[str], outside: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """French name to what is averaged: single ways, each with n-grams, then means of several with n-grams."""
    singles = [NGRAMS, *(one for name in names for one in (f"{name}{ALONE}", name)), *outside]
    found: dict[str, tuple[str, ...]] = {one: (one,) for one in singles}
    readers = [*names, *outside]
    for count in range(1, len(readers) + 1):
        for some in combinations(readers, count):
            found[" + ".join((*some, NGRAMS))] = (*some, NGRAMS)
    return found


def learnt_from(members: Sequence[str], given: Given) -> list[str]:
    """What the heads of those ways may learn from; ways trained elsewhere have learnt already."""
    heads = set(members) - set(given.outside)
    if not heads:
        return [GOLD_ONLY]
    return [GOLD_ONLY, BOTH, *([MIXED] if NGRAMS in heads and len(heads) > 1 else [])]


def judge(given: Given, part: Part) -> dict[str, Said]:
    """What each single way says of the set held out."""
    (learn, held), also = part
    found: dict[str, Said] = {}
    always = np.arange(given.gold, len(given.passages)) if also else np.empty(0, np.intp)
    everything = np.concatenate([learn, always])
    for name, columns in kinds_of(given, everything):
        found[name] = said(given, columns, learn, always, held, tells=ALONE not in name)
    for name, told in given.outside.items():
        found[name] = Said(*calibrated(told[learn], told[held], given.truth[learn]))
    return found


def kinds_of(given: Given, learn: Rows) -> list[tuple[str, Matrix]]:
    found: list[tuple[str, Matrix]] = [(NGRAMS, lexical(given.grams, learn))]
    for name, vectors in given.vectors.items():
        found.append((f"{name}{ALONE}", dense(vectors, learn, context=False)))
        found.append((name, dense(vectors, learn, context=True)))
    return found


def said(given: Given, columns: Matrix, learn: Rows, always: Rows, held: Rows, *, tells: bool) -> Said:
    """Inner folds cut the gold rows; written rows are learnt from in each."""
    inner = np.zeros((len(given.passages), given.truth.shape[1]))
    for some, others in inner_splits(given.passages, learn):
        inner[others] = odds(columns, given.truth, np.concatenate([some, always]), others)
    everything = np.concatenate([learn, always])
    outer = odds(columns, given.truth, everything, held)
    pairs = np.isin(given.pairs[:, 0], everything)
    senses = sense_odds(columns, given.pairs[pairs, 0], given.kinds[pairs], held) if tells else None
    return Said(*calibrated(inner[learn], outer, given.truth[learn]), senses)


def line(
    name: str,
    members: Sequence[str],
    sets: Sequence[Split],
    parts: Sequence[Mapping[str, Said]],
    given: Given,
    *,
    learnt: str,
    timed: Mapping[str, float],
) -> Line:
    """The figures of a mean of ways over all the sets held out."""
    put, chances = [], []
    for (learn, _), part in zip(sets, parts, strict=True):
        inner, judged = (np.mean([getattr(part[one], of) for one in members], axis=0) for of in ("inner", "judged"))
        put.append(judged >= thresholds(inner, given.truth[learn]))
        chances.append(judged)
    rows = np.concatenate([held for _, held in sets])
    truth, yes, odd = given.truth[rows], np.concatenate(put), np.concatenate(chances)
    by_label = tuple(scores(truth[:, k], yes[:, k]).f1 for k in range(truth.shape[1]))
    precision = [average_precision(truth[:, k], odd[:, k]) for k in range(truth.shape[1] - 1)]
    costs = [1 / timed[one.removesuffix(ALONE)] for one in members if one.removesuffix(ALONE) in timed]
    known = costs and not set(members) & set(given.outside)
    return Line(
        name=name,
        learnt=WRITTEN_ONLY if set(members) <= set(given.outside) else learnt,
        f1=float(np.mean(by_label[:-1])),
        by_label=by_label,
        precision=float(np.mean(precision)),
        sense=_sense(members, sets, parts, given),
        speed=1 / sum(costs) if known else None,
    )


def _sense(
    members: Sequence[str], sets: Sequence[Split], parts: Sequence[Mapping[str, Said]], given: Given
) -> float | None:
    """Right senses among the codes that people put, the scores of the members averaged, without a prior by code."""
    right = total = 0
    for (_, held), part in zip(sets, parts, strict=True):
        told = [senses for one in members if (senses := part[one].senses) is not None]
        if not told:
            return None
        best = dict(zip(held.tolist(), np.mean(told, axis=0).argmax(axis=1), strict=True))
        here = np.isin(given.pairs[:, 0], held)
        right += sum(best[int(row)] == kind for row, kind in zip(given.pairs[here, 0], given.kinds[here], strict=True))
        total += int(here.sum())
    return right / max(1, total)


def page(lines: Sequence[Line], labels: Sequence[str], gold: int, written: int, told: str, *, sets: str = "") -> str:
    head = ["manière", "appris de", "macro-F1 des trois codes", "précision moyenne", "sens exact", *labels]
    head.append("passages par seconde")
    found = [
        "# Plusieurs manières de lire, comparées",
        "",
        f"Chaque groupe d’auteurs des {gold} passages de `corpora/gold` est laissé de côté à son tour, et jugé par des",
        "régressions qui ont appris des autres groupes (gold seul), ou d’eux et des"
        f" {written} passages de `corpora/written`.",
        *([f"Jugés ici\u202f: les groupes {sets} seuls."] if sets else []),
        "Calibration et seuils sont choisis sur trois parts des groupes appris, jamais sur celui qui est jugé. Une",
        "manière nommée sans plus lit le passage, la question et le passage d’avant. « A + B »\u202f: moyenne de leurs",
        "log-cotes calibrées. Le sens est jugé là où une personne a posé le code. La vitesse est celle des encodeurs.",
        "",
        f"| {' | '.join(head)} |",
        "|---" * len(head) + "|",
        *(_row(one) for one in sorted(lines, key=lambda one: one.f1)),
        "",
        f"Refaire\u202f: `python -m benchmarks.ways ENCODEUR… --write`. Mesuré le {told}.",
    ]
    return "\n".join(found).replace("« ", "«\u202f").replace(" »", "\u202f»") + "\n"


def _row(one: Line) -> str:
    sense = number(one.sense) if one.sense is not None else "—"
    speed = f"{one.speed:.0f}" if one.speed else "—"
    cells = (one.name, one.learnt, number(one.f1), number(one.precision), sense, *map(number, one.by_label), speed)
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
