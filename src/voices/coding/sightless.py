"""Reading without vectors: what the faster coder, which weighs n-grams alone, is given for an encoder."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voices.ports import Progress

NO_ENCODER = "aucun"
"""The identity that stands in the manifest of a coder without vectors."""


class Blind:
    """An encoder that reads nothing: its vectors have no column."""

    identity = NO_ENCODER
    dim = 0

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """(n_texts, 0) float32."""
        if progress:
            progress(len(texts), len(texts))
        return np.empty((len(texts), 0), np.float32)
