"""From vectors to the dense columns that heads weigh: centred, scaled, context at half weight."""

from dataclasses import dataclass

import numpy as np

from voices.coding.features import Floats, Vectors

CONTEXT_WEIGHT = 0.5
"""Question and passage before count half: at full weight they blur the passage (see docs/evaluation.md)."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """`centre` is (3, dim) float32: the mean vector of passages, of questions, of passages before. `spread` is a float.

    e5 vectors all lie in a narrow cone: centring is what makes them differ.
    """

    centre: Floats
    spread: float

    def dense(self, vectors: Vectors) -> Floats:
        """(n, 3 * dim) float32: passage, question, passage before; zeros where there is none."""
        blocks = [vectors.text - self.centre[0]]
        for block, centre in ((vectors.question, self.centre[1]), (vectors.previous, self.centre[2])):
            blocks.append(np.nan_to_num(block - centre, nan=0.0) * CONTEXT_WEIGHT)
        return np.asarray(np.hstack(blocks) / np.float32(self.spread), np.float32)

    def texts(self, texts: Floats) -> Floats:
        """(n, dim) float32: what `dense` makes of passages, without their context."""
        return np.asarray((texts - self.centre[0]) / np.float32(self.spread), np.float32)

    def directions(self, texts: Floats) -> Floats:
        """(n, dim) float32, centred and L2-normalised: their dot products are the cosines shown to people."""
        centred = texts - self.centre[0]
        return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9), np.float32)


def fit_scaling(vectors: Vectors) -> Scaling:
    """The centre and the spread of those vectors."""
    centre = np.stack([_mean(block) for block in (vectors.text, vectors.question, vectors.previous)])
    spread = float((vectors.text - centre[0]).std()) if vectors.text.size else 0.0
    return Scaling(centre, spread or 1.0)


def _mean(block: Floats) -> Floats:
    present = block[~np.isnan(block).any(axis=1)]
    return present.mean(axis=0) if len(present) else np.zeros(block.shape[1], np.float32)
