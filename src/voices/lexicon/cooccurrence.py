"""Which words are said together, in one passage or one sentence, more or less than chance would have it.

Two words are together in k of N units, one being in n of them and the other in m. By chance k is hypergeometric: the
score is that of specificities (Lafon 1980; as TXM scores co-occurrents). Beside it, the log-likelihood ratio (Dunning,
T., 1993, « Accurate methods for the statistics of surprise and coincidence », Computational Linguistics 19(1), 61-74),
positive where the words attract each other, negative where they avoid each other; and Jaccard's index, k / (n + m - k).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.special import xlogy

from voices.errors import SettingsError
from voices.lexicon.specificities import scores
from voices.lexicon.table import Cell, Table

LEAST = 3
"""Two words together less often than this tell nothing."""
MOST = 400_000_000
"""Pairs of words met in documents, at most: beyond, memory could run out (half of it takes 1.4 GB)."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, repr=False)
class Pairs:
    """Pairs of terms said together: `first` and `second` are numbers in `terms`, first < second.

    `together` counts the units, of `units` in all, that hold both; `said`, those that hold each term. `score`,
    `likelihood` and `jaccard` are described above.
    """

    terms: tuple[str, ...]
    said: Ints
    units: int
    first: Ints
    second: Ints
    together: Ints
    score: Floats
    likelihood: Floats
    jaccard: Floats

    columns: ClassVar = ("mot", "avec", "ensemble", "mot_seul", "avec_seul", "attendu", "score", "g2", "jaccard")

    def __repr__(self) -> str:
        return f"Pairs({len(self.first)} paires de {len(self.terms)} mots)"

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """A row a pair, that which chance explains least first."""
        for at in np.lexsort((self.second, self.first, -self.score)).tolist():
            one, other = self.first[at], self.second[at]
            n, m = int(self.said[one]), int(self.said[other])
            yield (
                *(self.terms[one], self.terms[other], int(self.together[at]), n, m, round(n * m / self.units, 2)),
                *(round(float(values[at]), 4) for values in (self.score, self.likelihood, self.jaccard)),
            )

    def around(self, word: str) -> "Pairs":
        """The pairs of that word, which comes first in each. Raises SettingsError where it is none of the terms."""
        if word not in self.terms:
            raise SettingsError(f"« {word} » n’est pas parmi les mots comptés.", "Voir « voices lexicon words ».")
        pivot = self.terms.index(word)
        kept = (self.first == pivot) | (self.second == pivot)
        other = np.where(self.first == pivot, self.second, self.first)[kept]
        measures = (one[kept] for one in (self.together, self.score, self.likelihood, self.jaccard))
        return Pairs(self.terms, self.said, self.units, np.full(len(other), pivot), other, *measures)


def pairs(table: Table, *, least: int = LEAST) -> Pairs:
    """The pairs of the table's terms that are in the same document at least so many times.

    Documents are the units: those of `table.count(words, documents=words.sentence)` are sentences. Raises
    SettingsError where documents hold more pairs of words than MOST.
    """
    present = (table.counts > 0).astype(np.int32).tocsr()
    said = np.asarray(present.sum(axis=0), dtype=np.int64)
    met = int((np.asarray(present.sum(axis=1), dtype=np.int64) ** 2).sum())
    if met > MOST:
        raise SettingsError(
            "Il y a trop de mots pour compter leurs paires.", "Garder moins de mots : --least plus grand."
        )
    both = sparse.triu(present.T @ present, k=1).tocoo()
    kept = both.data >= least
    first, second = both.coords[0][kept].astype(np.int64), both.coords[1][kept].astype(np.int64)
    together, units = both.data[kept].astype(np.int64), int(present.shape[0])
    n, m = said[first], said[second]
    return Pairs(
        *(table.terms, said, units, first, second, together),
        score=scores(together, n, m, units),
        likelihood=likelihood(together, n, m, units),
        jaccard=together / np.maximum(n + m - together, 1),
    )


def likelihood(together: Ints, n: Ints, m: Ints, units: int) -> Floats:
    """Dunning's signed log-likelihood ratio of words in n and m of the units, and in so many together."""
    observed = np.stack([together, n - together, m - together, units - n - m + together]).astype(np.float64)
    rows, columns = np.stack([n, n, units - n, units - n]), np.stack([m, units - m, m, units - m])
    expected = rows * columns / units
    ratio = 2 * (xlogy(observed, observed) - xlogy(observed, np.where(expected > 0, expected, 1))).sum(axis=0)
    signed: Floats = np.where(together * float(units) >= n * m.astype(np.float64), 1, -1) * np.maximum(ratio, 0)
    return signed
