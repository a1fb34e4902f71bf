"""Which passages go together: a table of methods by size of corpus, and what to do with those left over."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.intp]
"""(n,) group of each passage, counted from 0; NOBODY where it is in none."""
NOBODY = -1

LEAST = 20
"""Under this many passages, groups are chance: no themes are given."""
ENOUGH_FOR_DENSITY = 60
"""From this many passages on, BERTopic (UMAP and HDBSCAN) finds groups; under it, a tree of likeness does."""
ENOUGH_FOR_SHARES = 3_001
"""From this many passages on, BERTopic is given k-means instead: UMAP's time and HDBSCAN's memory grow too fast."""
SMALLEST = 4
"""No theme has fewer passages than this."""
CLOSE = 0.15
"""A leftover joins the nearest theme from this cosine on (centred vectors, theme's centre): the mean of unrelated
passages is 0, nine in ten passages put in a theme by density are above 0.2."""


ALONE = 0.15
"""Where more passages than this share would stay alone, the closest of them join a theme too, from `FAR` on."""
FAR = 0.0
"""From this cosine on: under it, a passage is less like the theme than a passage drawn at random."""


def centred(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, dim) float32: rows less their mean, then L2-normalised (sentence encoders fill a narrow cone)."""
    moved = vectors - vectors.mean(axis=0)
    return unit(moved).astype(np.float32)


def unit(rows: NDArray[np.floating]) -> NDArray[np.floating]:
    """The rows, L2-normalised; a null row stays null."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(norms > 0, norms, 1)


def centres(vectors: NDArray[np.float32], labels: Labels) -> NDArray[np.float32]:
    """(groups, dim) float32: the mean direction of each group, L2-normalised."""
    groups = range(labels.max() + 1) if len(labels) else range(0)
    means = [vectors[labels == group].mean(axis=0) for group in groups]
    return unit(np.array(means).reshape(len(means), vectors.shape[1])).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Method:
    """A way to find groups, for corpora of `at_least` passages. `group` takes vectors (n, dim), the
    passages' lemmas joined by spaces and a seed; `told` is a French sentence for the report."""

    at_least: int
    group: Callable[[NDArray[np.float32], list[str], int], Labels]
    told: str


def _none(vectors: NDArray[np.float32], docs: list[str], seed: int) -> Labels:  # noqa: ARG001 one signature for all
    return np.full(len(vectors), NOBODY, dtype=np.intp)


def _by_density(vectors: NDArray[np.float32], docs: list[str], seed: int) -> Labels:
    from voices.themes import density

    return density.group(vectors, docs, smallest=smallest(len(vectors)), seed=seed)


def _by_shares(vectors: NDArray[np.float32], docs: list[str], seed: int) -> Labels:
    from voices.themes import density

    labels = density.share(vectors, docs, n_groups=at_most(len(vectors)), seed=seed)
    near = (vectors * centres(vectors, labels)[labels]).sum(axis=1) >= CLOSE
    return numbered(np.where(near, labels, NOBODY), smallest=smallest(len(vectors)))


def _by_tree(vectors: NDArray[np.float32], docs: list[str], seed: int) -> Labels:  # noqa: ARG001 nothing is drawn
    from voices.themes import tree

    return tree.group(vectors, smallest=SMALLEST)


METHODS = (
    Method(ENOUGH_FOR_SHARES, _by_shares, "BERTopic (k-moyennes) sur les vecteurs des passages"),
    Method(ENOUGH_FOR_DENSITY, _by_density, "BERTopic (UMAP puis HDBSCAN) sur les vecteurs des passages"),
    Method(LEAST, _by_tree, "classification ascendante (Ward) des vecteurs des passages"),
    Method(0, _none, "aucune recherche de thèmes"),
)
"""Largest corpora first."""


def method_for(n_passages: int) -> Method:
    """The method for a corpus of that many passages."""
    return next(method for method in METHODS if n_passages >= method.at_least)


def smallest(n_passages: int) -> int:
    """The fewest passages a group may have, growing with the square root of the corpus: 4 for 60, 27 for 3,000."""
    return max(SMALLEST, round(0.5 * math.sqrt(n_passages)))


def at_most(n_passages: int) -> int:
    """The most themes a person would read, growing with the square root of the corpus: 6 for 126, 27 for 3,000."""
    return max(3, round(0.5 * math.sqrt(n_passages)))


def numbered(labels: Labels, *, smallest: int = 1) -> Labels:
    """The labels counted anew from 0, groups under `smallest` dissolved."""
    names, counts = np.unique(labels[labels != NOBODY], return_counts=True)
    new = {name: number for number, name in enumerate(names[counts >= smallest].tolist())}
    return np.array([new.get(label, NOBODY) for label in labels.tolist()], dtype=np.intp)


def fewer(vectors: NDArray[np.float32], labels: Labels) -> Labels:
    """The labels once the smallest group has joined the group of nearest centre, until there are not too many."""
    while labels.max(initial=NOBODY) + 1 > at_most(len(labels)):
        small = int(np.bincount(labels[labels != NOBODY]).argmin())
        middle = centres(vectors, labels)
        likeness = middle @ middle[small]
        likeness[small] = -np.inf
        labels = numbered(np.where(labels == small, likeness.argmax(), labels))
    return labels


def settle(vectors: NDArray[np.float32], labels: Labels) -> Labels:
    """The labels once leftovers have joined the nearest group: those that are `CLOSE` to it, and where more than
    `ALONE` of all passages would stay in none, the next closest down to `FAR`."""
    alone = labels == NOBODY
    if not alone.any() or alone.all():
        return labels
    likeness = vectors[alone] @ centres(vectors, labels).T
    best = likeness.max(axis=1)
    may_stay = int(ALONE * len(labels))
    least = max(FAR, np.sort(best)[may_stay]) if len(best) > may_stay else CLOSE
    settled = labels.copy()
    settled[alone] = np.where(best >= min(CLOSE, least), likeness.argmax(axis=1), NOBODY)
    return settled
