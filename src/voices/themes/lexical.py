"""Vectors that know what passages are about as well as what they mean.

Sentence vectors of speech group by tone as much as by subject (the hurt, the dictated, the brisk). Words pull the other
way: each passage's vector is joined to a shorter one made from its lemmas (latent semantic analysis).
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from voices.themes.groups import centred, unit

WEIGHT = 1.0
"""Length of the lemmas' part, for 1 of the sentence vector's."""
_DIMENSIONS = 100
_SMALL = 500
"""A table with no more rows, or columns, is cut exactly."""
_LARGE, _PASSES = 20_000, 2
"""A table with more rows is read so many times: directions that matter are then found, in a third of the time."""


def joined(vectors: NDArray[np.float32], lemmas: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """(n, dim + at most 100) float32, rows L2-normalised: centred vectors (n, dim), and what the lemmas add."""
    table = _tf_idf(lemmas)
    dimensions = min(_DIMENSIONS, len(lemmas) // 3, min(table.shape) - 1)
    if dimensions < 1:
        return vectors
    topics = centred(_strongest(table, dimensions).astype(np.float32))
    return unit(np.hstack([vectors, WEIGHT * topics])).astype(np.float32)


def _strongest(table: csr_matrix, dimensions: int) -> NDArray[np.float64]:
    """(n, dimensions): the rows on the directions of largest singular values."""
    if min(table.shape) <= _SMALL:  # exact
        left, strength, _ = np.linalg.svd(table.toarray(), full_matrices=False)
        return np.asarray((left * strength)[:, :dimensions])
    from sklearn.utils.extmath import randomized_svd  # a tenth of ARPACK's time on 100,000 rows

    passes = _PASSES if table.shape[0] > _LARGE else "auto"
    left, strength, _ = randomized_svd(table, dimensions, n_iter=passes, random_state=0)
    return np.asarray(left * strength)


def _tf_idf(lemmas: Sequence[Sequence[str]]) -> csr_matrix:
    """(n, words told by two passages or more) float64, rows L2-normalised: (1 + log tf) · (1 + log(n / df))."""
    known = Counter(lemma for words in lemmas for lemma in set(words))
    columns = {lemma: at for at, lemma in enumerate(sorted(lemma for lemma, n in known.items() if n > 1))}
    rows, cols, values = [], [], []
    for row, words in enumerate(lemmas):
        counts = {lemma: n for lemma, n in Counter(words).items() if lemma in columns}
        weights = {lemma: (1 + np.log(n)) * (1 + np.log(len(lemmas) / known[lemma])) for lemma, n in counts.items()}
        length = sum(weight**2 for weight in weights.values()) ** 0.5
        for lemma, weight in weights.items():
            rows.append(row)
            cols.append(columns[lemma])
            values.append(weight / length)
    return csr_matrix((values, (rows, cols)), shape=(len(lemmas), len(columns)), dtype=np.float64)
