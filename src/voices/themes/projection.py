"""A map of the passages: from their vectors to two dimensions, in which themes stand apart as far as they can."""

import numpy as np
from numpy.typing import NDArray

from voices.themes.groups import NOBODY, Labels, centred, centres

_WITHIN = 0.1
"""How much the spread inside themes counts beside the spread between them: without it, two themes would fall on a line.
"""
_EDGES = (2, 98)
"""The percentiles that touch the edges: one passage far from all must not crush the others."""


def project(vectors: NDArray[np.floating], labels: Labels) -> NDArray[np.float64]:
    """(n, 2) in [0, 1]: principal components of the centres of themes and, for a little, of the passages.

    The same vectors and labels give the same map. `vectors`: (n, dim); `labels`: (n,), -1 for the passages in no theme.
    """
    if not len(vectors):
        return np.empty((0, 2))
    rows = centred(np.asarray(vectors, np.float32)).astype(np.float64)
    points = rows @ _axes(_scatter(rows, labels))
    low, high = np.percentile(points, _EDGES, axis=0)
    wide = high - low
    placed: NDArray[np.float64] = np.where(wide > 0, (points - low) / np.where(wide > 0, wide, 1), 0.5)
    return np.clip(placed, 0, 1)


def _scatter(rows: NDArray[np.float64], labels: Labels) -> NDArray[np.float64]:
    """(dim, dim): between the centres of themes, weighted by their passages, and a little of all passages."""
    middles = centres(rows.astype(np.float32), labels).astype(np.float64)
    sizes = np.bincount(labels[labels != NOBODY], minlength=len(middles)) if len(middles) else np.empty(0)
    between = (middles * sizes[:, None]).T @ middles if len(middles) else 0.0
    scatter: NDArray[np.float64] = between + _WITHIN * (rows.T @ rows)
    return scatter


def _axes(scatter: NDArray[np.float64]) -> NDArray[np.float64]:
    """(dim, 2): the two widest directions, each turned so that its largest share is positive."""
    _, directions = np.linalg.eigh(scatter)
    widest = directions[:, ::-1][:, :2]
    signs = np.sign(widest[np.abs(widest).argmax(axis=0), range(widest.shape[1])])
    axes = np.zeros((len(scatter), 2))
    axes[:, : widest.shape[1]] = widest * np.where(signs == 0, 1, signs)
    return axes
