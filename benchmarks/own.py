"""Codes of one's own: how well a code never seen is found, from its description alone and then with decisions.

Run: python -m benchmarks.own [--encoder NAME] [--seeds N] [--vectors FILE.npy]      (N: 3)
Each sub-code of the shipped passages, and `confiance`, stands in turn for an evaluator's code: it is told by its line
of the code book, and never used to choose anything. Half the testimonies lend what is usual and the decisions, drawn
at random; the other half judges. All that is chosen (the map from z to probability, how freely decisions move it, the
bar from which a code is put) is chosen on the eight others.

Beside it: key words, the share of the description's words of five letters or more, cut to their first five, that the
passage has; and the same regression without the description.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.whole import GOLD
from voices import coding, encoders, settings
from voices.coding import own, own_coder
from voices.coding.calibration import fit_platt, sigmoid
from voices.coding.features import plain
from voices.coding.folds import splits
from voices.coding.layout import TRUST
from voices.coding.lexical import inverse_frequency, tally
from voices.coding.metrics import average_precision, scores
from voices.coding.own import Direction, OwnModel, Prior, Seen, Words
from voices.coding.own_book import known
from voices.domain import OwnCode, Sense

DECISIONS = (0, 5, 10, 20, 50, 100)
FREEDOMS = (1.0, 3.0, 10.0)
SLOPE_VARIANCE, OFFSET_VARIANCE = 0.3, 1.0
USUAL = 600

Flags = NDArray[np.bool_]
Doubles = NDArray[np.float64]
Rows = NDArray[np.intp]
Key = tuple[str, int]
"""A way, and how many decisions it had."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One half that lends and one that judges: every code's direction, z-scores and truth, over all passages."""

    seen: Seen
    directions: Mapping[str, Direction]
    z: Mapping[str, Doubles]
    truth: Mapping[str, Flags]
    lent: Rows
    judged: Rows


def main() -> None:
    asked = _asked()
    chosen = settings.load()
    encoder = encoders.load(asked.encoder or chosen.encoder, models=chosen.models, cache=chosen.cache, threads=1)
    gold = coding.read_labelled(GOLD)
    vectors = _vectors(asked.vectors, [one.text for one in gold], encoder)
    codes = known(coding.codebook())
    held = [one.id for one in codes if one.id not in {code.id for code in coding.codebook().codes}]
    print(f"{encoder.identity}, {len(gold)} passages, {asked.seeds} draws")
    truth = {
        one.id: np.array(
            [one.id in row.codes or one.id in row.subcodes or (one.id == TRUST and row.trust) for row in gold]
        )
        for one in codes
    }
    coded = np.array([bool(row.codes) for row in gold])
    found: dict[Key, dict[str, list[tuple[float, Doubles, Flags]]]] = defaultdict(lambda: defaultdict(list))
    told: list[Prior] = []
    for seed in range(1, asked.seeds + 1):
        lent, judged = next(splits(gold, 2, seed=seed))
        idf = inverse_frequency(tally([gold[row].text for row in lent]))
        seen = Seen(own.unit(vectors - vectors[lent].mean(axis=0)), Words.of([one.text for one in gold], idf))
        usual = seen.rows(lent[coded[lent]][:: max(1, int(coded[lent].sum()) // USUAL)])
        directions = {one.id: _direction(one, codes, encoder, idf, usual) for one in codes}
        z = {name: one.scores(seen) for name, one in directions.items()}
        trial = Trial(seen, directions, z, truth, lent, judged)
        words = {one.id: key_words(one, [gold[row].text for row in judged]) for one in codes if one.id in held}
        for name in held:
            prior = _map([other for other in held if other != name], trial)
            told.append(prior)
            right = truth[name][judged]
            found["key words", 0][name].append((average_precision(right, words[name]), words[name], right))
            for key, chances in _learn(name, trial, prior, seed=seed):
                found[key][name].append((average_precision(right, chances), chances, right))
        print(f"draw {seed} done", flush=True)
    _tell(found, held, truth)
    _tell_constants(found, held, told)
    senses(gold, vectors)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--encoder")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--vectors", type=Path, help="kept here from one run to the next")
    return parser.parse_args()


def senses(gold, vectors) -> None:
    """Presence or lack of a code never seen, where a person said one: a regression that learnt it on the other two
    codes, the halves changing sides.
    """
    codes = [one.id for one in coding.codebook().codes]
    kinds = (Sense.PRESENCE, Sense.LACK)
    pairs = [
        (row, k, kinds.index(one.codes[code]))
        for row, one in enumerate(gold)
        for k, code in enumerate(codes)
        if one.codes.get(code) in kinds
    ]
    rows, which, lack = np.array(pairs).T
    print()
    for k, code in enumerate(codes):
        right = []
        for lent, judged in splits(gold, 2, seed=1):
            directions = own.unit(vectors - vectors[lent].mean(axis=0))[rows]
            others, mine = np.isin(rows, lent) & (which != k), np.isin(rows, judged) & (which == k)
            fitted = LogisticRegression(C=1.0, max_iter=200).fit(directions[others], lack[others])
            right += list(fitted.predict(directions[mine]) == lack[mine])
        commoner = max(np.mean(lack[which == k]), 1 - np.mean(lack[which == k]))
        print(f"{code}: sense right {np.mean(right):.3f}, always the commoner {commoner:.3f}")


def _vectors(path: Path | None, texts: list[str], encoder) -> NDArray[np.float32]:
    if path and path.exists():
        return np.load(path)
    found = encoder.encode([plain(text) for text in texts])
    if path:
        np.save(path, found)
    return found


def _direction(code: OwnCode, codes: tuple[OwnCode, ...], encoder, idf, usual: Seen) -> Direction:
    """Centred on the other codes: what a new code meets is a code book without it."""
    centre = own_coder.mean_description([one for one in codes if one.id != code.id], encoder, idf)
    return own.direct(own.describe(code, encoder, idf), centre, usual)


def _map(others: list[str], trial: Trial) -> Prior:
    """From z to log-odds, learnt on the other codes together."""
    z = np.concatenate([trial.z[name][trial.lent] for name in others])
    platt = fit_platt(z, np.concatenate([trial.truth[name][trial.lent] for name in others]))
    return Prior(platt.slope, platt.offset, SLOPE_VARIANCE, OFFSET_VARIANCE, 1.0, (0.5, 0.5))


def _learn(name: str, trial: Trial, prior: Prior, *, seed: int) -> Iterator[tuple[Key, Doubles]]:
    direction, judged = trial.directions[name], trial.seen.rows(trial.judged)
    drawn = np.random.default_rng([seed, *name.encode()]).permutation(trial.lent)
    blind = replace(prior, slope=0.0, slope_variance=0.0)
    for count in DECISIONS:
        decided, truth = trial.seen.rows(drawn[:count]), trial.truth[name][drawn[:count]]
        for freedom in FREEDOMS if count else FREEDOMS[:1]:
            model = own.learn(direction, replace(prior, freedom=freedom), decided, truth)
            yield (f"ours {freedom}", count), _chances(model, judged, trial.z[name][trial.judged])
        if count:
            model = own.learn(direction, blind, decided, truth)
            yield ("without description", count), _chances(model, judged, trial.z[name][trial.judged])


def _chances(model: OwnModel, seen: Seen, z: Doubles) -> Doubles:
    """As OwnModel.probability, with products of matrices: the last digits do not matter here, the time does."""
    more = seen.directions @ model.dense.astype(np.float32) + seen.words.dot(model.lexical)
    return sigmoid(model.slope * z + model.offset + more)


def key_words(code: OwnCode, texts: list[str]) -> Doubles:
    """(n,): the share of the description's words that each text has."""
    told = " ".join([code.label, code.definition, *code.examples])
    stems = {word[:5] for word in re.findall(r"\w+", plain(told).lower()) if len(word) >= 5}
    return np.array(
        [len(stems & {word[:5] for word in re.findall(r"\w+", plain(text).lower())}) for text in texts]
    ) / len(stems)


def _best_bar(found: dict[str, list[tuple[float, Doubles, Flags]]], others: list[str]) -> float:
    """The bar with the best mean F1 over those codes."""
    drawn = [one for name in others for one in found[name]]
    bars = np.unique(np.quantile(np.concatenate([chances for _, chances, _ in drawn]), np.linspace(0.5, 0.995, 60)))
    return float(max(bars, key=lambda bar: mean(scores(right, chances >= bar).f1 for _, chances, right in drawn)))


def _figures(found, held: list[str], name: str) -> tuple[float, float]:
    """(average precision, F1) of one code, the bar chosen on the others."""
    bar = _best_bar(found, [one for one in held if one != name])
    return mean(one for one, _, _ in found[name]), mean(
        scores(right, chances >= bar).f1 for _, chances, right in found[name]
    )


def _chosen(found, held: list[str]) -> Mapping[str, str]:
    """For each code, the freedom with the best mean average precision on the others, over all numbers of decisions."""
    ways = [f"ours {freedom}" for freedom in FREEDOMS]
    worth = {
        way: {name: mean(ap for count in DECISIONS[1:] for ap, _, _ in found[way, count][name]) for name in held}
        for way in ways
    }
    return {name: max(ways, key=lambda way: mean(worth[way][one] for one in held if one != name)) for name in held}


def _tell(found, held: list[str], truth: Mapping[str, Flags]) -> None:
    chosen = _chosen(found, held)
    ours = {
        count: {name: found[chosen[name] if count else f"ours {FREEDOMS[0]}", count][name] for name in held}
        for count in DECISIONS
    }
    print(f"\n| code | present | key words | {' | '.join(map(str, DECISIONS))} decisions |")
    print(f"|{'---|' * (len(DECISIONS) + 3)}")
    rows = {
        name: [_figures(found["key words", 0], held, name), *(_figures(ours[n], held, name) for n in DECISIONS)]
        for name in held
    }
    for name in held:
        print(f"| {name} | {truth[name].mean():.3f} | {' | '.join(f'{ap:.2f} ({f1:.2f})' for ap, f1 in rows[name])} |")
    means = [tuple(mean(rows[name][k][part] for name in held) for part in (0, 1)) for k in range(len(DECISIONS) + 1)]
    share = mean(truth[name].mean() for name in held)
    print(f"| **mean** | {share:.3f} | {' | '.join(f'{ap:.3f} ({f1:.3f})' for ap, f1 in means)} |")
    blind = [
        tuple(mean(_figures(found["without description", n], held, name)[part] for name in held) for part in (0, 1))
        for n in DECISIONS[1:]
    ]
    print(f"| without description | | | — | {' | '.join(f'{ap:.3f} ({f1:.3f})' for ap, f1 in blind)} |")


def _tell_constants(found, held: list[str], told: list[Prior]) -> None:
    """What own.PRIOR is made of: chosen on all nine codes."""
    worth = {
        freedom: mean(ap for n in DECISIONS[1:] for name in held for ap, _, _ in found[f"ours {freedom}", n][name])
        for freedom in FREEDOMS
    }
    best = max(worth, key=lambda one: worth[one])
    print(f"\nslope {mean(one.slope for one in told):.2f}, offset {mean(one.offset for one in told):.2f}")
    print(f"freedom: {', '.join(f'{one} {value:.3f}' for one, value in worth.items())}")
    for n in DECISIONS:
        print(f"bar with {n} decisions: {_best_bar(found[f'ours {best if n else FREEDOMS[0]}', n], held):.3f}")


if __name__ == "__main__":
    main()
