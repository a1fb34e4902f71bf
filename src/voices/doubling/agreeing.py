"""How far coders agree, code by code and sense by sense: Krippendorff's alpha, with its interval."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from voices.coding.agreement import alpha
from voices.domain import Sense

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEW = 5
"""Testimonies under which no interval is given: drawing among so few anew says nothing."""
_DRAWS = 1000
_TRUST = "confiance"

Given = tuple[Mapping[str, Sense], bool]
"""What one person said of a passage: codes with their senses, trust."""
There = Callable[[Sequence[Hashable]], bool]
Values = Sequence[tuple[int, Sequence[Hashable]]]
"""Passage by passage: its testimony, and what each coder says on one question."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage: its testimony, and what each of its coders said of it."""

    testimony: int
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """The agreement on one question: whether a code is there, or (`sense`) in which sense, where two people put it.

    `same` of the `passages` got one answer from all. `put` counts those where somebody put the code. `alpha` is None
    where one answer only was ever given; `low` and `high` bound it at 95 %, None where too few testimonies.
    """

    code: str
    sense: bool
    passages: int
    same: int
    put: int
    alpha: float | None
    low: float | None
    high: float | None


def figures(units: Sequence[Unit], codes: Sequence[str], *, seed: int) -> tuple[Figure, ...]:
    """For each code its presence and its sense; then trust, named « confiance ». Units have two coders at least.

    The interval draws testimonies anew, not passages: those of one testimony resemble each other.
    """
    return tuple(_figures(units, codes, seed))


def _figures(units: Sequence[Unit], codes: Sequence[str], seed: int) -> Iterator[Figure]:
    for code in codes:
        put = [(one.testimony, [code in said for said, _ in one.given]) for one in units]
        yield _figure(code, put, seed, sense=False, there=any)
        senses = [(one.testimony, [said[code] for said, _ in one.given if code in said]) for one in units]
        yield _figure(code, [one for one in senses if len(one[1]) > 1], seed, sense=True, there=bool)
    trust = [(one.testimony, [trusting for _, trusting in one.given]) for one in units]
    yield _figure(_TRUST, trust, seed, sense=False, there=any)


def _figure(code: str, values: Values, seed: int, *, sense: bool, there: There) -> Figure:
    measured = alpha(given for _, given in values)
    low, high = _interval(values, seed) if measured is not None else (None, None)
    same = sum(len(set(given)) == 1 for _, given in values)
    return Figure(code, sense, len(values), same, sum(there(given) for _, given in values), measured, low, high)


def _spotless(pairs: "NDArray[np.float64]", groups: int) -> float:
    """The lower bound where nobody ever differed, which drawing anew cannot tell.

    Where nothing was seen in n draws, it may still happen 3 times in n (J. Hanley & A. Lippman-Hand, JAMA, 1983).
    """
    totals = pairs.sum(axis=(0, 1))
    number = totals.sum()
    expected = (number**2 - (totals**2).sum()) / (number * (number - 1))
    return max(0.0, 1 - 3 / groups / float(expected))


def _interval(values: Values, seed: int) -> tuple[float | None, float | None]:
    """Between which bounds alpha falls in 95 of 100 draws of as many testimonies; None where they are too few."""
    import numpy as np

    names = list(dict.fromkeys(one for _, given in values for one in given))
    groups = list(dict.fromkeys(testimony for testimony, _ in values))
    if len(groups) < FEW:
        return None, None
    # Alpha is a function of pairs of answers: those of each testimony are counted once, then added up draw by draw.
    pairs = np.zeros((len(groups), len(names), len(names)))
    for testimony, given in values:
        for one, other in permutations(given, 2):
            pairs[groups.index(testimony), names.index(one), names.index(other)] += 1 / (len(given) - 1)
    if all(len(set(given)) == 1 for _, given in values):
        return _spotless(pairs, len(groups)), 1.0
    drawn = np.random.default_rng(seed).multinomial(len(groups), [1 / len(groups)] * len(groups), size=_DRAWS)
    together = np.tensordot(drawn, pairs, axes=1)
    totals = together.sum(axis=2)
    number = totals.sum(axis=1)
    observed = number - np.trace(together, axis1=1, axis2=2)
    expected = number**2 - (totals**2).sum(axis=1)
    told = expected > 0
    if told.sum() < _DRAWS / 2:
        return None, None
    alphas = 1 - (number[told] - 1) * observed[told] / expected[told]
    low, high = np.percentile(alphas, [2.5, 97.5])
    return float(low), float(high)
