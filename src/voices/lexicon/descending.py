"""Reinert's descending hierarchical classification of segments by the words that they hold.

Reinert, M. (1983), « Une méthode de classification descendante hiérarchique : application à l'analyse lexicale par
contexte », Les Cahiers de l'analyse des données 8(2), 187-198; (1990), « ALCESTE, une méthodologie d'analyse des
données textuelles », Bulletin de méthodologie sociologique 26, 24-54. As IRaMuTeQ and rainette do it: docs/reinert.md.

From one class, the largest is cut in two, again and again: segments are ordered along the first axis of the
correspondence analysis of the table (words present or not); the cut of that order whose two sides differ most
(chi-square) is kept; segments are moved one by one to the other side while that makes the chi-square grow; then each
side forgets the words that belong to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

_MOST_PARTS = 3
"""Parts that may be made for one class asked for."""
_EXACT = 40
"""A table with no more rows, or columns, has its axis computed at once; a larger one by Lanczos iterations."""
_GAIN = 1e-10
"""A chi-square grows when it does by more than this share of itself: less is rounding."""
_SAME = 9
"""Decimals of a coordinate: segments of the same words stand at the same place, and keep their order."""

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Sides = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the descent goes by; the defaults are those of IRaMuTeQ and rainette.

    A word whose contingency coefficient with a cut is above `contingency` belongs to one side. A side forgets the words
    that fewer than `least_said` of its segments hold (« tsj »). A class of fewer than `least_cut` segments is not cut.
    """

    contingency: float = 0.3
    least_said: int = 3
    least_cut: int = 5


RULES = Rules()


@dataclass(frozen=True, slots=True)
class Bipartition:
    """One cut in two: `second` tells which rows are on the second side, `chi2` how much the sides differ.

    `first_chi2` was the best along the axis, before `moved` exchanges.
    """

    second: Sides
    chi2: float
    first_chi2: float
    moved: int


@dataclass(frozen=True, slots=True)
class Node:
    """A class at one moment of the descent: the numbers of its segments and of the words it still counts, ascending.

    `parent` is the node that was cut to make it; `chi2` is that of its own cut, None where it was not cut.
    """

    members: Numbers
    words: Numbers
    parent: int | None = None
    chi2: float | None = None


@dataclass(frozen=True, slots=True)
class Descent:
    """Every class met: `nodes[0]` is the whole; `cuts[i]` is the node cut at step i + 1, whose two parts follow."""

    nodes: tuple[Node, ...]
    cuts: tuple[int, ...]
    n_segments: int

    def parts(self, node: int) -> tuple[int, int]:
        """The two parts of a node that was cut. Raises ValueError where it was not."""
        first = 1 + 2 * self.cuts.index(node)
        return first, first + 1

    def leaves(self, classes: int | None = None) -> tuple[int, ...]:
        """The nodes in force when there were that many classes (by default, at the end), in the order of the tree."""
        steps = len(self.cuts) if classes is None else max(0, min(classes - 1, len(self.cuts)))
        current = [0]
        for node in self.cuts[:steps]:
            at = current.index(node)
            current[at : at + 1] = self.parts(node)
        return tuple(current)

    def labels(self, leaves: Sequence[int]) -> Numbers:
        """(n_segments,) for each segment, the rank of its class among these nodes, or -1 where it is in none."""
        found = np.full(self.n_segments, -1)
        for rank, node in enumerate(leaves):
            found[self.nodes[node].members] = rank
        return found


def descend(
    table: sparse.csr_array,
    *,
    classes: int = 10,
    smallest: int = 1,
    rules: Rules = RULES,
) -> Descent:
    """The classes of the rows of a table (segments × words; what counts is whether a word is there), cut by cut.

    There are at most that many classes, fewer where none can be cut further. Parts of fewer than `smallest` segments
    are not counted among them, so that cutting goes on (until there are three parts for one class asked for); a class
    is not cut into nothing but such parts. A segment that holds none of the words that its class still counts belongs
    to none of the class's parts.
    """
    present = _present(table)
    nodes = [Node(np.arange(present.shape[0]), np.arange(present.shape[1]))]
    cuts: list[int] = []
    waiting, leaves = [0], [len(nodes[0].members)]
    while waiting and sum(size >= smallest for size in leaves) < classes and len(cuts) < _MOST_PARTS * classes - 1:
        largest = max(waiting, key=lambda node: (len(nodes[node].members), -node))
        waiting.remove(largest)
        cut = _cut(present, nodes[largest], largest, rules)
        if cut is None or max(len(part.members) for part in cut[1:]) < smallest:
            continue
        nodes[largest], *parts = cut
        leaves.remove(len(nodes[largest].members))
        leaves += [len(part.members) for part in parts]
        waiting += [len(nodes), len(nodes) + 1]
        nodes += parts
        cuts.append(largest)
    return Descent(tuple(nodes), tuple(cuts), present.shape[0])


def bipartition(present: sparse.csr_array) -> Bipartition | None:
    """The best cut in two of a table of 0 and 1 without empty row or column, or None where nothing sets rows apart.

    The first row is on the first side.
    """
    coordinates = first_axis(present)
    if coordinates is None:
        return None
    order = np.argsort(np.round(coordinates, _SAME), kind="stable")
    second, first_chi2 = _best_cut(present, order)
    moved, chi2 = _exchange(present, second)
    return Bipartition(second ^ second[0], chi2, first_chi2, moved)


def first_axis(present: sparse.csr_array) -> Reals | None:
    """(n,) coordinates of the rows on the first axis of the correspondence analysis, or None where it has none."""
    total = present.sum()
    rows, columns = present.sum(axis=1) / total, present.sum(axis=0) / total
    scaled = sparse.diags_array(1 / np.sqrt(rows)) @ (present / total) @ sparse.diags_array(1 / np.sqrt(columns))
    left = _first_left(sparse.csr_array(scaled), np.sqrt(rows), np.sqrt(columns))
    return None if left is None else left / np.sqrt(rows)


def chi_square(present: sparse.csr_array, second: Sides) -> float:
    """The chi-square of the table that sums the rows of each side."""
    columns = present.sum(axis=0)
    inside = second.astype(np.float64) @ present
    return float(_chi2(np.array((inside**2 / columns).sum()), np.array(inside.sum()), columns.sum()))


def own_words(first: Numbers, second: Numbers, rules: Rules = RULES) -> tuple[Sides, Sides]:
    """Which words each side keeps, from the number of its segments that hold each.

    A word of both sides (its contingency coefficient is low) is kept by both, a word of one side by that one; a side
    keeps no word that too few of its segments hold.
    """
    said = first + second
    expected = said * (first.sum() / said.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        chi2 = (first - expected) ** 2 * (1 / expected + 1 / (said - expected))
        coefficient = np.sqrt(chi2 / (chi2 + said))
    shared = ~(coefficient > rules.contingency)
    return (
        (shared | (first > expected)) & (first >= rules.least_said),
        (shared | (first < expected)) & (second >= rules.least_said),
    )


def _present(table: sparse.csr_array) -> sparse.csr_array:
    present = sparse.csr_array(table, dtype=np.float64, copy=True)
    present.sum_duplicates()
    present.eliminate_zeros()
    present.data[:] = 1
    return present


def _cut(present: sparse.csr_array, node: Node, number: int, rules: Rules) -> tuple[Node, Node, Node] | None:
    """The node, told its chi-square, and its two parts; or None where it cannot be cut."""
    if len(node.members) < rules.least_cut:
        return None
    inside = present[node.members][:, node.words]
    members = node.members[inside.sum(axis=1) > 0]
    words = node.words[inside.sum(axis=0) > 0]
    if min(len(members), len(words)) < 3:
        return None
    inside = sparse.csr_array(present[members][:, words])
    cut = bipartition(inside)
    if cut is None:
        return None
    counts = [inside[side].sum(axis=0).astype(np.int64) for side in (~cut.second, cut.second)]
    kept = own_words(counts[0], counts[1], rules)
    parts = [
        Node(members[side], words[keeps], number) for side, keeps in zip((~cut.second, cut.second), kept, strict=True)
    ]
    return replace(node, chi2=cut.chi2), parts[0], parts[1]


def _first_left(scaled: sparse.csr_array, rows: Reals, columns: Reals) -> Reals | None:
    """The first left singular vector of `scaled` less the trivial one, that of unit length along `rows`."""
    if min(scaled.shape) <= _EXACT:
        return _first_at_once(scaled, rows, columns)
    # The smaller of the two squares; the other side follows by one product.
    tall = scaled.shape[0] > scaled.shape[1]
    short, trivial = (scaled.T.tocsr(), columns) if tall else (scaled, rows)

    def apply(vector: Reals) -> Reals:
        vector = np.ravel(vector)
        return np.asarray(short @ (short.T @ vector) - trivial * (trivial @ vector))

    square = LinearOperator((len(trivial), len(trivial)), matvec=apply, dtype=np.float64)
    start = np.sin(np.arange(1, len(trivial) + 1))  # any start will do that is no eigenvector; the same one each time
    try:
        values, vectors = eigsh(square, k=1, which="LA", v0=start)
    except ArpackNoConvergence:
        return _first_at_once(scaled, rows, columns)
    if values[0] <= _GAIN:
        return None
    return np.asarray(scaled @ vectors[:, 0] if tall else vectors[:, 0])


def _first_at_once(scaled: sparse.csr_array, rows: Reals, columns: Reals) -> Reals | None:
    left, strength, _ = np.linalg.svd(scaled.toarray() - np.outer(rows, columns), full_matrices=False)
    return np.asarray(left[:, 0]) if strength[0] ** 2 > _GAIN else None


def _best_cut(present: sparse.csr_array, order: Numbers) -> tuple[Sides, float]:
    """Of the cuts of the rows in that order, the one whose sides differ most: who is after it, and its chi-square."""
    n_rows = present.shape[0]
    columns = present.sum(axis=0)
    sorted_columns = sparse.csc_array(present[order])
    sorted_columns.sort_indices()
    # What stands k-th in its column finds k others before it: the square of their number grows by 2k + 1.
    counts = np.diff(sorted_columns.indptr)
    before = np.arange(sorted_columns.nnz) - np.repeat(sorted_columns.indptr[:-1], counts)
    grows = (2 * before + 1) / np.repeat(columns, counts)
    grown = np.bincount(sorted_columns.indices, weights=grows, minlength=n_rows).astype(np.float64)
    squares = np.cumsum(grown)[:-1]
    sizes = np.cumsum(present.sum(axis=1)[order], dtype=np.float64)[:-1]
    chi2 = _chi2(squares, sizes, columns.sum())
    best = int(np.argmax(chi2))
    second = np.zeros(n_rows, dtype=bool)
    second[order[best + 1 :]] = True
    return second, float(chi2[best])


def _exchange(present: sparse.csr_array, second: Sides) -> tuple[int, float]:
    """Moves rows, changing `second`, as long as moving one makes the chi-square grow: how many, and the chi-square.

    Each time, the one that makes it grow most.
    """
    columns, lengths = present.sum(axis=0), present.sum(axis=1)
    own = present @ (1 / columns)
    inside = second.astype(np.float64) @ present
    moved, chi2 = 0, chi_square(present, second)
    while True:
        way = np.where(second, -1.0, 1.0)
        squares = (inside**2 / columns).sum() + 2 * way * (present @ (inside / columns)) + own
        reached = _chi2(squares, inside.sum() + way * lengths, columns.sum())
        best = int(np.argmax(reached))
        if not reached[best] > chi2 * (1 + _GAIN):
            return moved, chi2
        inside += way[best] * present[[best]].toarray()[0]
        second[best] = ~second[best]
        moved, chi2 = moved + 1, float(reached[best])


def _chi2(squares: Reals, size: Reals, total: float) -> Reals:
    """The chi-square of a table of two rows, from one row: the sum of its squares over the columns' sums, and its size.

    A side left empty differs from nothing: 0.
    """
    other = total - size
    apart = total * total * (squares - size * size / total)
    return np.divide(apart, size * other, out=np.zeros_like(squares), where=(size > 0.5) & (other > 0.5))
