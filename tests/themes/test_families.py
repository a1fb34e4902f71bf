"""Families: every theme is in the tree once, the nearest come together, and a short list stays a list."""

import numpy as np
import pytest

from voices.domain import Theme
from voices.themes.families import tree


def themes(n):
    return [Theme(f"t{number}", f"Thème {number}", (), (), ()) for number in range(n)]


def leaves(branches):
    return [one.themes[0] for one in branches if not one.parts] + [
        leaf for one in branches for leaf in leaves(one.parts)
    ]


@pytest.mark.parametrize("n", [0, 1, 5, 6, 12, 40])
def test_each_theme_is_in_the_tree_once(n):
    middles = np.random.default_rng(n).normal(size=(n, 6)).astype(np.float32)
    found = tree(themes(n), middles, lambda some: f"{len(some)} thèmes")
    assert sorted(leaves(found)) == sorted(one.id for one in themes(n))
    assert len(found) <= max(5, round(n**0.5))


def test_the_nearest_themes_are_of_one_family():
    middles = np.repeat(np.eye(3, 8, dtype=np.float32), 3, axis=0)
    middles[:, 3:] += np.random.default_rng(1).normal(scale=0.1, size=(9, 5))
    found = tree(themes(9), middles, lambda some: some[0].label)
    assert [one.themes for one in found] == [("t0", "t1", "t2"), ("t3", "t4", "t5"), ("t6", "t7", "t8")]
    assert [one.label for one in found] == ["Thème 0", "Thème 3", "Thème 6"]
