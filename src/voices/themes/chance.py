"""Whether chance explains a difference, and within which bounds a share is: thousands of them in a moment.

scipy has both; a page that shows one theme corrects for all of them, which with scipy takes seconds.
"""

from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_SURE = 1.959963984540054
"""Standard errors that hold the share 19 times in 20."""
_AS_RARE = 1 + 1e-7
"""Tables so much more probable than the one seen are as rare as it, roundings apart (as in R)."""


def likely(part: int, whole: int) -> tuple[float, float]:
    """The interval that holds the share 19 times in 20 (Wilson 1927); all of [0, 1] where nothing is counted."""
    if not whole:
        return 0.0, 1.0
    share, squared = part / whole, _SURE**2
    middle = (2 * part + squared) / (2 * (whole + squared))
    reach = _SURE * sqrt(squared + 4 * part * (1 - share)) / (2 * (whole + squared))
    return (middle - reach if part else 0.0), (middle + reach if part < whole else 1.0)


def by_chance(part: int, whole: int, other: int, others: int) -> float:
    """The probability, were the two shares the same, of a difference as rare as that of `part` of `whole` from `other`
    of `others` (Fisher's exact test, two-sided).
    """
    told, everyone = part + other, whole + others
    first, last = max(0, told - others), min(told, whole)
    seen = np.arange(first, last + 1)
    logs = _log_factorials(1 << everyone.bit_length())
    weights = -(logs[seen] + logs[whole - seen] + logs[told - seen] + logs[others - told + seen])
    shares = np.exp(weights - weights.max())
    rare = shares <= shares[part - first] * _AS_RARE
    return float(min(1.0, shares[rare].sum() / shares.sum()))


@lru_cache(maxsize=2)
def _log_factorials(size: int) -> NDArray[np.float64]:
    """(size,): the logarithm of the factorial of each number."""
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, size)))])
