"""What an encoder is tuned on: which passages, and as which numbers. No torch here."""

import random
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from voices.coding.features import plain
from voices.coding.labelled import Labelled
from voices.coding.layout import SENSES

ROOT = Path(__file__).parents[2]
BASE = ROOT / "build" / "e5-small-fr-sentence-transformers"
WRITTEN = ROOT / "corpora" / "written" / "coded_passages.jsonl"
PREFIX, MAX_TOKENS = "query: ", 160


def chosen(rows: Sequence[Labelled], sets: str, *, again: int, chance: random.Random) -> list[Labelled]:
    """The passages of those sets, then some of the sets before the first of them, by whole testimonies.

    Raises ValueError where a passage is of no set of `corpora/written`: gold is never learnt from.
    """
    numbers_of = [_number(row) for row in rows]
    if not sets:
        return list(rows)
    numbers: list[int] = []
    for part in sets.split(","):
        first, _, last = part.replace("V", "").partition("-")
        numbers += range(int(first), int(last or first) + 1)
    new = [row for row, number in zip(rows, numbers_of, strict=True) if number in numbers]
    before = [row for row, number in zip(rows, numbers_of, strict=True) if number < min(numbers)]
    testimonies = sorted({row.testimony_id for row in before})
    chance.shuffle(testimonies)
    old: list[Labelled] = []
    for testimony in testimonies:
        if len(old) >= again:
            break
        old += [row for row in before if row.testimony_id == testimony]
    return new + old


def _number(row: Labelled) -> int:
    letter, number = row.writer_set[:1], row.writer_set[1:]
    if letter != "V" or not number.isdecimal():
        raise ValueError(f"{row.testimony_id} is of no set of corpora/written")
    return int(number)


def senses(row: Labelled, codes: Sequence[str]) -> list[int]:
    """Of each code: 0 absent, then 1 + the number of the sense."""
    return [1 + SENSES.index(row.codes[code]) if code in row.codes else 0 for code in codes]


def tokens(tokenizer: Tokenizer, text: str) -> list[int]:
    """The ids of the text's pieces, at most MAX_TOKENS, the marks at both ends included."""
    ids: list[int] = tokenizer.encode(PREFIX + plain(text)).ids
    return ids if len(ids) <= MAX_TOKENS else [*ids[: MAX_TOKENS - 1], ids[-1]]
