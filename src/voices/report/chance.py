"""What chance explains, and what it does not: intervals of shares, exact tests, and many tests at once.

Pure arithmetic on counts. What is counted must be independent: testimonies, not passages of one testimony.
"""

from collections.abc import Sequence
from math import exp, lgamma, sqrt

Z = 1.959963984540054
"""The normal quantile of an interval at 95 %."""
ALPHA = 0.05
"""The risk taken, over all the comparisons of a family, of telling one difference that chance explains."""
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
    total, marked = whole + other_whole, part + other_part
    least, most = max(0, marked - other_whole), min(whole, marked)
    logs = [
        _ways(whole, seen) + _ways(other_whole, marked - seen) - _ways(total, marked) for seen in range(least, most + 1)
    ]
    observed = exp(logs[part - least]) * _SAME
    return min(1.0, sum(chance for one in logs if (chance := exp(one)) <= observed))


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


def _ways(whole: int, part: int) -> float:
    """The logarithm of how many ways there are to choose so many of so many."""
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)
