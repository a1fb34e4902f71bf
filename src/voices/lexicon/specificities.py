"""Which words a part of the corpus says more, or less, than chance would have it: Lafon's specificities.

Lafon, P. (1980), « Sur la variabilité de la fréquence des formes dans un corpus », Mots 1, 127-165. A word said F times
in a corpus of T words falls f times into a part of t words as marbles drawn from an urn: f is hypergeometric. The score
is the logarithm (base 10) of how little that is: +3 for a word that chance puts there so often, or more often, once in
a thousand; -3 for one it puts there so seldom. As the R package textometry counts it, and TXM after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from voices.lexicon.parts import Parts
from voices.lexicon.table import NAMES, Cell, Table

BANAL = 2.0
"""A score nearer to nought than this is not told: chance alone makes one in a hundred."""
_RATE = 0.05
"""Of the cells said to hold, the share that chance may have made."""
_NEGLIGIBLE = 1e-17
_HALF = np.log(0.5) - 1e-9
"""Just under a half: a chance of a half, to the last digits of a logarithm, is one."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, repr=False)
class Specificities:
    """Of each term (row) in each part (column): its score, how often it is said there, how many testimonies say it.

    `totals` and `sizes` are the words that each term, and each part, has in the corpus of `size` words. `holds` marks
    the scores that remain once it is counted how many were looked at (Benjamini and Hochberg 1995, 5 %).
    """

    terms: tuple[str, ...]
    kinds: tuple[str, ...]
    parts: tuple[str, ...]
    scores: Floats
    counts: Ints
    totals: Ints
    sizes: Ints
    size: int
    voices: Ints
    holds: NDArray[np.bool_]

    columns: ClassVar = (
        *("partie", "mot", "categorie", "specificite", "dans_la_partie", "dans_le_corpus"),
        *("pour_mille_partie", "pour_mille_corpus", "temoignages", "tient"),
    )

    def __repr__(self) -> str:
        return f"Specificities({len(self.terms)} mots, {len(self.parts)} parties)"

    def rows(self, *, least: float = BANAL) -> Iterator[tuple[Cell, ...]]:
        """A row a term and part whose score is at least that far from nought; part by part, highest score first."""
        for part, name in enumerate(self.parts):
            scores = self.scores[:, part]
            for term in np.lexsort((np.arange(len(scores)), -scores)).tolist():
                if abs(scores[term]) >= least:
                    yield (name, *self._row(term, part))

    def _row(self, term: int, part: int) -> tuple[Cell, ...]:
        said, total, size = int(self.counts[term, part]), int(self.totals[term]), int(self.sizes[part])
        return (
            *(self.terms[term], NAMES[self.kinds[term]], round(float(self.scores[term, part]), 4), said, total),
            *(round(1000 * said / size, 3), round(1000 * total / self.size, 3)),
            *(int(self.voices[term, part]), "oui" if self.holds[term, part] else "non"),
        )


def compare(table: Table, parts: Parts, *, speakers: NDArray[np.integer] | None = None) -> Specificities:
    """The specificities of the table's terms in each part; documents in no part are left out of the corpus.

    `speakers` is, of each document, the number of its testimony; by default, each document is one.
    """
    inside = parts.members.sum(axis=1) > 0
    counts = (table.counts.T @ parts.members).toarray().astype(np.int64)
    totals = np.asarray(table.counts[inside].sum(axis=0), dtype=np.int64)
    sizes, size = table.sizes @ parts.members, int(table.sizes[inside].sum())
    found = scores(counts, totals[:, None], sizes[None, :], size)
    return Specificities(
        *(table.terms, table.kinds, parts.names, found, counts, totals, sizes, size),
        *(_voices(table, parts, speakers), _holding(found)),
    )


def scores(said: Ints, total: Ints, part: Ints, corpus: int) -> Floats:
    """Lafon's score of words said `said` times in parts of `part` words, `total` times in the whole corpus.

    Arrays are broadcast. Chances are logarithms all along: however small, they neither round to nought nor overflow.
    What can be no otherwise (a part that is the whole) scores nought.
    """
    shape = np.broadcast_shapes(said.shape, total.shape, part.shape)
    f, of, t = (np.broadcast_to(one, shape).astype(np.float64).ravel() for one in (said, total, part))
    mode = np.floor((t + 1) * (of + 1) / (corpus + 2))
    at = np.where(f > mode, f - 1, f)
    upper = at >= mode
    first, step = np.where(upper, at + 1, at), np.where(upper, 1, -1)
    near = _tail(_Urn(first, of, t, corpus), step)
    far = np.log1p(-np.exp(np.minimum(near, 0)), where=near < 0, out=np.full(near.shape, -np.inf))
    below, above = np.where(upper, far, near), np.where(upper, near, far)
    found = np.where(below < _HALF, below, -above) / np.log(10)
    return np.where(np.isfinite(found), found, 0.0).reshape(shape)


@dataclass(frozen=True, slots=True)
class _Urn:
    """`drawn` marked marbles among `part`, out of an urn of `corpus` marbles of which `marked` are."""

    drawn: Floats
    marked: Floats
    part: Floats
    corpus: int

    def only(self, at: NDArray[np.integer]) -> "_Urn":
        return _Urn(self.drawn[at], self.marked[at], self.part[at], self.corpus)

    def possible(self) -> NDArray[np.bool_]:
        fewest = np.maximum(0, self.marked + self.part - self.corpus)
        return (self.drawn >= fewest) & (self.drawn <= np.minimum(self.marked, self.part))

    def log_chance(self) -> Floats:
        rest, missed = self.corpus - self.marked, self.part - self.drawn
        ways = _log_choose(self.marked, self.drawn) + _log_choose(rest, missed)
        return ways - _log_choose(np.full_like(self.part, self.corpus), self.part)

    def ratio(self, step: NDArray[np.integer]) -> Floats:
        """The chance of one more marble (`step` 1), or one less (-1), over the chance of these."""
        k = np.where(step > 0, self.drawn, self.drawn - 1)
        up = (self.marked - k) * (self.part - k)
        down = (k + 1) * (self.corpus - self.marked - self.part + k + 1)
        return np.where(step > 0, up / np.maximum(down, 1), down / np.maximum(up, 1))

    def moved(self, step: NDArray[np.integer]) -> "_Urn":
        return _Urn(self.drawn + step, self.marked, self.part, self.corpus)


def _tail(urn: _Urn, step: NDArray[np.integer]) -> Floats:
    """Logarithm of the chance of drawing that many, or any number further in the direction of `step`.

    It leads away from the mode: each term of the sum is the one before times less than one.
    """
    found = np.full(urn.drawn.shape, -np.inf)
    live = np.flatnonzero(urn.possible())
    found[live] = urn.only(live).log_chance()
    sums, terms = np.ones_like(found), np.ones(len(live))
    now, way = urn.only(live), step[live]
    while len(live):
        terms = terms * now.ratio(way)
        sums[live] += terms
        goes_on = np.flatnonzero(terms > _NEGLIGIBLE * sums[live])
        live, terms, way = live[goes_on], terms[goes_on], way[goes_on]
        now = now.only(goes_on).moved(way)
    return found + np.log(sums)


def _log_choose(n: Floats, k: Floats) -> Floats:
    found: Floats = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return found


def _voices(table: Table, parts: Parts, speakers: NDArray[np.integer] | None) -> Ints:
    """Of each term in each part, how many testimonies say it."""
    said, found = table.counts.tocoo(), np.zeros((len(table.terms), len(parts.names)), dtype=np.int64)
    whose = (np.arange(table.counts.shape[0]) if speakers is None else speakers)[said.coords[0]]
    pairs = whose.astype(np.int64) * len(table.terms) + said.coords[1]
    for part in range(len(parts.names)):
        inside = parts.members[:, [part]].toarray().ravel() > 0
        distinct = np.unique(pairs[inside[said.coords[0]]])
        found[:, part] = np.bincount(distinct % max(len(table.terms), 1), minlength=len(table.terms))
    return found


def _holding(found: Floats) -> NDArray[np.bool_]:
    """Which scores remain among so many: those under the highest rank whose chance is below its share of the rate."""
    chances = np.minimum(2 * 10 ** -np.abs(found.ravel()), 1)
    order = np.argsort(chances, kind="stable")
    passed = np.flatnonzero(chances[order] <= _RATE * np.arange(1, len(order) + 1) / max(len(order), 1))
    holds = np.zeros(len(chances), dtype=bool)
    holds[order[: passed[-1] + 1 if len(passed) else 0]] = True
    return holds.reshape(found.shape)
