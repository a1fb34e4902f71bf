"""Tune the encoder on coded passages: end to end, the codes with their senses, trust and the sub-codes at once.

    pip install 'voices[build]' torch transformers
    python models/build/build_encoder.py --sentence-transformers build/e5-small-fr-sentence-transformers
    tune() { torchrun --nproc-per-node 2 models/build/tuning.py "$@"; }      # 75 minutes in all on two cores
    tune --out build/tuned-1 --sets V1-V14 --epochs 3
    tune --out build/tuned-2 --tuned build/tuned-1 --sets V15-V17,V19,V20 --again 1400 --epochs 2 --hide 0.1
    tune --out build/tuned-3 --tuned build/tuned-2 --sets V21-V25 --again 1800 --epochs 1 --hide 0.1
    tune --out build/tuned-4 --tuned build/tuned-3 --sets V26-V33 --again 2000 --epochs 2 --hide 0.1
    tune --out build/tuned --tuned build/tuned-4 --sets V34-V36 --again 900 --epochs 1 --hide 0.1
    python models/build/build_encoder.py --tuned build/tuned --out models/e5-small-3a
    tune --out build/tuned-6 --tuned build/tuned --layers 1,3,5,7,9,11 --teacher build/tuned --epochs 1    # a student

Five stages, because the passages came in five times. What a second reading teaches is mostly by heart (the loss falls
by a third while passages never read gain little): new passages are better read once than old ones again.

Only `corpora/written` is learnt from, never `corpora/gold`: gold stays the test.
The word table is frozen, so that it can stay in 4 bits. The heads serve the next stage only: the coder
fits its own.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from reading import BASE, WRITTEN, chosen, senses, tokens
from safetensors.torch import load_file, save_file
from stepping import RANK, batches, begin, descend, hide
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from voices import coding
from voices.coding.labelled import Labelled
from voices.coding.layout import SENSES

RATE, HEAD_RATE, SCALE_RATE, DECAY_BY_LAYER = 3e-4, 2e-3, 1e-2, 0.9
TRUST_WEIGHT, SUBCODE_WEIGHT, TEACHER_WEIGHT = 0.5, 2.0, 20.0
"""TEACHER_WEIGHT is that of 1 - cosine between a student's vector and its teacher's."""


Stage = dict[str, float]


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

    def __init__(self, layers: Sequence[int], codes: int, subcodes: int, *, base: Path = BASE) -> None:
        super().__init__()
        # No dropout: it costs a third of the time on a processor. `--hide` and few epochs hold it back instead.
        self.encoder = AutoModel.from_pretrained(
            base,
            add_pooling_layer=False,
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.keep(layers)
        self.encoder.embeddings.requires_grad_(False)
        self.codes, self.kinds, self.begun = codes, 1 + len(SENSES), False
        self.stages: list[Stage] = []
        self.head = nn.Linear(self.encoder.config.hidden_size, codes * self.kinds + 1 + subcodes)
        nn.init.normal_(self.head.weight, std=0.05)
        self.scale = nn.Parameter(torch.tensor(20.0))
        self.register_buffer("centre", torch.zeros(self.encoder.config.hidden_size))

    def keep(self, layers: Sequence[int]) -> None:
        """Keep these layers alone."""
        self.encoder.encoder.layer = nn.ModuleList([self.encoder.encoder.layer[number] for number in layers])

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
            # Never infinite: what no passage has would cost nothing to one row, and everything to the mean.
            logits = torch.logit(rates, eps=1e-6)
            self.head.bias.copy_(
                torch.cat([torch.log(counts / counts.sum(1, keepdim=True) + 1e-3).reshape(-1), logits])
            )

    def groups(self) -> list[dict[str, Any]]:
        """What to optimise: lower layers move less (Howard and Ruder 2018)."""
        layers = list(self.encoder.encoder.layer)
        found: list[dict[str, Any]] = [
            {"params": list(layer.parameters()), "lr": RATE * DECAY_BY_LAYER ** (len(layers) - 1 - depth)}
            for depth, layer in enumerate(layers)
        ]
        return [
            *found,
            {"params": list(self.head.parameters()), "lr": HEAD_RATE},
            {"params": [self.scale], "lr": SCALE_RATE, "weight_decay": 0.0},
        ]


def read(tokenizer: Tokenizer, rows: Sequence[Labelled]) -> Examples:
    """What is learnt from."""
    book = coding.codebook()
    subcodes = [sub.id for code in book.codes for sub in code.subcodes]
    return Examples(
        tokens=[tokens(tokenizer, row.text) for row in rows],
        senses=torch.tensor([senses(row, [code.id for code in book.codes]) for row in rows]),
        trust=torch.tensor([float(row.trust) for row in rows]),
        subcodes=torch.tensor([[float(sub in row.subcodes) for sub in subcodes] for row in rows]),
    )


def encode(model: Tuner, tokens: list[list[int]]) -> torch.Tensor:
    """(n, hidden) vectors, without learning."""
    found = torch.zeros(len(tokens), model.encoder.config.hidden_size)
    with torch.no_grad():
        for rows, ids, there in batches(tokens, shuffle=False):
            found[rows] = model.vectors(ids, there)
    return found


def learn(model: Tuner, examples: Examples, *, epochs: int, hidden: float, out: Path) -> None:
    """Tune, writing the encoder after each epoch."""

    def loss(rows: list[int], ids: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        return model.loss(model.vectors(hide(ids, there, hidden), there), examples, rows)

    def keep(done: int) -> None:
        if RANK == 0:
            stage = {"passages": len(examples.tokens), "epochs": done, "hidden": hidden}
            write(model, out, [*model.stages, stage])

    descend(model.groups(), examples.tokens, loss, rate=rate, epochs=epochs, clip=1.0, after=keep)


def rate(step: int, steps: int) -> float:
    """A short rise, then a straight fall."""
    rise = max(1.0, 0.06 * steps)
    return min((step + 1) / rise, max(0.02, (steps - step) / max(1.0, steps - rise)))


def write(model: Tuner, out: Path, stages: list[Stage]) -> None:
    """The encoder's weights, its heads on centred vectors, and what made them."""
    out.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: value.contiguous() for name, value in model.encoder.state_dict().items()}, out / "model.safetensors"
    )
    heads = {"weight": model.head.weight * model.scale, "bias": model.head.bias, "centre": model.centre}
    save_file({name: value.detach().contiguous() for name, value in heads.items()}, out / "heads.safetensors")
    told = {"layers": len(model.encoder.encoder.layer), "stages": stages}
    (out / "tuning.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def main(*, base: Path = BASE, written: Path = WRITTEN) -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", default=",".join(map(str, range(12))), help="layers to keep")
    parser.add_argument("--teacher", type=Path, help="folder of a tuned encoder to imitate")
    parser.add_argument("--tuned", dest="start", type=Path, help="folder of a tuned encoder to go on from")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--sets", default="", help="writers' sets to learn from: V1-V14,V16; all, where not said")
    parser.add_argument("--again", type=int, default=0, help="passages of earlier sets to read again, at least")
    parser.add_argument("--hide", type=float, default=0.0, help="share of the tokens hidden at each step")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    begin(seed=options.seed, threads=options.threads)
    rows = chosen(coding.read_labelled(written), options.sets, again=options.again, chance=random.Random(options.seed))
    examples = read(Tokenizer.from_file(str(base / "tokenizer.json")), rows)
    width = examples.senses.shape[1], examples.subcodes.shape[1]
    model = tuned(options.start, *width, base=base) if options.start else Tuner(range(12), *width, base=base)
    model.keep([int(one) for one in options.layers.split(",")])
    if options.teacher:
        teacher = tuned(options.teacher, *width, base=base)
        examples = replace(examples, teacher=encode(teacher, examples.tokens))
    if not model.begun:
        model.start(examples, encode(model, examples.tokens[:256]))
    learn(model, examples, epochs=options.epochs, hidden=options.hide, out=options.out)


def tuned(folder: Path, codes: int, subcodes: int, *, base: Path = BASE) -> Tuner:
    """What was written in that folder, with its heads where they are there."""
    told = json.loads((folder / "tuning.json").read_text(encoding="utf-8"))
    found = Tuner(range(told["layers"]), codes, subcodes, base=base)
    found.stages = told["stages"]
    found.encoder.load_state_dict(load_file(folder / "model.safetensors"))
    heads = load_file(folder / "heads.safetensors") if (folder / "heads.safetensors").exists() else {}
    with torch.no_grad():
        if heads:
            found.head.weight.copy_(heads["weight"] / found.scale)
            found.head.bias.copy_(heads["bias"])
            found.centre.copy_(heads["centre"])
    found.begun = bool(heads)
    return found


if __name__ == "__main__":
    main()
