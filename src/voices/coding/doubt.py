"""How sure the coder is of each answer: a prediction set and a share of right answers, both fitted out of fold.

Two questions a code and a level, because each protects from another mistake (docs/doubt.md):
- could it be the contrary? A split-conformal prediction set, one quantile a class, rejects the contrary answer wrongly
  for at most 1 - level of the passages where the contrary is true;
- are such answers right? A bar from which the share of right answers is at least the level, tested on answers held out.
numpy only: it is read on every passage coded.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.coding.calibration import Doubles
from voices.domain import Certainty

Flags = NDArray[np.bool_]

LEVELS: Mapping[Certainty, float] = {Certainty.SURE: 0.95, Certainty.PROBABLE: 0.80}
"""From the surest; what reaches neither is to be reviewed."""

RISK = 0.1
"""Each bar is right but for one chance in ten of an unlucky sample."""

NEVER_PUT, NEVER_LEFT = 2.0, -1.0
"""Bars that no probability reaches."""

_GROWTH = 1.4
_FEWEST = 5.0
"""Bars are tried from 5 / (1 - level) answers on: fewer prove nothing, even all right."""


@dataclass(frozen=True, slots=True)
class Level:
    """One code at one level, as four probabilities of its presence.

    The prediction set holds « present » from `present_from` on, « absent » up to `absent_to`. Codes put from `put_from`
    on, and codes left out up to `left_to`, were right often enough.
    """

    present_from: float
    absent_to: float
    put_from: float
    left_to: float

    def prediction_set(self, probability: float) -> frozenset[bool]:
        """The answers that are not too strange: code there (True), not there (False), both, or none."""
        held = {True: probability >= self.present_from, False: probability <= self.absent_to}
        return frozenset(answer for answer, holds in held.items() if holds)

    def holds(self, probability: float, *, put: bool) -> bool:
        """Whether the answer said reaches the level: the contrary is not in the set, and the bar is passed.

        An empty set counts as one with the answer said: to add an answer can only raise coverage.
        """
        passed = probability >= self.put_from if put else probability <= self.left_to
        return passed and (not put) not in self.prediction_set(probability)


@dataclass(frozen=True, slots=True)
class Doubt:
    """The levels of each code, in the order of the coder's codes, each from the surest. None: all is to be reviewed."""

    levels: tuple[Mapping[Certainty, Level], ...] = ()

    def certainty(self, code: int, probability: float, *, put: bool) -> Certainty:
        """How sure the answer on that code is: put, or left out."""
        reached = self.levels[code].items() if self.levels else ()
        return next((one for one, level in reached if level.holds(probability, put=put)), Certainty.REVIEW)


def fit_doubt(present: Doubles, truth: Flags) -> Doubt:
    """The levels of each code, from (n, n_codes) probabilities of passages by coders that had not read them."""
    return Doubt(
        tuple(
            {certainty: _level(present[:, k], truth[:, k], level) for certainty, level in LEVELS.items()}
            for k in range(truth.shape[1])
        )
    )


def _level(present: Doubles, truth: Flags, level: float) -> Level:
    """The set by LAC with one quantile a class (Sadinle, Lei and Wasserman 2019; Mondrian: Vovk, Gammerman and Shafer
    2005): an answer is as strange as its probability is low.
    """
    present_from = -quantile(-present[truth], level)
    absent_to = quantile(present[~truth], level)
    return Level(
        present_from=max(present_from, 0.0),
        absent_to=min(absent_to, 1.0),
        put_from=bar(present, truth, above=absent_to, level=level, never=NEVER_PUT),
        left_to=-bar(-present, ~truth, above=-present_from, level=level, never=-NEVER_LEFT),
    )


def quantile(strange: Doubles, level: float) -> float:
    """The ceil((n + 1) * level)-th smallest of n strangenesses, infinite where there are too few.

    One more, exchangeable with them, is at most that strange with probability at least `level`. Source: Vovk, Gammerman
    and Shafer 2005, « Algorithmic learning in a random world ».
    """
    rank = math.ceil((len(strange) + 1) * level)
    return float(np.sort(strange)[rank - 1]) if rank <= len(strange) else math.inf


def bar(surety: Doubles, right: Flags, *, above: float, level: float, never: float) -> float:
    """The lowest of the bars over `above` from which the share of right answers is proven at least `level`.

    Bars stand at ranks that grow by the same factor, chosen without looking at what is right; each is an exact binomial
    test (Clopper and Pearson 1934) at RISK shared among them (Bonferroni), which makes the whole hold at RISK: Learn
    then Test, Angelopoulos et al. 2021. `never` where no bar passes.
    """
    order = np.argsort(-surety, kind="stable")
    ranked, wrong = surety[order], np.cumsum(~right[order])
    last = int((ranked > above).sum())
    # All answers that share a value stand on one side of the bar.
    tails = sorted({int((ranked >= ranked[rank - 1]).sum()) for rank in _ranks(last, level)}, reverse=True)
    for tail in tails:
        if binomial_tail(int(wrong[tail - 1]), tail, 1 - level) <= RISK / len(tails):
            return float(ranked[tail - 1])
    return never


def _ranks(last: int, level: float) -> list[int]:
    """How many of the surest answers each bar lets through: growing, the last being all that may pass."""
    rank = _FEWEST / (1 - level)
    found = []
    while math.ceil(rank) < last:
        found.append(math.ceil(rank))
        rank *= _GROWTH
    return [*found, last] if found else []


def binomial_tail(wrong: int, total: int, rate: float) -> float:
    """The probability of at most `wrong` errors in `total` answers where each is wrong with probability `rate`."""
    if wrong >= total * rate:  # at least about a half: no test passes there, and the sum would be long
        return 1.0
    terms = (
        math.lgamma(total + 1)
        - math.lgamma(k + 1)
        - math.lgamma(total - k + 1)
        + k * math.log(rate)
        + (total - k) * math.log1p(-rate)
        for k in range(wrong + 1)
    )
    return sum(math.exp(term) for term in terms)
