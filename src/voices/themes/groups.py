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
ENOUGH_FOR_SHARES = 60
"""From this many passages on, BERTopic (principal components, k-means) finds groups; under it, a tree of likeness."""
TOO_MANY_TO_CHOOSE = 5_000
"""Above this many passages, the number of themes is not tried out: it is the most there may be."""
_FEWEST, _TRIED = 3, 6
"""How many numbers of themes are tried out, from the fewest to the most there may be."""
SMALLEST = 4
"""No theme has fewer passages than this."""
CLOSE = 0.15
"""A passage is of a theme from this cosine on (centred vectors, theme's centre); unrelated ones have 0 on average."""
ALONE = 0.15
"""Where more passages than this share would stay alone, the closest of them join a theme too."""
FAR = 0.0
"""In a small corpus only from this cosine on: under it, a passage is less like the theme than one drawn at random."""


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
    """A way to find groups, for corpora of `at_least` passages. `group` takes vectors (n, dim), how many groups at most
    and a seed; `final`, after the vectors, the passages' lemmas between spaces: it gives the same groups. `counts` are
    the numbers of groups to try out for n passages; `told` is a French phrase for the report.
    """

    at_least: int
    group: Callable[[NDArray[np.float32], int, int], Labels]
    final: Callable[[NDArray[np.float32], list[str], int, int], Labels]
    counts: Callable[[int], tuple[int, ...]]
    told: str


def _none(vectors: NDArray[np.float32], n_groups: int, seed: int) -> Labels:  # noqa: ARG001 one signature for all
    return np.full(len(vectors), NOBODY, dtype=np.intp)


def _by_shares(vectors: NDArray[np.float32], n_groups: int, seed: int) -> Labels:
    from voices.themes import shares

    return kept(vectors, shares.group(vectors, n_groups=n_groups, seed=seed))


def _by_bertopic(vectors: NDArray[np.float32], docs: list[str], n_groups: int, seed: int) -> Labels:
    from voices.themes import shares

    return kept(vectors, shares.group_by_bertopic(vectors, docs, n_groups=n_groups, seed=seed))


def _by_tree(vectors: NDArray[np.float32], n_groups: int, seed: int) -> Labels:  # noqa: ARG001 nothing is drawn
    from voices.themes import tree

    return fewer(vectors, tree.group(vectors, smallest=SMALLEST), n_groups)


def kept(vectors: NDArray[np.float32], labels: Labels) -> Labels:
    """The labels but for the passages far from their centre, and the groups too small to be themes."""
    near = (vectors * centres(vectors, labels)[labels]).sum(axis=1) >= CLOSE
    return numbered(np.where(near, labels, NOBODY), smallest=smallest(len(vectors)))


def _tree(vectors: NDArray[np.float32], docs: list[str], n_groups: int, seed: int) -> Labels:
    del docs
    return _by_tree(vectors, n_groups, seed)


def _nothing(vectors: NDArray[np.float32], docs: list[str], n_groups: int, seed: int) -> Labels:
    del docs
    return _none(vectors, n_groups, seed)


def _several(n_passages: int) -> tuple[int, ...]:
    most = at_most(n_passages)
    if n_passages > TOO_MANY_TO_CHOOSE:
        return (most,)
    return tuple(sorted({round(count) for count in np.geomspace(_FEWEST, most, _TRIED)}))


def _one(n_passages: int) -> tuple[int, ...]:
    return (at_most(n_passages),)


METHODS = (
    Method(
        ENOUGH_FOR_SHARES,
        _by_shares,
        _by_bertopic,
        _several,
        "BERTopic (composantes principales puis k-moyennes) sur les vecteurs des passages",
    ),
    Method(LEAST, _by_tree, _tree, _one, "classification ascendante (Ward) des vecteurs des passages"),
    Method(0, _none, _nothing, _one, "aucune recherche de thèmes"),
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


def fewer(vectors: NDArray[np.float32], labels: Labels, n_groups: int) -> Labels:
    """The labels once the smallest group has joined the group of nearest centre, until there are `n_groups`."""
    while labels.max(initial=NOBODY) + 1 > n_groups:
        small = int(np.bincount(labels[labels != NOBODY]).argmin())
        middle = centres(vectors, labels)
        likeness = middle @ middle[small]
        likeness[small] = -np.inf
        labels = numbered(np.where(labels == small, likeness.argmax(), labels))
    return labels


def settle(vectors: NDArray[np.float32], labels: Labels) -> Labels:
    """The labels once leftovers have joined the nearest group: those that are `CLOSE` to it, and where more than
    `ALONE` of all passages would stay in none, the next closest too; down to `FAR` where a tree made the groups: it
    leaves most of a few dozen passages alone, and themes are not to be filled with them."""
    alone = labels == NOBODY
    if not alone.any() or alone.all():
        return labels
    likeness = vectors[alone] @ centres(vectors, labels).T
    best = likeness.max(axis=1)
    may_stay = int(ALONE * len(labels))
    far = FAR if len(labels) < ENOUGH_FOR_SHARES else -1.0
    least = max(far, np.sort(best)[may_stay]) if len(best) > may_stay else CLOSE
    settled = labels.copy()
    settled[alone] = np.where(best >= min(CLOSE, least), likeness.argmax(axis=1), NOBODY)
    return settled
