"""Groups in a small corpus, where density means nothing: Ward's tree of likeness, cut where groups are clearest."""

import numpy as np
from numpy.typing import NDArray
from scipy.cluster import hierarchy

from voices.themes.groups import CLOSE, NOBODY, Labels, centres, numbered


def group(vectors: NDArray[np.float32], *, smallest: int) -> Labels:
    """(n,) groups of at least `smallest` passages, NOBODY for the others. Nothing is drawn at random.

    `vectors`: (n, dim) float32, centred, rows L2-normalised. Every cut of the tree is tried; kept is the one whose
    groups have the best mean silhouette, passages in no group counting 0.
    """
    links = hierarchy.linkage(vectors.astype(np.float64), method="ward")
    cuts = [_cut(links, vectors, n_groups, smallest) for n_groups in range(2, len(vectors) // smallest + 1)]
    return max(cuts, key=lambda labels: _clearness(vectors, labels))


def _cut(links: NDArray[np.float64], vectors: NDArray[np.float32], n_groups: int, smallest: int) -> Labels:
    labels = numbered(hierarchy.fcluster(links, n_groups, criterion="maxclust"), smallest=smallest)
    if (labels == NOBODY).all():
        return labels
    near = (vectors * centres(vectors, labels)[labels]).sum(axis=1) >= CLOSE
    return numbered(np.where(near, labels, NOBODY), smallest=smallest)


def _clearness(vectors: NDArray[np.float32], labels: Labels) -> float:
    """Mean silhouette (Rousseeuw 1987) in cosine distance, 0 for passages in no group."""
    n_groups = int(labels.max()) + 1
    if n_groups < 2:
        return -1.0
    distance = 1 - vectors @ vectors.T
    inside = np.stack([labels == number for number in range(n_groups)], axis=1).astype(np.float64)
    total = distance @ inside
    own = inside.astype(bool)
    within = total[own] / (inside.sum(axis=0)[labels[labels != NOBODY]] - 1)
    apart = np.where(own, np.inf, total / inside.sum(axis=0)).min(axis=1)[labels != NOBODY]
    return float(((apart - within) / np.maximum(apart, within)).sum() / len(labels))
