"""Which passages can do without a person: two bars a code, chosen on other passages. numpy only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.intp] | Flags

LEVELS = (0.95, 0.90)
_STEPS = 21


@dataclass(frozen=True, slots=True)
class Bars:
    """(n_codes,) float64 each: a code is put from `put` on, left out under `leave`; between, a person decides."""

    put: Doubles
    leave: Doubles

    def codes(self, present: Doubles) -> Flags:
        """(n, n_codes): which codes are put."""
        return np.asarray(present >= self.put)

    def accepts(self, present: Doubles) -> Flags:
        """(n,): the passages where every code is put or left out."""
        return np.asarray(((present >= self.put) | (present < self.leave)).all(axis=1))


def decide(present: Doubles, truth: Flags, part: NDArray[np.intp], level: float) -> tuple[Flags, Flags]:
    """(n, n_codes) codes put and (n,) passages accepted, each part with bars chosen on the other parts."""
    put, accepted = np.zeros(truth.shape, bool), np.zeros(len(truth), bool)
    for number in np.unique(part):
        here = part == number
        bars = choose_bars(present[~here], truth[~here], level)
        put[here], accepted[here] = bars.codes(present[here]), bars.accepts(present[here])
    return put & accepted[:, None], accepted


def choose_bars(present: Doubles, truth: Flags, level: float) -> Bars:
    """The bars that accept most passages while three shares each reach the level among them: codes put that are
    right, codes left out that are absent, and passages without any code that have none.

    Each bar is tried where a code alone reaches some share, laxer or stricter than the level: passages accepted are
    easier than others, and three codes left out are wrong three times as often as one. Bars that accept nothing where
    none is good enough.
    """
    best, most = never(truth.shape[1]), 0
    asked = 1 - (1 - level) * np.linspace(0, 4, _STEPS)
    lows = -_lowest(-present, ~truth, asked)
    for put in [*_lowest(present, truth, asked), best.put]:
        leaves = np.minimum(lows, put)
        accepted, good = _tried(present, truth, put, leaves, level)
        found = np.where(good, accepted, 0)
        if found.max() > most:
            best, most = Bars(put, leaves[int(found.argmax())]), int(found.max())
    return best


def _tried(
    present: Doubles, truth: Flags, put: Doubles, leaves: Doubles, level: float
) -> tuple[NDArray[np.intp], Flags]:
    """For each of the (m, n_codes) `leaves`: how many passages it accepts with `put`, and whether it is good enough."""
    codes = np.asarray(present >= put)
    accepts = np.asarray((codes | (present < leaves[:, None])).all(axis=2))
    nothing = np.asarray(~codes.any(axis=1))
    good = (
        _reached(accepts, codes.sum(axis=1), (codes & truth).sum(axis=1), level)
        & _reached(accepts, (~codes).sum(axis=1), (~codes & ~truth).sum(axis=1), level)
        & _reached(accepts, nothing, np.asarray(nothing & ~truth.any(axis=1)), level)
    )
    return accepts.sum(axis=1), good


def never(codes: int) -> Bars:
    """Bars that accept nothing."""
    return Bars(np.full(codes, np.inf), np.full(codes, -np.inf))


def _reached(accepts: Flags, said: Counts, right: Counts, level: float) -> Flags:
    """(m,) whether what is said of the passages accepted is right at that level, with one more wrong: so few cases
    prove nothing. `said` and `right` are counts by passage.

    Source: Angelopoulos et al. 2022, « Conformal risk control » (its correction for a finite sample).
    """
    total, wrong = accepts @ said.astype(float), accepts @ (said.astype(float) - right)
    return np.asarray((total == 0) | (wrong + 1 <= (1 - level) * (total + 1)))


def _lowest(values: Doubles, right: Flags, asked: Doubles) -> Doubles:
    """(m, n_codes) the lowest bar of each code from which the share of right ones is at least each that is asked,
    halfway to the value under it; infinite where there is none.
    """
    order = np.argsort(-values, axis=0, kind="stable")
    ranked = np.vstack([np.take_along_axis(values, order, axis=0), np.full(values.shape[1], -np.inf)])
    shares = np.cumsum(np.take_along_axis(right, order, axis=0), axis=0) / np.arange(1, len(order) + 1)[:, None]
    halfway, ends = (ranked[1:] + ranked[:-1]) / 2, ranked[1:] < ranked[:-1]
    enough = (shares >= asked[:, None, None]) & ends
    return np.asarray(np.where(enough, halfway, np.inf).min(axis=1, initial=np.inf), np.float64)
