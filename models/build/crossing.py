"""A cross-encoder: the words of a code and a passage read together, one score out. For comparison, not shipped.

    torchrun --nproc-per-node 2 models/build/crossing.py --tuned build/tuned-6 --out build/ways/crossing.npz

Learns from `corpora/written` alone; each passage is read once with a code that is there, if any, and once with one
that is not. Then reads every gold passage with every code: `ids`, `present` (n, 4) log-odds.
"""

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.distributed as processes
from reading import BASE, ROOT, WRITTEN, tokens
from stepping import PROCESSES, RANK, Batch, batches, begin, descend
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from tuning import Tuner, tuned

from voices import coding
from voices.coding.labelled import Labelled
from voices.coding.layout import TRUST

GOLD = ROOT / "corpora" / "gold" / "coded_passages.jsonl"
TRUST_TEXT = "Toute parole ou tout geste de confiance, ou sa perte."


@dataclass(frozen=True)
class Pairs:
    """What is read, and whether the code is there."""

    tokens: list[list[int]]
    there: torch.Tensor


def descriptions() -> dict[str, str]:
    """What the code book says of each code, and of trust."""
    return {**{code.id: f"{code.motto} : {code.definition}" for code in coding.codebook().codes}, TRUST: TRUST_TEXT}


def together(tokenizer: Tokenizer, description: str, text: str) -> list[int]:
    """The two texts' tokens, a separator between them."""
    return tokens(tokenizer, description) + tokens(tokenizer, text)[1:]


def has(row: Labelled, name: str) -> bool:
    """Whether the passage has the code, or trust."""
    return row.trust if name == TRUST else name in row.codes


def drawn(rows: list[Labelled], tokenizer: Tokenizer, chance: random.Random) -> Pairs:
    """Two pairs a passage: a code that is there, or any, and one that is not, or any."""
    texts, read, there = descriptions(), [], []
    for row in rows:
        yes = [name for name in texts if has(row, name)]
        no = [name for name in texts if name not in yes]
        for name in (chance.choice(yes or no), chance.choice(no or yes)):
            read.append(together(tokenizer, texts[name], row.text))
            there.append(float(name in yes))
    return Pairs(read, torch.tensor(there))


def scores(model: Tuner, reader: nn.Linear, read: list[list[int]]) -> torch.Tensor:
    """(n,) log-odds."""
    found = torch.zeros(len(read))
    with torch.no_grad():
        for rows, ids, there in mine(batches(read, shuffle=False)):
            found[rows] = reader(model.vectors(ids, there) - model.centre)[:, 0]
    if PROCESSES > 1:
        processes.all_reduce(found)
    return found


def mine(cut: Iterator[Batch]) -> Iterator[Batch]:
    """Those batches that are this process's."""
    return (one for number, one in enumerate(cut) if number % PROCESSES == RANK)


def learn(model: Tuner, reader: nn.Linear, pairs: Pairs) -> None:
    """One reading of the pairs."""

    def loss(rows: list[int], ids: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        found = reader(model.vectors(ids, there) - model.centre)[:, 0]
        return functional.binary_cross_entropy_with_logits(found, pairs.there[rows])

    groups = [*model.groups()[:-2], {"params": list(reader.parameters()), "lr": 2e-2}]
    descend(groups, pairs.tokens, loss, rate=rate)


def rate(step: int, steps: int) -> float:
    """A short rise, then a straight fall."""
    return min(1.0, (step + 1) / 40, (steps - step) / steps)


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tuned", type=Path, required=True, help="folder of the tuned encoder to start from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=4000, help="how many written passages are learnt from")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    begin(seed=options.seed, threads=1)
    chance = random.Random(options.seed)
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    pairs = drawn(chance.sample(coding.read_labelled(WRITTEN), options.passages), tokenizer, chance)
    model, reader = tuned(options.tuned, 3, 8), nn.Linear(384, 1)
    nn.init.normal_(reader.weight, std=1.0)
    with torch.no_grad():
        _, ids, there = next(batches(pairs.tokens[:128], shuffle=False))
        model.centre.copy_(model.vectors(ids, there).mean(0))
    learn(model, reader, pairs)
    gold = coding.read_labelled(GOLD)
    read = [together(tokenizer, text, row.text) for row in gold for text in descriptions().values()]
    started = time.monotonic()
    present = scores(model, reader, read).reshape(len(gold), -1).numpy()
    if RANK == 0:
        print(f"{len(gold) / (time.monotonic() - started):.0f} passages/s")
        options.out.parent.mkdir(parents=True, exist_ok=True)
        np.savez(options.out, ids=[f"{row.testimony_id}.{row.number}" for row in gold], present=present)


if __name__ == "__main__":
    main()
