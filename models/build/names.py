"""Tune the encoder to recognise persons' names, piece of word by piece of word.

    pip install 'voices[build]' torch transformers
    python models/build/build_encoder.py --sentence-transformers build/e5-small-fr-sentence-transformers
    python models/build/names.py --out build/noms --sets N1-N8,N10-N16,N18-N20,N22-N26,N28
    python models/build/build_encoder.py --tuned build/noms --out models/e5-small-noms

Learnt from `corpora/names_written` and from ordinary passages of `corpora/written` as the rules mark them; never from
`corpora/names` nor `corpora/names_hard`, which are the tests, nor from sets N9, N17, N21 and N27, kept to choose
thresholds and to see what a stage brings. At each reading half of the passages have their names changed for others,
drawn from the lists: what is learnt is where names stand, more than which they are. In some, a name is followed by a
list of others: without it, long lists of people were taken for lists of towns.
"""

import argparse
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from reading import BASE, PREFIX, ROOT, WRITTEN
from safetensors.torch import save_file
from stepping import begin, descend, hide
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional
from transformers import AutoModel

from voices.domain import Role
from voices.privacy.detection import find
from voices.privacy.open_data import given_elsewhere, given_in_france, surnames_of_the_world
from voices.raw import RawTestimony, RawTurn

PASSAGES = ROOT / "corpora" / "names_written" / "passages.jsonl"
KEPT = frozenset((9, 17, 21, 27))
"""Sets that are never learnt from."""
LONGEST, HIDDEN = 256, 0.05
HEAD_RATE, DECAY_BY_LAYER, WARMING = 2e-3, 0.9, 0.1
RENAMED, LISTED, LOWERED, SHOUTED = 0.5, 0.08, 0.12, 0.03
"""The shares of passages that are read with other names, with one of them grown into a list, all in lower case, all in
capitals."""
LONGEST_LIST, BETWEEN = 10, (", ", ", ", ", ", " ", "\n", " et ", " ; ", "\n- ")
"""The most names that a list grows by, and what stands between them."""
UNTOLD = -1
Marked = tuple[str, list[tuple[int, int]]]
"""A text, and where persons are named in it."""


class Tagger(nn.Module):
    """The encoder's layers, and one line on top: the log-odds that a piece belongs to a person's name."""

    def __init__(self) -> None:
        super().__init__()
        self.net = AutoModel.from_pretrained(BASE, attn_implementation="eager")
        self.net.embeddings.requires_grad_(False)  # the word table stays in 4 bits
        self.head = nn.Linear(self.net.config.hidden_size, 1)

    def forward(self, ids: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """(n, longest) float32 log-odds."""
        scores: torch.Tensor = self.head(self.net(input_ids=ids, attention_mask=there).last_hidden_state)
        return scores.squeeze(-1)


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sets", required=True)
    parser.add_argument("--ordinary", type=int, default=900)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=3)
    asked = parser.parse_args()
    begin(seed=asked.seed, threads=2)
    chance = random.Random(asked.seed)
    passages = chosen(asked.sets) + ordinary(asked.ordinary, chance)
    model = Tagger()
    tune(model, passages, asked.epochs, asked.rate, chance)
    stage = {
        "passages": len(passages),
        "sets": asked.sets,
        "epochs": asked.epochs,
        "rate": asked.rate,
        "hidden": HIDDEN,
    }
    asked.out.mkdir(parents=True, exist_ok=True)
    save_file({name: one.contiguous() for name, one in model.net.state_dict().items()}, asked.out / "model.safetensors")
    head = {"weights": model.head.weight[0].detach().contiguous(), "bias": model.head.bias.detach()}
    save_file(head, asked.out / "head.safetensors")
    told = {"layers": len(model.net.encoder.layer), "stages": [stage]}
    (asked.out / "tuning.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def chosen(sets: str) -> list[Marked]:
    """The passages of those sets. Raises ValueError where one of them is kept."""
    numbers: set[int] = set()
    for part in sets.split(","):
        first, _, last = part.replace("N", "").partition("-")
        numbers |= set(range(int(first), int(last or first) + 1))
    if numbers & KEPT:
        raise ValueError(f"sets {sorted(numbers & KEPT)} are kept: they are never learnt from")
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    return [marked(row) for row in rows if int(row["set"][1:]) in numbers]


def marked(row: dict[str, Any]) -> Marked:
    """The text of a passage, and its persons."""
    return row["text"], [(start, end) for start, end, kind in row["spans"] if kind == "personne"]


def ordinary(count: int, chance: random.Random) -> list[Marked]:
    """Passages of `corpora/written`, as the rules alone mark them: what most people send, names being few."""
    lines = WRITTEN.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in chance.sample(lines, count)]
    raws = [RawTestimony(str(rank), (RawTurn(text, Role.WITNESS),)) for rank, text in enumerate(texts)]
    found = find(raws, rules_alone=True)
    return [
        (text, [(span.start, span.end) for span in turns[0].persons]) for text, turns in zip(texts, found, strict=True)
    ]


def tune(model: Tagger, passages: Sequence[Marked], epochs: int, rate: float, chance: random.Random) -> None:
    """Learn the layers and the line on top, every passage read once an epoch, each time with other names."""
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokens: list[list[int]] = []
    labels: list[list[int]] = []

    def draw(_: int = 0) -> None:
        read = [pieces(tokenizer, *varied(text, spans, chance)) for text, spans in passages]
        tokens[:], labels[:] = [ids for ids, _ in read], [told for _, told in read]

    def loss(rows: list[int], ids: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        told = torch.full(ids.shape, float(UNTOLD))
        for place, row in enumerate(rows):
            told[place, : len(labels[row])] = torch.tensor(labels[row], dtype=torch.float32)
        known = told != UNTOLD
        return functional.binary_cross_entropy_with_logits(model(hide(ids, there, HIDDEN), there)[known], told[known])

    layers = model.net.encoder.layer
    groups: list[dict[str, Any]] = [
        {"params": list(layer.parameters()), "lr": rate * DECAY_BY_LAYER ** (len(layers) - 1 - rank)}
        for rank, layer in enumerate(layers)
    ]
    groups.append({"params": list(model.head.parameters()), "lr": HEAD_RATE})
    draw()
    descend(groups, tokens, loss, rate=warmed, epochs=epochs, clip=1.0, after=draw)


def warmed(step: int, steps: int) -> float:
    """The rate's share at a step: up over the first tenth, then down to nothing."""
    return min(1.0, (step + 1) / (WARMING * steps)) * max(0.0, 1 - step / steps)


def pieces(tokenizer: Tokenizer, text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The ids of a text's pieces, at most LONGEST, and of each whether it is of a name, UNTOLD for marks and prefix."""
    found = tokenizer.encode(PREFIX + text)
    told = []
    for (at, to), special in zip(found.offsets, found.special_tokens_mask, strict=True):
        start, end = at - len(PREFIX), to - len(PREFIX)
        inside = any(first < end and start < last for first, last in spans)
        told.append(UNTOLD if special or end <= 0 or start >= end else int(inside))
    return found.ids[:LONGEST], told[:LONGEST]


def varied(text: str, spans: Sequence[tuple[int, int]], chance: random.Random) -> Marked:
    """The same passage, with other names for half of them; for some, more names, all in lower case or in capitals."""
    if chance.random() < RENAMED:
        text, spans = renamed(text, spans, chance)
    if spans and chance.random() < LISTED:
        text, spans = listed(text, spans, chance)
    drawn = chance.random()
    case = text.lower() if drawn < LOWERED else text.upper() if drawn < LOWERED + SHOUTED else text
    return (case if len(case) == len(text) else text), list(spans)


def renamed(text: str, spans: Sequence[tuple[int, int]], chance: random.Random) -> Marked:
    """Most names of the text changed, the same name always for the same one."""
    instead: dict[str, str] = {}
    written, position, moved = "", 0, []
    for start, end in sorted(spans):
        name = text[start:end]
        if chance.random() < 0.8 and not (name.isupper() and len(name) < 4):
            name = instead.setdefault(name, "".join(another(part, chance) for part in re.split(r"([\s\-'’]+)", name)))
        written += text[position:start]
        moved.append((len(written), len(written) + len(name)))
        written, position = written + name, end
    return written + text[position:], moved


def listed(text: str, spans: Sequence[tuple[int, int]], chance: random.Random) -> Marked:
    """One name of the text followed by others: as many people may be named at once as came.

    Passages hold few long lists of people and many of towns or brands: without these, a long list was refused.
    """
    start, end = chance.choice(sorted(spans))
    between, moved, written = chance.choice(BETWEEN), [(start, end)], text[:end]
    model = "Aaa" if text[start].isupper() else "aaa"
    for _ in range(chance.randint(1, LONGEST_LIST)):
        written += between
        moved.append((len(written), len(written) + len(name := another(model, chance))))
        written += name
    after = [(first + len(written) - end, last + len(written) - end) for first, last in spans if first >= end]
    return written + text[end:], [span for span in spans if span[1] <= start] + moved + after


def another(word: str, chance: random.Random) -> str:
    """A first name of France or of elsewhere, or a surname, written as the word was; particles stay."""
    if not re.fullmatch(r"[^\W\d_]{3,}", word):
        return word
    drawn = chance.random()
    found = chance.choice(FRENCH if drawn < 0.3 else FOREIGN if drawn < 0.65 else FAMILIES if drawn < 0.95 else [word])
    return found.upper() if word.isupper() else found.capitalize() if word[0].isupper() else found


FRENCH, FOREIGN, FAMILIES = sorted(given_in_france()), sorted(given_elsewhere()), sorted(surnames_of_the_world())

if __name__ == "__main__":
    main()
