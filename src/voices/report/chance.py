"""What chance explains, and what it does not: intervals of shares, exact tests, and many tests at once.

Pure arithmetic on counts. What is counted must be independent: testimonies, not passages of one testimony.
"""

from collections.abc import Sequence
from math import exp, lgamma, sqrt

Z = 1.959963984540054
"""The normal quantile of an interval at 95 %."""
ALPHA = 0.05
"""The risk taken, over all the comparisons of a family, of telling one difference that chance explains."""
Counts = tuple[int, int, int, int]
"""So many of so many here, and so many of so many elsewhere."""
_NOTHING = 1e-18
_SAME = 1 + 1e-7
"""Two tables are as likely as each other within this ratio: sums of logarithms are not exact."""


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Between which shares the true one lies, at 95 %: (0, 1) where nothing was counted.

    Source: E. B. Wilson, *Journal of the American Statistical Association*, 22, 1927 (score interval).
    """
    if not whole:
        return 0.0, 1.0
    share, weight = part / whole, Z * Z / whole
    middle = (share + weight / 2) / (1 + weight)
    reach = Z * sqrt(share * (1 - share) / whole + weight / (4 * whole)) / (1 + weight)
    low = 0.0 if part == 0 else max(0.0, middle - reach)
    high = 1.0 if part == whole else min(1.0, middle + reach)
    return low, high


def fisher(part: int, whole: int, other_part: int, other_whole: int) -> float:
    """The probability that chance alone sets two shares at least as far apart: Fisher's exact test, two-sided.

    The tables counted are those with the same margins that are no likelier than the one observed.
    """
    return exact([(part, whole, other_part, other_whole)])


def exact(strata: Sequence[Counts]) -> float:
    """The same within strata, whose margins are each kept: what the strata explain is not told as a difference.

    Each of the strata is (part, whole, other part, other whole). Of one alone, it is Fisher's test. Source: the exact
    conditional test of a common odds ratio of 1, A. Agresti, *Categorical Data Analysis*, 2013, 7.3.5.
    """
    import numpy as np

    least, law = 0, np.ones(1)
    for one in strata:
        first, chances = _law(one)
        least, law = least + first, np.convolve(law, chances)
    at = sum(part for part, *_ in strata) - least
    observed = law[at] * _SAME if 0 <= at < len(law) else 0.0
    return min(1.0, float(law[law <= observed].sum()))


def excess(strata: Sequence[Counts]) -> float:
    """How many more there are in the first group than chance would have put there, strata apart; fewer: negative."""
    return sum(
        part - whole * (part + other_part) / (whole + other_whole)
        for part, whole, other_part, other_whole in strata
        if whole + other_whole
    )


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """The same probabilities, in the same order, corrected for being many: each may be compared to `ALPHA`.

    Source: S. Holm, *Scandinavian Journal of Statistics*, 6, 1979.
    """
    corrected = [0.0] * len(chances)
    highest = 0.0
    for rank, at in enumerate(sorted(range(len(chances)), key=lambda at: chances[at])):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[at]))
        corrected[at] = highest
    return tuple(corrected)


def _law(counts: Counts) -> tuple[int, list[float]]:
    """How likely each number of marked ones in the first group is, margins kept: from which number on, and each.

    Numbers whose chance is under one in 10^18 are left out at both ends: they would add nothing to a sum.
    """
    part, whole, other_part, other_whole = counts
    total, marked = whole + other_whole, part + other_part
    least, most = max(0, marked - other_whole), min(whole, marked)
    middle = min(most, max(least, (whole + 1) * (marked + 1) // (total + 2)))
    peak = exp(_ways(whole, middle) + _ways(other_whole, marked - middle) - _ways(total, marked))
    up, down = [peak], []
    for seen in range(middle, most):
        up.append(up[-1] * (whole - seen) * (marked - seen) / ((seen + 1) * (other_whole - marked + seen + 1)))
        if up[-1] < _NOTHING:
            break
    chance = peak
    for seen in range(middle, least, -1):
        chance *= seen * (other_whole - marked + seen) / ((whole - seen + 1) * (marked - seen + 1))
        down.append(chance)
        if chance < _NOTHING:
            break
    return middle - len(down), [*reversed(down), *up]


def _ways(whole: int, part: int) -> float:
    """The logarithm of how many ways there are to choose so many of so many."""
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
