"""What goes into the search for themes: each thing said once, and only where something is said."""

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voices.themes.words import Words

TOO_FEW_WORDS = 4
"""A passage with fewer full words (« RAS », « voilà, c'est tout, merci ») says nothing a theme could be made of."""
SAME = 0.9
"""Above this cosine of centred vectors, two passages say the same thing in the same words (the closest two of 2,896
different French passages are at 0.63)."""
_BLOCK = 1024


def keeps(texts: Sequence[str], words: Sequence[Words], vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(n,) bool: True for the passages to look for themes in.

    False for those that say too little, and for the repeats of an earlier passage: the same text but for case, accents
    and punctuation, or centred `vectors` (n, dim) closer than `SAME`.
    """
    says = np.array([word.weight >= TOO_FEW_WORDS and bool(word.lemmas) for word in words], dtype=bool)
    keep = says & ~_same_text(texts)
    keep[np.flatnonzero(keep)[_close_to_an_earlier_one(vectors[keep])]] = False
    return keep


def _same_text(texts: Sequence[str]) -> NDArray[np.bool_]:
    seen: set[str] = set()
    repeats = []
    for text in texts:
        bare = _bare(text)
        repeats.append(bare in seen)
        seen.add(bare)
    return np.array(repeats, dtype=bool)


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split())


def _close_to_an_earlier_one(vectors: NDArray[np.float32]) -> NDArray[np.bool_]:
    close = np.zeros(len(vectors), dtype=bool)
    for start in range(0, len(vectors), _BLOCK):
        rows = vectors[start : start + _BLOCK]
        alike = rows @ vectors[: start + len(rows)].T > SAME
        close[start : start + len(rows)] = np.tril(alike, k=start - 1).any(axis=1)
    return close
