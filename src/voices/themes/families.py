"""Themes brought together into families, and these into larger ones: what a long list of themes opens from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster import hierarchy

from voices.domain import Branch, Theme

_FEW = 5
"""So many themes are read at a glance: they open into themselves."""

Name = Callable[[Sequence[Theme]], str]
"""What a family of themes is called."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A join of the tree: its themes, and the two that it joins, the later join first."""

    themes: tuple[int, ...]
    parts: tuple["_Node", ...] = ()
    height: float = 0.0


def tree(themes: Sequence[Theme], middles: NDArray[np.float32], name: Name) -> tuple[Branch, ...]:
    """The families, each theme in one. `middles`: (themes, dim), the centre of each.

    The nearest two are joined first, by the mean cosine between their themes; a family opens into about the square root
    of the number of its themes.
    """
    if len(themes) <= _FEW:
        return tuple(_leaf(one) for one in themes)
    nodes = [_Node((at,)) for at in range(len(themes))]
    for one, other, height, _ in hierarchy.linkage(middles.astype(np.float64), method="average", metric="cosine"):
        joined = (nodes[int(one)], nodes[int(other)])
        nodes.append(_Node(tuple(sorted(joined[0].themes + joined[1].themes)), joined, float(height)))
    return _opened(nodes[-1], themes, name)


def _opened(node: _Node, themes: Sequence[Theme], name: Name) -> tuple[Branch, ...]:
    if len(node.themes) <= _FEW:
        return tuple(_leaf(themes[at]) for at in node.themes)
    parts, wanted = [node], max(2, round(len(node.themes) ** 0.5))
    while len(parts) < wanted:
        highest = max((one for one in parts if one.parts), key=lambda one: (one.height, one.themes))
        parts.remove(highest)
        parts.extend(highest.parts)
    return tuple(_branch(one, themes, name) for one in sorted(parts, key=lambda one: one.themes))


def _branch(node: _Node, themes: Sequence[Theme], name: Name) -> Branch:
    mine = [themes[at] for at in node.themes]
    if len(mine) == 1:
        return _leaf(mine[0])
    return Branch(name(mine), tuple(one.id for one in mine), _opened(node, themes, name))


def _leaf(theme: Theme) -> Branch:
    return Branch(theme.label, (theme.id,))
