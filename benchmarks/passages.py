"""How well passages are cut, next to two baselines; with `--write`, learns anew the weights that are shipped.

Run: `python -m benchmarks.passages [--write]`

The text is running text made by joining, with a space, the passages of the coded set: once turn by turn (a question
or another speaker starts a turn), once whole (questions forgotten, one turn for each speaker's stretch). Boundaries
between turns are given and not counted. The model is learned again for each set of writing, on the other sets.
"""

import argparse
import json
import platform
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np

from voices import passages
from voices.domain import Role, Testimony, Turn
from voices.passages.boundaries import WEIGHTS, Weights, cut_turn
from voices.passages.features import Features, length_features, local_features
from voices.passages.sentences import Unit, units

GOLD = Path(__file__).parents[1] / "corpora" / "gold" / "coded_passages.jsonl"
STRENGTH = 0.02
"""Inverse of the ridge penalty."""
SHIFT = 0.5
"""Added to the intercept: a boundary missed costs a reader more than one too many."""
SEEN = 10
"""Times a word feature must be seen to be kept."""
FIGURES = 3
"""Significant figures of the weights written."""


@dataclass(frozen=True)
class Running:
    """A turn of running text. `gold` and `places` are character offsets where a passage, or a unit, starts."""

    group: str
    text: str
    units: tuple[Unit, ...]
    features: list[Features]
    gold: list[int]

    @property
    def places(self) -> list[int]:
        """Every place where a boundary may be: units and true boundaries."""
        return sorted({unit.start for unit in self.units[1:]} | set(self.gold))

    def chosen(self, cuts: Sequence[int]) -> list[int]:
        """The cuts as ranks among the places."""
        ranks = {place: rank for rank, place in enumerate(self.places)}
        return [ranks[self.units[cut].start] for cut in cuts]

    def true(self) -> list[int]:
        return [rank for rank, place in enumerate(self.places) if place in set(self.gold)]

    def true_units(self) -> list[int]:
        """How many units lie before each true boundary, the nearest where a unit holds it."""
        starts = np.array([unit.start for unit in self.units])
        return sorted({int(np.argmin(abs(starts - place))) for place in self.gold} - {0})


def turns(rows: Sequence[dict], *, whole: bool) -> Iterator[list[dict]]:
    """The passages of each turn, in order."""
    for _, of_speaker in groupby(rows, key=lambda row: (row["testimony_id"], row["speaker"])):
        turn: list[dict] = []
        for row in of_speaker:
            if turn and row["question"] and not whole:
                yield turn
                turn = []
            turn.append(row)
        yield turn


def running(rows: Sequence[dict], *, whole: bool) -> list[Running]:
    joined = list(turns(rows, whole=whole))
    texts = [" ".join(row["text"] for row in turn) for turn in joined]
    found = []
    for turn, text, of_turn in zip(joined, texts, units(texts), strict=True):
        ends = np.cumsum([len(row["text"]) + 1 for row in turn])[:-1].tolist()
        group = turn[0]["testimony_id"].split("-")[0]
        found.append(Running(group, text, of_turn, local_features(text, of_turn), ends))
    return found


def hazards(turn: Running) -> Iterator[tuple[Features, bool]]:
    """At each unit, the last left out, of each true passage: what is known there, and whether the passage ends."""
    for start, past in pairwise([0, *turn.true_units(), len(turn.units)]):
        words = 0
        for i in range(start, min(past, len(turn.units) - 1)):
            words += turn.units[i].words
            yield turn.features[i] | length_features(words, i - start + 1), i == past - 1


def learn(sample: Sequence[Running]) -> dict[str, float]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, ends = zip(*(row for turn in sample for row in hazards(turn)), strict=True)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    kept = np.asarray((matrix != 0).sum(axis=0)).ravel() >= SEEN
    matrix = matrix[:, kept]
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=3).fit(matrix, ends)
    names = vectorizer.get_feature_names_out()[kept]
    weights = {str(name): _rounded(weight) for name, weight in zip(names, model.coef_[0], strict=True)}
    return {"": _rounded(model.intercept_[0] + SHIFT)} | {name: weight for name, weight in weights.items() if weight}


def _rounded(number: float) -> float:
    return float(f"{number:.{FIGURES}g}")


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    f1: float
    pk: float


def score(sample: Sequence[Running], cuts: Sequence[Sequence[int]]) -> Score:
    """Boundary F1 within one place, matched one to one, and Pk (Beeferman, Berger and Lafferty, 1999) within turns."""
    chosen = [turn.chosen(of_turn) for turn, of_turn in zip(sample, cuts, strict=True)]
    true = [turn.true() for turn in sample]
    matched = sum(_matches(a, b) for a, b in zip(true, chosen, strict=True))
    precision = matched / max(1, sum(map(len, chosen)))
    recall = matched / sum(map(len, true))
    return Score(
        precision, recall, 2 * matched / (sum(map(len, chosen)) + sum(map(len, true))), _pk(sample, true, chosen)
    )


def _matches(true: Sequence[int], chosen: Sequence[int]) -> int:
    i = j = matched = 0
    while i < len(true) and j < len(chosen):
        near = abs(true[i] - chosen[j]) <= 1
        matched += near
        i, j = i + (near or true[i] < chosen[j]), j + (near or true[i] > chosen[j])
    return matched


def _pk(sample: Sequence[Running], true: Sequence[Sequence[int]], chosen: Sequence[Sequence[int]]) -> float:
    sentences = [len(turn.places) + 1 for turn in sample]
    window = max(1, round(sum(sentences) / sum(len(of_turn) + 1 for of_turn in true) / 2))
    wrong = windows = 0
    for count, a, b in zip(sentences, true, chosen, strict=True):
        for i in range(count - window):
            windows += 1
            wrong += any(i <= x < i + window for x in a) != any(i <= x < i + window for x in b)
    return wrong / windows


def cross_validated(sample: Sequence[Running], weights: Mapping[str, Weights]) -> list[list[int]]:
    return [cut_turn(turn.text, turn.units, weights[turn.group]) for turn in sample]


def speed() -> tuple[int, float]:
    """Words, and seconds taken to cut them once everything is loaded: an hour of speech."""
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    text = " ".join(row["text"] for row in rows[:210])
    passages.cut([Testimony("t", "Bonjour.", (Turn(0, 8, Role.WITNESS),))])
    start = time.perf_counter()
    passages.cut([Testimony("t", text, (Turn(0, len(text), Role.WITNESS),))])
    return len(text.split()), time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="learn on everything and write the shipped weights")
    write = parser.parse_args().write
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    views = {"turn by turn": running(rows, whole=False), "whole": running(rows, whole=True)}
    everything = [turn for sample in views.values() for turn in sample]
    if write:
        WEIGHTS.write_text(json.dumps(learn(everything), ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    groups = sorted({turn.group for turn in everything})
    weights = {group: learn([turn for turn in everything if turn.group != group]) for group in groups}
    for view, sample in views.items():
        true = sum(len(turn.gold) for turn in sample)
        print(f"\n{view}: {len(sample)} turns, {true} boundaries, {sum(len(t.units) for t in sample)} sentences")
        ways = {
            "each sentence alone": [list(range(1, len(turn.units))) for turn in sample],
            "windows of three": [list(range(3, len(turn.units), 3)) for turn in sample],
            "voices (other writers' texts)": cross_validated(sample, weights),
        }
        for way, cuts in ways.items():
            found = score(sample, cuts)
            print(f"  {way:32} F1 {found.f1:.3f}  (P {found.precision:.3f}, R {found.recall:.3f})  Pk {found.pk:.3f}")
    words, seconds = speed()
    print(f"\n{words} words cut in {seconds:.1f} s, {platform.processor() or platform.machine()}")


if __name__ == "__main__":
    main()
