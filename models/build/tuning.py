"""Tune the encoder on coded passages: end to end, the codes with their senses, trust and the sub-codes at once.

    pip install 'voices[build]' torch transformers
    python models/build/build_encoder.py --sentence-transformers build/e5-small-fr-sentence-transformers
    torchrun --nproc-per-node 2 models/build/tuning.py --out build/tuned        # 12 layers: an hour on two cores
    torchrun --nproc-per-node 2 models/build/tuning.py --out build/tuned-3 --layers 0,5,11 --teacher build/tuned
    python models/build/build_encoder.py --tuned build/tuned --out models/e5-small-3a
    VOICES_ENCODEUR=e5-small-3a voices train corpora/gold/coded_passages.jsonl --out build/coder-tuned

Tried and not shipped: docs/decisions/0018-tuned-encoder.md says what it brings.

One process a core, their gradients averaged: two threads in one process wait for each other at every product.

Only `corpora/written` is learnt from, never `corpora/gold`: gold stays the test.
The word table is frozen, so that it can stay in 4 bits. The heads are thrown away: the coder fits its own.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as processes
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from voices import coding
from voices.coding.features import plain
from voices.coding.labelled import Labelled
from voices.coding.layout import SENSES

ROOT = Path(__file__).parents[2]
BASE = ROOT / "build" / "e5-small-fr-sentence-transformers"
WRITTEN = ROOT / "corpora" / "written" / "coded_passages.jsonl"
PREFIX, MAX_TOKENS = "query: ", 160
BATCH, POOL = 16, 32
"""Passages a step; batches of alike lengths are cut from POOL batches drawn together."""
RATE, HEAD_RATE, SCALE_RATE, DECAY_BY_LAYER = 3e-4, 2e-3, 1e-2, 0.9
RANK, PROCESSES = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
TRUST_WEIGHT, SUBCODE_WEIGHT, TEACHER_WEIGHT = 0.5, 2.0, 20.0
"""TEACHER_WEIGHT is that of 1 - cosine between a student's vector and its teacher's."""


@dataclass(frozen=True)
class Examples:
    """Token ids of n texts, and what people said of them, as numbers."""

    tokens: list[list[int]]
    senses: torch.Tensor
    """(n, codes): 0 absent, then 1 + the number of the sense."""
    trust: torch.Tensor
    subcodes: torch.Tensor
    teacher: torch.Tensor | None = None


class Tuner(nn.Module):
    """The encoder and the heads it is tuned with."""

    def __init__(self, layers: Sequence[int], codes: int, subcodes: int) -> None:
        super().__init__()
        # No dropout: it costs a third of the time on a processor, and two or three epochs do not overfit.
        self.encoder = AutoModel.from_pretrained(
            BASE,
            add_pooling_layer=False,
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        kept = [self.encoder.encoder.layer[number] for number in layers]
        self.encoder.encoder.layer = nn.ModuleList(kept)
        self.encoder.embeddings.requires_grad_(False)
        self.codes, self.kinds = codes, 1 + len(SENSES)
        self.head = nn.Linear(self.encoder.config.hidden_size, codes * self.kinds + 1 + subcodes)
        nn.init.normal_(self.head.weight, std=0.05)
        self.scale = nn.Parameter(torch.tensor(20.0))
        self.register_buffer("centre", torch.zeros(self.encoder.config.hidden_size))

    def vectors(self, ids: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """(n, hidden), rows L2-normalised."""
        states = self.encoder(input_ids=ids, attention_mask=there).last_hidden_state
        weights = there[..., None].float()
        return functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)

    def loss(self, vectors: torch.Tensor, examples: Examples, rows: list[int]) -> torch.Tensor:
        """What the heads got wrong, and how far the vectors are from the teacher's."""
        scores = self.head((vectors - self.centre) * self.scale)
        width = self.codes * self.kinds
        found = (
            functional.cross_entropy(scores[:, :width].reshape(-1, self.kinds), examples.senses[rows].reshape(-1))
            * self.codes
        )
        found = found + TRUST_WEIGHT * functional.binary_cross_entropy_with_logits(
            scores[:, width], examples.trust[rows]
        )
        found = found + SUBCODE_WEIGHT * functional.binary_cross_entropy_with_logits(
            scores[:, width + 1 :], examples.subcodes[rows]
        )
        if examples.teacher is not None:
            found = found + TEACHER_WEIGHT * (1 - (vectors * examples.teacher[rows]).sum(1)).mean()
        return found

    def start(self, examples: Examples, some: torch.Tensor) -> None:
        """Centre the vectors and set the heads to the base rates, so that the first steps are not lost on them."""
        self.centre.copy_(some.mean(0))
        counts = torch.stack([torch.bincount(one, minlength=self.kinds) for one in examples.senses.T])
        rates = torch.cat([examples.trust[:, None], examples.subcodes], 1).mean(0)
        with torch.no_grad():
            biases = torch.cat([torch.log(counts / counts.sum(1, keepdim=True) + 1e-3).reshape(-1), torch.logit(rates)])
            self.head.bias.copy_(biases)

    def groups(self) -> list[dict[str, object]]:
        """What to optimise: lower layers move less (Howard and Ruder 2018)."""
        layers = list(self.encoder.encoder.layer)
        found: list[dict[str, object]] = [
            {"params": list(layer.parameters()), "lr": RATE * DECAY_BY_LAYER ** (len(layers) - 1 - depth)}
            for depth, layer in enumerate(layers)
        ]
        return [
            *found,
            {"params": list(self.head.parameters()), "lr": HEAD_RATE},
            {"params": [self.scale], "lr": SCALE_RATE, "weight_decay": 0.0},
        ]


def read(tokenizer: Tokenizer) -> Examples:
    """The written passages."""
    book = coding.codebook()
    rows = coding.read_labelled(WRITTEN)
    subcodes = [sub.id for code in book.codes for sub in code.subcodes]
    return Examples(
        tokens=[_tokens(tokenizer, row.text) for row in rows],
        senses=torch.tensor([[_sense(row, code.id) for code in book.codes] for row in rows]),
        trust=torch.tensor([float(row.trust) for row in rows]),
        subcodes=torch.tensor([[float(sub in row.subcodes) for sub in subcodes] for row in rows]),
    )


def _sense(row: Labelled, code: str) -> int:
    return 1 + SENSES.index(row.codes[code]) if code in row.codes else 0


def _tokens(tokenizer: Tokenizer, text: str) -> list[int]:
    ids = tokenizer.encode(PREFIX + plain(text)).ids
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]


def batches(tokens: list[list[int]], *, shuffle: bool) -> Iterator[tuple[list[int], torch.Tensor, torch.Tensor]]:
    """Rows, their ids padded to the longest of the batch, and where there is a token."""
    rows = list(range(len(tokens)))
    if shuffle:
        random.shuffle(rows)
    pool = BATCH * POOL if shuffle else len(rows)
    drawn = [sorted(rows[at : at + pool], key=lambda row: len(tokens[row])) for at in range(0, len(rows), pool)]
    cut = [some[at : at + BATCH] for some in drawn for at in range(0, len(some), BATCH)]
    if shuffle:
        random.shuffle(cut)
    for some in cut:
        longest = max(len(tokens[row]) for row in some)
        ids = torch.ones(len(some), longest, dtype=torch.long)
        there = torch.zeros(len(some), longest, dtype=torch.long)
        for place, row in enumerate(some):
            ids[place, : len(tokens[row])] = torch.tensor(tokens[row])
            there[place, : len(tokens[row])] = 1
        yield some, ids, there


def encode(model: Tuner, tokens: list[list[int]]) -> torch.Tensor:
    """(n, hidden) vectors, without learning."""
    found = torch.zeros(len(tokens), model.encoder.config.hidden_size)
    with torch.no_grad():
        for rows, ids, there in batches(tokens, shuffle=False):
            found[rows] = model.vectors(ids, there)
    return found


def learn(model: Tuner, examples: Examples, *, epochs: int, out: Path) -> None:
    """Tune, writing the encoder after each epoch: AdamW, a short rise of the rate, then a straight fall."""
    steps = epochs * -(-len(examples.tokens) // BATCH)
    groups = model.groups()
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    rise = max(1.0, 0.06 * steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / rise, max(0.02, (steps - step) / (steps - rise)))
    )
    parameters = [one for group in groups for one in group["params"]]
    started, seen, total = time.monotonic(), 0, 0.0
    for epoch in range(epochs):
        for rows, ids, there in batches(examples.tokens, shuffle=True):
            mine = slice(RANK, None, PROCESSES) if len(rows) >= PROCESSES else slice(None)
            loss = model.loss(model.vectors(ids[mine], there[mine]), examples, rows[mine])
            optimizer.zero_grad()
            loss.backward()
            _average([one.grad for one in parameters])
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            seen, total = seen + 1, total + loss.item()
            if seen % 100 == 0 and RANK == 0:
                print(f"{seen}/{steps} loss {total / 100:.3f} {time.monotonic() - started:.0f} s", flush=True)
                total = 0.0
        if RANK == 0:
            write(model, out, epoch + 1)


def _average(gradients: list[torch.Tensor]) -> None:
    """The mean of every process's gradients, in place; sent in one piece."""
    if PROCESSES == 1:
        return
    together = torch.cat([one.reshape(-1) for one in gradients])
    processes.all_reduce(together)
    for one, part in zip(gradients, together.split([one.numel() for one in gradients]), strict=True):
        one.copy_(part.view_as(one) / PROCESSES)


def write(model: Tuner, out: Path, epoch: int) -> None:
    """The encoder's weights, and what made them."""
    out.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: value.contiguous() for name, value in model.encoder.state_dict().items()}, out / "model.safetensors"
    )
    told = {"layers": len(model.encoder.encoder.layer), "epochs": epoch}
    (out / "tuning.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", default=",".join(map(str, range(12))), help="layers of the base to start from")
    parser.add_argument("--teacher", type=Path, help="folder of a tuned encoder to imitate")
    parser.add_argument("--start", type=Path, help="folder of a tuned encoder to go on from")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    torch.set_num_threads(options.threads)
    if PROCESSES > 1:
        processes.init_process_group("gloo")
    examples = read(Tokenizer.from_file(str(BASE / "tokenizer.json")))
    model = Tuner([int(one) for one in options.layers.split(",")], examples.senses.shape[1], examples.subcodes.shape[1])
    if options.start:
        model.encoder.load_state_dict(load_file(options.start / "model.safetensors"))
    if options.teacher:
        examples = _taught(examples, options.teacher)
    model.start(examples, encode(model, examples.tokens[:256]))
    learn(model, examples, epochs=options.epochs, out=options.out)


def _taught(examples: Examples, folder: Path) -> Examples:
    told = json.loads((folder / "tuning.json").read_text(encoding="utf-8"))
    teacher = Tuner(range(told["layers"]), examples.senses.shape[1], examples.subcodes.shape[1])
    teacher.encoder.load_state_dict(load_file(folder / "model.safetensors"))
    return Examples(
        examples.tokens, examples.senses, examples.trust, examples.subcodes, encode(teacher, examples.tokens)
    )


if __name__ == "__main__":
    main()
