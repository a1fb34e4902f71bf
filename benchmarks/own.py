"""Codes of one's own: how well a code never seen is found, from its description alone and then with decisions.

Run: python -m benchmarks.own [--encoder NAME] [--seeds N]      (N: 3; about three minutes on two cores)
Writes docs/own_codes.md. Each sub-code of the labelled passages, and `confiance`, stands in turn for an evaluator's
code: it is told by its line of the code book. The coder of the 3A is the one that benchmarks.review starts from, which
learnt no sub-code and has read none of the testimonies used here, W7 to W11. Half of these lend what is usual and the
decisions; the other half judges. All that is chosen (from z to probability, the bar from which a code is put) is chosen
on three sub-codes, CHOSEN; means are of the six others.

Decisions are drawn at random, or taken as they are shown to people: likeliest first, by the model that learnt from
those before. Beside it: key words, the share of the description's words of five letters or more, cut to their first
five, that the passage has; and the same regression without what the coder of the 3A thinks, or without the description.
"""

import argparse
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from benchmarks.review import LEARNT, PROJECTS, first_coder
from benchmarks.whole import GOLD
from benchmarks.written import DOCS, between, circumstances
from voices import coding, encoders, loading, settings
from voices.coding import own, own_coder
from voices.coding.calibration import fit_platt, sigmoid
from voices.coding.features import plain
from voices.coding.fitting import tabulate
from voices.coding.folds import splits
from voices.coding.layout import TRUST
from voices.coding.metrics import average_precision, scores
from voices.coding.own import Direction, OwnModel, Prior, Seen
from voices.coding.own_book import known
from voices.coding.own_coder import Sight
from voices.domain import OwnCode
from voices.ports import Encoder

PAGE, NAME = DOCS / "own_codes.md", "mesures des codes à soi"
CHOSEN = ("autres", "lien", "contribution")
DECISIONS = (0, 5, 20, 50, 100, 200)
USUAL = 600
RANDOM, LIKELIEST = "random decisions", "likeliest first"
WAYS = (RANDOM, LIKELIEST, "random, without the 3A", "likeliest, without the 3A", "random, without description")

Flags = NDArray[np.bool_]
Doubles = NDArray[np.float64]
Rows = NDArray[np.intp]
Found = dict[tuple[str, int, str], list[tuple[Flags, Doubles]]]
"""By way, number of decisions and code: what is true and how likely it was said, one a draw."""


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", help="instead of the one that the coder names")
    parser.add_argument("--seeds", type=int, default=3)
    asked = parser.parse_args()
    chosen = settings.load()
    encoder = (
        encoders.load(asked.encoder, models=chosen.models, cache=chosen.cache, threads=chosen.threads)
        if asked.encoder
        else loading.reader_of(loading.coder_of(chosen), chosen)
    )
    labelled = coding.read_labelled(GOLD)
    sight = Sight(first_coder(tabulate([one for one in labelled if one.writer_set in LEARNT], encoder), encoder))
    gold = [one for one in labelled if one.writer_set in PROJECTS]
    seen = sight.see([one.text for one in gold], encoder)
    codes = known(coding.codebook())
    truth = {
        one.id: np.array([one.id in {*row.codes, *row.subcodes} or (one.id == TRUST and row.trust) for row in gold])
        for one in codes
    }
    directed = {one.id: described(one, codes, sight, encoder) for one in codes}
    found: Found = {}
    priors = []
    for seed in range(1, asked.seeds + 1):
        lent, judged = next(splits(gold, 2, seed=seed))
        usual = seen.rows(lent[:: max(1, len(lent) // USUAL)])
        directions = {name: own.direct(told, centre, usual) for name, (told, centre) in directed.items()}
        z = {name: one.scores(seen) for name, one in directions.items()}
        trial = Trial(seen, directions, z, truth, lent, judged)
        priors.append(prior_of(trial))
        for one in codes:
            if one.id in {code.id for code in coding.codebook().codes}:
                continue
            words = key_words(one, [gold[row].text for row in judged])
            found.setdefault(("key words", 0, one.id), []).append((truth[one.id][judged], words))
            for way in WAYS:
                for count, chances in learning(one.id, trial, priors[-1], way, seed=seed):
                    found.setdefault((way, count, one.id), []).append((truth[one.id][judged], chances))
        print(f"draw {seed} done", flush=True)
    text = page(found, truth, priors, encoder)
    between(PAGE, NAME, text)
    print(text)


def described(code: OwnCode, codes: tuple[OwnCode, ...], sight: Sight, encoder: Encoder):
    """Its description, and the mean of the others': what a new code meets is a code book without it."""
    idf = sight.coder.weights.idf
    centre = own_coder.mean_description([one for one in codes if one.id != code.id], encoder, idf)
    return own.describe(code, encoder, idf), centre


def prior_of(trial: Trial) -> Prior:
    """From z to log-odds, learnt on the chosen codes together; what is not learnt is what ships."""
    z = np.concatenate([trial.z[name][trial.lent] for name in CHOSEN])
    platt = fit_platt(z, np.concatenate([trial.truth[name][trial.lent] for name in CHOSEN]))
    return replace(own.PRIOR, slope=platt.slope, offset=platt.offset)


def learning(name: str, trial: Trial, prior: Prior, way: str, *, seed: int):
    """(number of decisions, probabilities of the judged half), from none to the most."""
    if "description" in way:
        prior = replace(prior, slope=0.0, slope_variance=0.0)
    seen = trial.seen
    if "without the 3A" in way:
        seen = replace(seen, leanings=np.zeros_like(seen.leanings))
    judged, lent = seen.rows(trial.judged), seen.rows(trial.lent)
    z = trial.z[name]
    drawn = np.random.default_rng([seed, *name.encode()]).permutation(len(trial.lent))
    decided = np.empty(0, np.intp)
    queue = drawn
    for count in DECISIONS:
        left = queue[~np.isin(queue, decided)]
        decided = np.concatenate([decided, left[: count - len(decided)]])
        truth = trial.truth[name][trial.lent][decided]
        model = own.learn(trial.directions[name], prior, lent.rows(decided), truth)
        yield count, chances(model, judged, z[trial.judged])
        if "likeliest" in way:
            queue = np.argsort(-chances(model, lent, z[trial.lent]), kind="stable")


def chances(model: OwnModel, seen: Seen, z: Doubles) -> Doubles:
    """As OwnModel.probability, with products of matrices: the last digits do not matter here, the time does."""
    more = seen.directions @ model.dense.astype(np.float32) + seen.words.dot(model.lexical)
    return sigmoid(model.slope * z + model.offset + more + seen.leanings @ model.leaning)


def key_words(code: OwnCode, texts: list[str]) -> Doubles:
    """(n,): the share of the description's words that each text has."""
    stems = _stems(" ".join([code.label, code.definition, *code.examples]))
    return np.array([len(stems & _stems(text)) for text in texts]) / len(stems)


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w+", plain(text).lower()) if len(word) >= 5}


def best_bar(found: Found, way: str, count: int) -> float:
    """The bar with the best mean F1 over the chosen codes."""
    drawn = [one for name in CHOSEN for one in found[way, count, name]]
    bars = np.unique(np.quantile(np.concatenate([chance for _, chance in drawn]), np.linspace(0.5, 0.995, 60)))
    return float(max(bars, key=lambda bar: mean(scores(right, chance >= bar).f1 for right, chance in drawn)))


def figures(found: Found, way: str, count: int, name: str) -> tuple[float, float]:
    """(average precision, F1) of one code, the bar chosen on the chosen codes."""
    bar, drawn = best_bar(found, way, count), found[way, count, name]
    return (
        mean(average_precision(right, chance) for right, chance in drawn),
        mean(scores(right, chance >= bar).f1 for right, chance in drawn),
    )


def page(found: Found, truth: Mapping[str, Flags], priors: list[Prior], encoder: Encoder) -> str:
    """The tables."""
    held = list(dict.fromkeys(name for _, _, name in found))
    others = [name for name in held if name not in CHOSEN]
    counts = " | ".join(map(str, DECISIONS))
    lines = [
        f"`python -m benchmarks.own`, {circumstances(encoder.identity, french=False)}.",
        "",
        "Likeliest first, average precision and F1 in brackets, by number of decisions (* : chosen on).\n\n"
        f"| code | share | key words | {counts} |",
        "|---" * (len(DECISIONS) + 3) + "|",
    ]
    for name in held:
        cells = [figures(found, "key words", 0, name), *(figures(found, LIKELIEST, n, name) for n in DECISIONS)]
        star = " *" if name in CHOSEN else ""
        lines.append(
            f"| {name}{star} | {truth[name].mean():.3f} | {' | '.join(f'{ap:.2f} ({f1:.2f})' for ap, f1 in cells)} |"
        )
    share = f"{mean(truth[name].mean() for name in others):.3f}"
    lines += ["", f"Mean of the six codes nothing was chosen on (share {share}).\n\n| | {counts} |"]
    lines.append("|---" * (len(DECISIONS) + 1) + "|")
    for way in WAYS:
        cells = [[figures(found, way, count, name) for name in others] for count in DECISIONS]
        told = [f"{mean(a for a, _ in some):.3f} ({mean(f for _, f in some):.3f})" for some in cells]
        if "description" in way:
            told[0] = "—"
        lines.append(f"| {way} | {' | '.join(told)} |")
    bars = ", ".join(f"{n}: {best_bar(found, LIKELIEST, n):.2f}" for n in DECISIONS)
    slope, offset = (mean(getattr(one, name) for one in priors) for name in ("slope", "offset"))
    lines += ["", f"For `own.PRIOR`: slope {slope:.2f}, offset {offset:.2f}; bars by decisions {bars}."]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
