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
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from tuning import BASE, BATCH, PROCESSES, RANK, WRITTEN, Tuner, average, batches, tokens, tuned

from voices import coding
from voices.coding.labelled import Labelled
from voices.coding.layout import TRUST

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "corpora" / "gold" / "coded_passages.jsonl"
TRUST_TEXT = "Toute parole ou tout geste de confiance, ou sa perte."


Batch = tuple[list[int], torch.Tensor, torch.Tensor]


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


def mine(
    cut: Iterator[tuple[list[int], torch.Tensor, torch.Tensor]],
) -> Iterator[tuple[list[int], torch.Tensor, torch.Tensor]]:
    """Those batches that are this process's."""
    return (one for number, one in enumerate(cut) if number % PROCESSES == RANK)


def learn(model: Tuner, reader: nn.Linear, pairs: Pairs) -> None:
    """One reading of the pairs."""
    groups = [*model.groups()[:-2], {"params": list(reader.parameters()), "lr": 2e-2}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    parameters = [one for group in groups for one in group["params"]]
    steps = -(-len(pairs.tokens) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / 40, (steps - step) / steps)
    )
    started, total = time.monotonic(), 0.0
    for step, (rows, ids, there) in enumerate(batches(pairs.tokens, shuffle=True), 1):
        part = slice(RANK, None, PROCESSES) if len(rows) >= PROCESSES else slice(None)
        found = reader(model.vectors(ids[part], there[part]) - model.centre)[:, 0]
        loss = functional.binary_cross_entropy_with_logits(found, pairs.there[rows[part]])
        optimizer.zero_grad()
        loss.backward()
        average([one.grad for one in parameters])
        optimizer.step()
        schedule.step()
        total += loss.item()
        if step % 100 == 0 and RANK == 0:
            print(f"{step}/{steps} loss {total / 100:.3f} {time.monotonic() - started:.0f} s", flush=True)
            total = 0.0


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tuned", type=Path, required=True, help="folder of the tuned encoder to start from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=4000, help="how many written passages are learnt from")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)
    random.seed(options.seed)
    torch.set_num_threads(1)
    if PROCESSES > 1:
        processes.init_process_group("gloo")
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
