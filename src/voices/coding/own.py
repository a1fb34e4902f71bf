"""Codes of one's own: what an evaluator describes is looked for at once, and better with each decision. numpy only.

From the description alone, a passage is scored by how much closer than usual it comes to it: a z-score, against the
coder's examples, of its cosine to the description's sentences and of the n-grams it shares with them. Centring these
sentences on those of the code book takes away what every description has in common; without it the cosine ranks hardly
better than chance (docs/own_codes.md).

With decisions, the score is corrected by vectors, n-grams and what the coder of the 3A thinks of the passage: who looks
for celebrations learns soon that most are where one belongs. The correction is a maximum a posteriori logistic
regression, whose Gaussian prior is centred on what the description says (Chelba and Acero 2006, « Adaptation of maximum
entropy capitalizer »), in its dual form (Rasmussen and Williams 2006, « Gaussian processes for machine learning »,
§ 3.4: the mode found by Newton's method).
The prior does not change; it weighs less beside more decisions.

Nothing here touches the 3A: another model, run beside theirs on the same vectors.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.coding.calibration import Doubles, sigmoid
from voices.coding.features import BUCKETS, Floats, Grams, plain, weighted
from voices.domain import OwnCode
from voices.ports import Encoder

Flags = NDArray[np.bool_]

DENSE_VARIANCE, LEXICAL_VARIANCE = 0.3, 1.0
"""Of the prior, in the proportion that the coder of the 3A has (see `adapting`)."""

LEANING_VARIANCE = 0.25
"""Of the prior on each leaning, chosen beside 0 on three sub-codes (docs/own_codes.md)."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What known codes teach of codes never seen: log-odds are `slope` * z + `offset`, each more or less known.

    `freedom` multiplies the variance of the prior on vectors and n-grams. `bars` are the probabilities from which a
    code is put: from its description alone, and with decisions.
    """

    slope: float
    offset: float
    slope_variance: float
    offset_variance: float
    freedom: float
    bars: tuple[float, float]


PRIOR = Prior(0.86, -1.88, 0.3, 1.0, 3.0, (0.16, 0.2))
"""Chosen on three sub-codes of the shipped passages by python -m benchmarks.own, which prints it."""


@dataclass(frozen=True, slots=True)
class Words:
    """The weighted n-grams of n texts: those of text k stand in `buckets` and `values` from starts[k] to starts[k + 1].

    `idf` (BUCKETS,) float32 weighs them.
    """

    buckets: NDArray[np.intp]
    values: Floats
    starts: NDArray[np.intp]

    @classmethod
    def of(cls, texts: Sequence[str], idf: Floats) -> "Words":
        """The n-grams of those texts."""
        return cls.of_grams([weighted(text, idf) for text in texts])

    @classmethod
    def of_grams(cls, found: Sequence[Grams]) -> "Words":
        """The same, of texts whose n-grams are weighed already."""
        starts = np.cumsum([0, *(len(buckets) for buckets, _ in found)])
        buckets = np.concatenate([np.empty(0, np.intp), *(one for one, _ in found)])
        return cls(buckets, np.concatenate([np.empty(0, np.float32), *(one for _, one in found)]), starts)

    def dot(self, weights: Doubles) -> Doubles:
        """(n,): each text's n-grams weighed by (BUCKETS,) `weights`."""
        count = len(self.starts) - 1
        rows = np.repeat(np.arange(count), np.diff(self.starts))
        return np.asarray(np.bincount(rows, weights[self.buckets] * self.values, minlength=count), np.float64)

    def sum(self, times: Doubles) -> Doubles:
        """(BUCKETS,): the texts' n-grams added up, each text `times` so much."""
        counted = self.values * np.repeat(times, np.diff(self.starts))
        return np.asarray(np.bincount(self.buckets, counted, minlength=BUCKETS), np.float64)

    def rows(self, chosen: NDArray[np.intp]) -> "Words":
        """Those texts only."""
        parts = [slice(self.starts[row], self.starts[row + 1]) for row in chosen]
        starts = np.cumsum([0, *(part.stop - part.start for part in parts)])
        return Words(
            np.concatenate([self.buckets[:0], *(self.buckets[part] for part in parts)]),
            np.concatenate([self.values[:0], *(self.values[part] for part in parts)]),
            starts,
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of n texts: `directions` (n, dim) float32, centred and L2-normalised, their n-grams, and `leanings`
    (n, m) float32, what the coder of the 3A thinks of them, about 1 in spread.
    """

    directions: Floats
    words: Words
    leanings: Floats

    def rows(self, chosen: NDArray[np.intp]) -> "Seen":
        """Those texts only."""
        return Seen(self.directions[chosen], self.words.rows(chosen), self.leanings[chosen])


@dataclass(frozen=True, slots=True)
class Description:
    """What is seen of a code's n sentences: `vectors` (n, dim) float32, and their n-grams."""

    vectors: Floats
    words: Words


@dataclass(frozen=True, slots=True)
class Direction:
    """Scores by likeness: standardised vectors and n-grams, added up and standardised again.

    `dense` (dim,), `lexical` (BUCKETS,); `shift` brings the mean of the usual passages to 0.
    """

    dense: Doubles
    lexical: Doubles
    shift: float

    def scores(self, seen: Seen) -> Doubles:
        """(n,) z-scores: how much closer than usual."""
        return np.asarray(_rowwise(seen.directions, self.dense) + seen.words.dot(self.lexical) + self.shift)


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A code that can be looked for: log-odds are `slope` * z + `offset` + what decisions add.

    `dense` (dim,), `lexical` (BUCKETS,) and `leaning` (m,) are what decisions add, zeros without any.
    """

    direction: Direction
    slope: float
    offset: float
    dense: Doubles
    lexical: Doubles
    leaning: Doubles

    def probability(self, seen: Seen) -> Doubles:
        """(n,) of presence."""
        more = _rowwise(seen.directions, self.dense) + seen.words.dot(self.lexical)
        more = more + _rowwise(seen.leanings, self.leaning)
        return sigmoid(self.slope * self.direction.scores(seen) + self.offset + more)


def describe(code: OwnCode, encoder: Encoder, idf: Floats) -> Description:
    """The code's label, definition, lack and examples, read one by one."""
    texts = [code.label, code.definition, *code.examples, *([code.lack] if code.lack else [])]
    return Description(encoder.encode([plain(text) for text in texts]), Words.of(texts, idf))


def direct(description: Description, centre: Floats, usual: Seen) -> Direction:
    """The direction of a description, centred on `centre` (dim,), the mean of other codes' descriptions.

    `usual` are passages of many kinds: « how much closer than usual » is measured against them.
    """
    dense = unit(description.vectors - centre).mean(axis=0).astype(np.float64)
    counts = len(description.words.starts) - 1
    lexical = description.words.sum(np.full(counts, 1 / counts))
    near, shared = usual.directions @ dense, usual.words.dot(lexical)
    dense, lexical = dense / _spread(near), lexical / _spread(shared)
    both = near / _spread(near) + shared / _spread(shared)
    return Direction(dense / _spread(both), lexical / _spread(both), -float(both.mean()) / _spread(both))


def from_description(direction: Direction, prior: Prior, leanings: int) -> OwnModel:
    """The code, looked for with its description alone; `leanings` is how many are seen of a text."""
    none = np.zeros_like(direction.dense)
    return OwnModel(direction, prior.slope, prior.offset, none, np.zeros(BUCKETS), np.zeros(leanings))


def learn(direction: Direction, prior: Prior, decided: Seen, truth: Flags) -> OwnModel:
    """The code, looked for with its description and decisions: (n,) `truth` says where it is."""
    if not len(truth):
        return from_description(direction, prior, decided.leanings.shape[1])
    z = direction.scores(decided)
    dense, lexical = prior.freedom * DENSE_VARIANCE, prior.freedom * LEXICAL_VARIANCE
    alike = dense * (decided.directions @ decided.directions.T).astype(np.float64) + lexical * _shared(decided.words)
    alike = alike + LEANING_VARIANCE * (decided.leanings @ decided.leanings.T).astype(np.float64)
    alike = alike + prior.slope_variance * np.outer(z, z) + prior.offset_variance
    pull = mode(alike, prior.slope * z + prior.offset, truth)
    return OwnModel(
        direction,
        prior.slope + prior.slope_variance * float(z @ pull),
        prior.offset + prior.offset_variance * float(pull.sum()),
        dense * (decided.directions.T @ pull),
        lexical * decided.words.sum(pull),
        LEANING_VARIANCE * (decided.leanings.T @ pull),
    )


def mode(alike: Doubles, base: Doubles, truth: Flags) -> Doubles:
    """(n,) dual weights at the maximum a posteriori of log-odds with mean `base` and covariance `alike` (n, n).

    Newton's method in the form of Rasmussen and Williams 2006, algorithm 3.1: no inverse of `alike` is needed. A step
    is halved while it makes things worse.
    """
    pull, odds = np.zeros(len(base)), base
    best = _worth(pull, odds, base, truth)
    for _ in range(50):
        chance = sigmoid(odds)
        curve = np.sqrt(np.maximum(chance * (1 - chance), 1e-12))
        target = curve**2 * (odds - base) + truth - chance
        inner = np.eye(len(base)) + curve[:, None] * alike * curve[None]
        aim = target - curve * np.linalg.solve(inner, curve * (alike @ target))
        step = aim - pull
        for _ in range(20):
            tried = base + alike @ (pull + step)
            worth = _worth(pull + step, tried, base, truth)
            if worth >= best:
                break
            step = step / 2
        gain, pull, odds, best = worth - best, pull + step, tried, worth
        if abs(gain) < 1e-12:
            break
    return pull


def together(one: Seen, other: Seen) -> Seen:
    """The texts of one, then those of the other."""
    starts = np.concatenate([one.words.starts, one.words.starts[-1] + other.words.starts[1:]])
    return Seen(
        np.vstack([one.directions, other.directions]),
        Words(
            np.concatenate([one.words.buckets, other.words.buckets]),
            np.concatenate([one.words.values, other.words.values]),
            starts,
        ),
        np.vstack([one.leanings, other.leanings]),
    )


def unit(vectors: Floats) -> Floats:
    """The rows, L2-normalised."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


def _worth(pull: Doubles, odds: Doubles, base: Doubles, truth: Flags) -> float:
    """The log-posterior, but for a constant."""
    return float((odds * truth - np.logaddexp(0, odds)).sum() - 0.5 * pull @ (odds - base))


def _shared(words: Words) -> Doubles:
    """(n, n): the dot products of the texts' n-grams."""
    count = len(words.starts) - 1
    found = np.empty((count, count))
    for row in range(count):
        found[row] = words.dot(words.rows(np.array([row])).sum(np.ones(1)))
    return found


def _rowwise(directions: Floats, weights: Doubles) -> Doubles:
    """(n,): one product a row, so that a passage's score does not depend on its neighbours' (see model.Weights)."""
    return np.array([np.dot(row, weights) for row in directions.astype(np.float64)])


def _spread(scores: Doubles) -> float:
    return float(scores.std()) or 1.0
