"""What each stretch of a text brings to its vector.

A vector is the mean of the states of the text's tokens, L2-normalised: a sum, which can be taken apart exactly. The
parts of all tokens, those of the prefix and of the marks at both ends included, add up to the vector. A state has read
the whole text, so a part is what the vector takes from that place, not what those words would say alone.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voices.ports import Span


def parts(
    states: NDArray[np.float32], offsets: Sequence[tuple[int, int]], spans: Sequence[Span], *, before: int
) -> NDArray[np.float32]:
    """(n_spans, dim) float32: the part of the vector that comes from the tokens of each span.

    Args:
        states: (n_tokens, dim) float32.
        offsets: of each token, its start and end in what was read; empty for the marks at both ends.
        spans: stretches of the text.
        before: how many characters were read before the text, the prefix.
    """
    # A token may begin with the space before its word: its last character says where it belongs.
    lasts = np.array([end - 1 - before if end > start else -1 for start, end in offsets])
    held = [states[(lasts >= start) & (lasts < end)].sum(axis=0) for start, end in spans]
    whole = np.linalg.norm(states.sum(axis=0))
    return np.asarray(np.reshape(held, (len(spans), states.shape[1])) / whole, np.float32)
