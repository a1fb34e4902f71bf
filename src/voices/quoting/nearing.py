"""How near passages are to what is asked with one's own words: told from how near any passage is."""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from voices import loading
from voices.coding.features import plain
from voices.settings import Settings
from voices.store.columns.asked import Chosen
from voices.store.models import Passage
from voices.store.search import vectors, words

_AT_LARGE = (
    *("quelqu’un qui parle", "une personne qui raconte", "une femme qui vient ici", "un homme qui est venu"),
    *("quelqu’un qui dit ce qu’il pense", "une personne du lieu", "ce qui s’est passé", "un moment de la journée"),
    *("être là", "faire quelque chose", "on m’a dit quelque chose", "se sentir comme ça", "une histoire", "le repas"),
    *("un jour ordinaire", "les autres", "une femme qui ne vient pas", "quelqu’un qui attend"),
    *("une personne qui ne sait pas", "parler de soi"),
)
"""What any question looks like: taken out of a question's vector, so that what it asks is left, and not that it is a
short sentence about someone, to which the same short passages would always be nearest."""

_CLOSE, _RATHER = 2.0, 1.0
"""Standard deviations above how near any passage is: from there on a passage is close, or rather close."""
_DRAWN, _ENOUGH = 300, 30
"""Passages drawn to know what any is like; how few of them tell nothing of it, and cut nothing off."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Near:
    """How near a passage is: `share` of the nearest one, `deviations` above what any passage is."""

    share: float
    deviations: float

    @property
    def close(self) -> bool:
        """Whether it is close, and not only rather close."""
        return self.deviations >= _CLOSE

    def weighing(self, sureness: float) -> float:
        """What the passage is worth, in [0, 1]: first how near it is, then how surely it tells its code."""
        return self.share**3 * sqrt(sureness)


def nearest(passages: Chosen, meaning: str, most: int, settings: Settings) -> dict[int, Near]:
    """At most `most` of these passages, nearest first: those alone that are rather close, where that can be told.

    Raises ModelError where what reads a question by its meaning is missing.
    """
    asked = loading.encoder_of(settings).encode([plain(meaning[: words.LONGEST])])[0] - _at_large(settings)
    scores = dict(vectors.KEPT.nearest(passages, asked, most))
    usual = drawn() @ asked
    mean, spread = float(usual.mean()), max(float(usual.std()), 1e-6)
    best = max(scores.values(), default=mean)
    found = {pk: Near((score - mean) / max(best - mean, 1e-6), (score - mean) / spread) for pk, score in scores.items()}
    least = _RATHER if len(usual) >= _ENOUGH else 0.0
    return {pk: one for pk, one in found.items() if one.deviations >= least}


def drawn() -> Vectors:
    """The vectors of a few hundred passages, as if drawn, in the order of an index: what any passage is like."""
    some = Passage.objects.filter(retired=False, vector__isnull=False).order_by("standing", "chance")[:_DRAWN]
    found = [vector_of(kept) for kept in some.values_list("vector", flat=True)]
    return np.array(found, np.float32) if found else np.zeros((1, vectors.DIM), np.float32)


def vector_of(kept: bytes | memoryview | None) -> Vectors:
    """A passage's vector; nothing but zeros where it has none yet, like no other."""
    return np.frombuffer(kept, "<f2").astype(np.float32) if kept else np.zeros(vectors.DIM, np.float32)


@lru_cache(maxsize=1)
def _at_large(settings: Settings) -> Vectors:
    mean: Vectors = loading.encoder_of(settings).encode([plain(one) for one in _AT_LARGE]).mean(axis=0)
    return mean
