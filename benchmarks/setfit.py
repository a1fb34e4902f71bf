"""SetFit with its defaults, on the same plain encoder, where the coder is judged: writers' sets left out in turn.

Run: python -m benchmarks.setfit --per-label 8 [--parts 3] [--sets W1 W2] [--threads 2] [--write]

The package setfit 1.1 does not run with the transformers that voices locks, so its published procedure is written here
(Tunstall et al. 2022, « Efficient few-shot learning without prompts », and the defaults of its Trainer): every pair of
the few examples, the rarer kind repeated as often as the other; CosineSimilarityLoss; AdamW, 2e-5, weight decay 0.01,
16 pairs a step, one epoch, a tenth of it to warm up; then one logistic regression a label on the tuned vectors, yes
from 0.5 on. « No code » is one more label, so that passages without a code are alike. Examples are drawn by label among
the other sets, near-duplicates of the set judged left out.

Sets are left out several at a time, in `--parts` parts: with so few examples, drawn among hundreds, to hold out three
sets takes no example away from those who learn, and one training judges three sets. What it costs is draws: three
instead of ten. `--parts 10` leaves out one set at a time.

Time grows with the square of the examples. At about 8 texts a second (forward and back, two cores): 8 a label, three
minutes a part and two more to judge everything, so a dozen minutes for three parts, half an hour for ten; 16 a label,
four times that; 64 a label, a day, so give one set or two. `--write` puts the figures into docs/measures/setfit.json,
which `voices evaluate --out docs/evaluation.md` shows.
"""

import argparse
import os
import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import combinations_with_replacement, islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from torch.nn import functional

from benchmarks.embedding import GOLD, REFERENCE, write_reference
from voices import coding
from voices.cli.evaluate import SETFIT
from voices.coding import elsewhere, resampling
from voices.coding.figures import Figure
from voices.coding.folds import Split, writer_splits

Flags = NDArray[np.bool_]
PAIRS, RATE, DECAY, WARM = 16, 2e-5, 0.01, 0.1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-label", type=int, default=8)
    parser.add_argument("--parts", type=int, default=3, help="how many times sets are left out")
    parser.add_argument("--sets", nargs="*", help="only these writers' sets (default: all)")
    parser.add_argument("--steps", type=int, help="stop training after so many steps: to try the command")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", action="store_true", help=f"put the figures into docs/{SETFIT}")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    write_reference()
    run(options)


def run(options: argparse.Namespace) -> None:
    passages = coding.read_labelled(GOLD)
    codes = [code.id for code in coding.codebook().codes]
    texts = [one.text for one in passages]
    truth = np.array([[*(code in one.codes for code in codes), not one.codes] for one in passages])
    said, judged, started = np.zeros_like(truth), [], time.monotonic()
    kept = {name: split for name, split in writer_splits(passages) if not options.sets or name in options.sets}
    for names in parted(list(kept), options.parts):
        learn, judge = together([kept[name] for name in names])
        rows = drawn(truth, learn, options.per_label, np.random.default_rng(options.seed))
        said[judge] = learnt([texts[row] for row in rows], truth[rows], [texts[row] for row in judge], options.steps)
        judged += judge.tolist()
        print(f"{' '.join(names)}: {len(judge)} passages, {time.monotonic() - started:.0f} s", flush=True)
    if not judged:
        raise SystemExit(f"No such set: {options.sets}")
    testimonies = [passages[row].testimony_id for row in judged]
    show(codes, truth[judged, :-1], said[judged, :-1], testimonies, options, time.monotonic() - started)


def parted(names: Sequence[str], parts: int) -> list[list[str]]:
    """The sets dealt into that many parts, none empty."""
    return [list(names[part::parts]) for part in range(min(parts, len(names)))]


def together(some: Sequence[Split]) -> Split:
    """Those sets judged at once: learnt from are only the rows that each of them allows."""
    learn = reduce(np.intersect1d, [learn for learn, _ in some])
    return learn, np.sort(np.concatenate([judge for _, judge in some]))


def drawn(truth: Flags, learn: NDArray[np.intp], per_label: int, random: np.random.Generator) -> NDArray[np.intp]:
    """That many passages of each label, each passage once."""
    rows: dict[int, None] = {}
    for label in range(truth.shape[1]):
        rows |= dict.fromkeys(random.permutation(learn[truth[learn, label]])[:per_label].tolist())
    return np.array(list(rows), np.intp)


def learnt(texts: Sequence[str], truth: Flags, unread: Sequence[str], most: int | None) -> Flags:
    """What a model tuned on those texts says of unread ones."""
    model = SentenceTransformer(str(REFERENCE), device="cpu")
    tune(model, texts, list(pairs(truth)), most)
    head = OneVsRestClassifier(LogisticRegression()).fit(model.encode(list(texts)), truth)
    return np.asarray(head.predict(model.encode(list(unread))), bool)


def pairs(truth: Flags) -> Iterator[tuple[int, int, float]]:
    """(row, row, 1 where they share a label or 0), in a shuffled order, as many of each."""
    every = np.array(list(combinations_with_replacement(range(len(truth)), 2)))
    every = every[np.random.default_rng(42).permutation(len(every))]
    alike = (truth[every[:, 0]] & truth[every[:, 1]]).any(axis=1)
    longest = max(alike.sum(), (~alike).sum())
    both = [(np.resize(every[kind], (longest, 2)), value) for kind, value in ((alike, 1.0), (~alike, 0.0))]
    found = [(int(one), int(other), value) for rows, value in both for one, other in rows]
    return (found[at] for at in np.random.default_rng(42).permutation(len(found)))


def tune(
    model: SentenceTransformer, texts: Sequence[str], found: list[tuple[int, int, float]], most: int | None
) -> None:
    """One epoch of CosineSimilarityLoss: mean squared error of the cosine."""
    total = -(-len(found) // PAIRS)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    rise = max(1, round(WARM * total))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / rise, (total - step) / max(1, total - rise))
    )
    prompt = (model.prompts or {}).get(model.default_prompt_name or "", "")
    model.train()
    for step in islice(range(total), most):
        one, other, value = zip(*found[step * PAIRS : (step + 1) * PAIRS], strict=True)
        tokens = model.tokenize([prompt + texts[row] for row in (*one, *other)])
        vectors = model(tokens)["sentence_embedding"]
        cosine = functional.cosine_similarity(vectors[: len(one)], vectors[len(one) :])
        loss = functional.mse_loss(cosine, torch.tensor(value))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    model.eval()


def show(
    codes: list[str], truth: Flags, said: Flags, testimonies: list[str], options: argparse.Namespace, seconds: float
) -> None:
    times = resampling.draw(testimonies, seed=options.seed)
    by_code = resampling.f1(truth, said, times)
    values = {**{code: by_code[:, k] for k, code in enumerate(codes)}, "macro": by_code.mean(axis=1)}
    figures = {name: Figure(float(some[0]), *resampling.interval(some)) for name, some in values.items()}
    sets = "tous les groupes" if not options.sets else f"groupes {', '.join(options.sets)} seulement"
    told = (
        f"{sets} en {options.parts} parts, {len(truth)} passages jugés, {seconds / 60:.0f} minutes sur"
        f" {options.threads} cœurs sans GPU, le {date.today().isoformat()}, par"
        f" `python -m benchmarks.setfit --per-label {options.per_label} --parts {options.parts}`."
    )
    name = f"SetFit, {options.per_label} exemples par étiquette"
    print(name, {label: str(figure) for label, figure in figures.items()}, told, sep="\n")
    if options.write and options.steps is None:
        elsewhere.write(Path("docs") / SETFIT, [elsewhere.Elsewhere(name, told, figures)])


if __name__ == "__main__":
    main()
