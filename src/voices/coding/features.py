"""What a coder looks at: the vectors of a passage and of its context, and hashed n-grams of its words."""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voices.ports import Encoder, Progress, Span, SplittingEncoder

Floats = NDArray[np.float32]

BUCKETS = 2**16
"""How many buckets n-grams are hashed into; a power of two. 65,536 keeps collisions rare for 40-word passages."""

Grams = tuple[NDArray[np.intp], Floats]
"""The buckets that a text's n-grams fall into, and their weights."""

_COLUMNS = ("text", "question", "previous")
_LETTERS = (3, 4, 5)
_FOLDED = str.maketrans({"’": "'", "\u202f": " ", "\u00a0": " "})


class InContext(Protocol):
    """A passage with its context: a `Passage`, or a `Labelled` one."""

    @property
    def text(self) -> str:
        """The passage."""

    @property
    def question(self) -> str | None:
        """The question just before."""

    @property
    def previous(self) -> str | None:
        """The passage just before."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """(n, dim) float32 each; a row of NaN where there is no question or no passage before."""

    text: Floats
    question: Floats
    previous: Floats

    def rows(self, chosen: NDArray[np.intp]) -> "Vectors":
        """Those rows only."""
        return Vectors(self.text[chosen], self.question[chosen], self.previous[chosen])

    def then(self, others: "Vectors") -> "Vectors":
        """These rows, then the others."""
        mine, theirs = ((one.text, one.question, one.previous) for one in (self, others))
        return Vectors(*(np.concatenate(pair) for pair in zip(mine, theirs, strict=True)))


def plain(text: str) -> str:
    """The text with straight apostrophes and ordinary spaces: Word and a telephone type the same words differently."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


def vectors(passages: Sequence[InContext], encoder: Encoder, *, progress: Progress | None = None) -> Vectors:
    """The vectors of passages, of their questions and of the passages before; each different text is encoded once."""
    texts = _texts(passages)
    return _arranged(passages, dict(zip(texts, encoder.encode(texts, progress=progress), strict=True)), encoder.dim)


def vectors_and_parts(
    passages: Sequence[InContext],
    spans: Sequence[Sequence[Span]],
    encoder: SplittingEncoder,
    *,
    progress: Progress | None = None,
) -> tuple[Vectors, list[Floats]]:
    """The vectors, and of each passage the (n_spans, dim) parts of its spans (see `voices.encoders.parts`).

    One pass a passage; spans are those of its folded text.
    """
    pairs = [(plain(one.text), tuple(some)) for one, some in zip(passages, spans, strict=True)]
    different = list(dict.fromkeys(pairs))
    texts, of_texts = [text for text, _ in different], [some for _, some in different]
    found, parts = encoder.encode_parts(texts, of_texts, progress=progress)
    known = {text: vector for (text, _), vector in zip(different, found, strict=True)}
    others = [text for text in _texts(passages) if text not in known]
    known |= dict(zip(others, encoder.encode(others), strict=True))
    of_pairs = dict(zip(different, parts, strict=True))
    return _arranged(passages, known, encoder.dim), [of_pairs[pair] for pair in pairs]


def _texts(passages: Sequence[InContext]) -> list[str]:
    """Each different text to encode, folded."""
    columns = [[getattr(one, name) for one in passages] for name in _COLUMNS]
    return list(dict.fromkeys(plain(text) for column in columns for text in column if text))


def _arranged(passages: Sequence[InContext], known: Mapping[str, Floats], dim: int) -> Vectors:
    missing = np.full(dim, np.nan, np.float32)
    columns = [[getattr(one, name) for one in passages] for name in _COLUMNS]
    blocks = [[known[plain(text)] if text else missing for text in column] for column in columns]
    return Vectors(*(np.array(block, np.float32).reshape(len(passages), dim) for block in blocks))


def counts(text: str) -> tuple[NDArray[np.intp], Floats]:
    """The buckets that a text's n-grams fall into, ascending, and 1 + ln(how many fall there).

    Words, pairs of words, and runs of 3 to 5 letters within a word; case and apostrophes folded.
    """
    words = re.findall(r"\w+", plain(text).lower())
    found: Counter[int] = Counter()
    for word in words:
        found.update(_buckets(word))
    found.update(_bucket(f"2{one} {two}") for one, two in pairwise(words))
    buckets = np.array(sorted(found), np.intp)
    times = np.array([found[int(bucket)] for bucket in buckets], np.float64)
    return buckets, (1 + np.log(times)).astype(np.float32)


@lru_cache(maxsize=50_000)
def _buckets(word: str) -> tuple[int, ...]:
    return tuple(_bucket(gram) for gram in _grams(word))


def _grams(word: str) -> Iterator[str]:
    yield f"1{word}"
    framed = f" {word} "
    for length in _LETTERS:
        for start in range(len(framed) - length + 1):
            yield framed[start : start + length]


def _bucket(gram: str) -> int:
    """CRC-32 because it is the same on every machine and in every run, which `hash` is not."""
    return zlib.crc32(gram.encode()) & (BUCKETS - 1)


def weighted(text: str, idf: Floats) -> Grams:
    """Buckets and TF-IDF weights of a text, L2-normalised. A text without a word gives two empty arrays."""
    buckets, values = counts(text)
    values = values * idf[buckets]
    norm = float(np.sqrt(np.dot(values, values)))
    return buckets, values / norm if norm else values
