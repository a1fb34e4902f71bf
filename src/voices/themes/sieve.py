"""What goes into the search for themes: each thing said once, and only where something is said."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.letters import bare
from voices.themes.words import Words

TOO_FEW_WORDS = 4
"""A passage with fewer full words (« RAS », « voilà, c'est tout, merci ») says nothing a theme could be made of."""
SAME = 0.9
"""Above this cosine of centred vectors, two passages say the same thing in the same words (the closest two of 2,896
different French passages are at 0.63)."""
NEW = -1
_ROUNDING = 1e-5
_BLOCK = 1024
_DIMENSIONS = 32
"""Distances are first measured in so many dimensions, where none is longer than in all of them: the few pairs that are
near there are then measured whole."""


@dataclass(frozen=True, slots=True)
class Sieved:
    """What a passage is to the search, n of them. `says`: it says something. `first`: where it repeats one that goes
    into the search, the index of that one; `NEW` otherwise. `new`: it goes into the search.
    """

    says: NDArray[np.bool_]
    first: NDArray[np.intp]

    @property
    def new(self) -> NDArray[np.bool_]:
        """(n,) bool."""
        new: NDArray[np.bool_] = self.says & (self.first == NEW)
        return new


def sift(texts: Sequence[str], words: Sequence[Words], vectors: NDArray[np.float32]) -> Sieved:
    """What each passage is to the search.

    A repeat has the text of an earlier passage but for case, accents and punctuation, or a centred vector (`vectors`:
    (n, dim)) closer to it than `SAME`.
    """
    says = np.array([word.weight >= TOO_FEW_WORDS and bool(word.lemmas) for word in words], dtype=bool)
    first = np.full(len(texts), NEW, dtype=np.intp)
    at = np.flatnonzero(says)
    first[at] = _indices(at, _same_text([texts[one] for one in at.tolist()]))
    at = np.flatnonzero(says & (first == NEW))
    first[at] = _indices(at, _close(vectors[at]))
    again = np.flatnonzero(first != NEW)  # the one repeated may be a repeat too, of an earlier one
    while (first[first[again]] != NEW).any():
        first[again] = np.where(first[first[again]] == NEW, first[again], first[first[again]])
    return Sieved(says, first)


def _indices(at: NDArray[np.intp], found: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.where(found == NEW, NEW, at[found])


def _same_text(texts: Sequence[str]) -> NDArray[np.intp]:
    """(n,): the first passage of the same text, `NEW` for that one."""
    seen: dict[str, int] = {}
    first = np.array([seen.setdefault(bare(text), number) for number, text in enumerate(texts)], dtype=np.intp)
    return np.where(first == np.arange(len(texts)), NEW, first)


def _close(vectors: NDArray[np.float32]) -> NDArray[np.intp]:
    """(n,): the earliest passage that is closer than `SAME`, `NEW` where there is none before it."""
    first = np.full(len(vectors), NEW, dtype=np.intp)
    short = _shortened(vectors)
    half = (short**2).sum(axis=1) / 2
    for start in range(0, len(vectors), _BLOCK):
        end = start + len(short[start : start + _BLOCK])
        # |a - b|² = |a|² + |b|² - 2ab, and is 2 - 2 SAME where the cosine is SAME
        near = short[start:end] @ short[:end].T > half[start:end, None] + half[:end] - (1 - SAME + _ROUNDING)
        rows, earlier = np.nonzero(np.tril(near, k=start - 1))
        alike = np.einsum("nd,nd->n", vectors[start + rows], vectors[earlier]) > SAME
        for row, one in zip((start + rows[alike])[::-1], earlier[alike][::-1], strict=True):
            first[row] = one
    return first


def _shortened(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, at most `_DIMENSIONS`): the vectors on their widest directions."""
    if vectors.shape[1] <= _DIMENSIONS:
        return vectors
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    return np.ascontiguousarray(vectors @ directions[:, -_DIMENSIONS:])
