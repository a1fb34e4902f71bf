"""Themes from one search to the next, and their map: pure, and the same for the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voices.themes.following import SAME, Former, follow, jaccard
from voices.themes.projection import project


def followed(groups, former, alone=(), before=(), nearest=lambda some, _: [0] * len(some)):
    """(theme, into) of each group."""
    found = follow(groups, frozenset(alone), former, frozenset(before), nearest)
    return [(one.theme, one.into) for one in found]


def theme(pk, *passages, **fields):
    return Former(pk, frozenset(passages), **fields)


@pytest.mark.parametrize(
    ("groups", "former", "now"),
    [
        ([[1, 2, 3]], [], [(None, None)]),
        ([[4, 5], [1, 2]], [theme(7, 1, 2), theme(8, 4, 5)], [(8, None), (7, None)]),
        # What neither search shared is not counted: a hundred testimonies arrive, the theme stays itself.
        ([[1, 2, *range(100, 200)]], [theme(7, 1, 2)], [(7, None)]),
        # Of two groups that share a theme, the closest is that theme; the other is new.
        ([[1], [2, 3, 4]], [theme(7, 1, 2, 3, 4)], [(None, None), (7, None)]),
        # Under a third, it is another theme.
        ([[1, 5, 6, 7]], [theme(7, 1, 2, 3, 4), theme(8, 5), theme(9, 6), theme(10, 7)], [(None, None)]),
        # Merged by people, found as one or as three: all that was there stays there.
        ([[1, 2, 3, 4]], [theme(7, 1, 2), theme(8, 3, 4, into=7)], [(7, None)]),
        (
            [[1, 2, 3], [4, 5, 6], [7, 8]],
            [theme(1, *range(1, 9)), theme(2, 9, into=1)],
            [(1, None), (None, 1), (None, 1)],
        ),
        # One that went comes back, unless one that stands is as close.
        ([[1, 2]], [theme(7, 1, 2, stands=False)], [(7, None)]),
        ([[1, 2]], [theme(7, 1, 2, stands=False), theme(8, 1, 2)], [(8, None)]),
    ],
)
def test_each_group_is_the_former_theme_that_is_closest(groups, former, now):
    assert followed(groups, former) == now


def test_a_cut_holds_where_a_group_holds_most_of_both_sides():
    former = [theme(7, 1, 2, 3), theme(8, 4, 5, cut_from=7), theme(9, 6, 7, cut_from=8)]
    found = follow(
        [[1, 2, 3, 4, 5, 6, 7, 99]], frozenset(), former, frozenset(), lambda some, groups: [len(groups) - 1]
    )
    assert {one.theme: one.passages for one in found} == {7: (1, 2, 3), 8: (4, 5), 9: (6, 7, 99)}
    assert followed([[1, 2, 3], [4, 5, 6, 7]], former[:2]) == [(7, None), (8, None)]


@given(st.frozensets(st.integers(0, 9)), st.frozensets(st.integers(0, 9)))
def test_likeness_is_between_nothing_and_all(one: frozenset[int], other: frozenset[int]):
    assert 0 <= jaccard(one, other) == jaccard(other, one) <= 1
    assert (jaccard(one, other) == 1) is (one == other and bool(one))
    assert SAME < 0.5


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_theme_whose_passages_mostly_stay_is_followed(data: st.DataObject):
    """Whatever the others do: three quarters stay, at most a quarter as many come, any number of testimonies arrive."""
    sizes = data.draw(st.lists(st.integers(4, 20), min_size=2, max_size=5))
    starts = [100 * number for number in range(len(sizes))]
    former = [
        Former(number, frozenset(range(start, start + size)))
        for number, (start, size) in enumerate(zip(starts, sizes, strict=True))
    ]
    named = former[0]
    quarter = len(named.passages) // 4
    stays = sorted(named.passages)[: len(named.passages) - data.draw(st.integers(0, quarter))]
    others = sorted(set().union(*(one.passages for one in former[1:])) | (named.passages - set(stays)))
    shuffled = data.draw(st.permutations(others))
    came = [pk for pk in shuffled if pk not in named.passages][: data.draw(st.integers(0, quarter))]
    fresh = list(range(1000, 1000 + data.draw(st.integers(0, 60))))
    rest = [pk for pk in shuffled if pk not in came]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(rest)), max_size=4)))
    groups = [rest[one:other] for one, other in zip([0, *cuts], [*cuts, len(rest)], strict=True) if one < other]
    groups.insert(data.draw(st.integers(0, len(groups))), [*stays, *came, *fresh])
    found = follow(groups, frozenset(), former, frozenset(), lambda some, _: [0] * len(some))
    mine = next(one for one in found if stays[0] in one.passages)
    assert mine.theme == named.id
    taken = [one.theme for one in found if one.theme is not None]
    assert len(taken) == len(set(taken))
    assert sorted(pk for one in found for pk in one.passages) == sorted(pk for group in groups for pk in group)


@given(st.integers(0, 40), st.integers(1, 5), st.integers(0, 10_000))
def test_the_map_holds_every_passage_and_is_the_same_again(count: int, themes: int, seed: int):
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(count, 16)).astype(np.float32)
    labels = np.sort(rng.integers(-1, themes, count))
    labels = np.unique(labels, return_inverse=True)[1] - (1 if (labels == -1).any() else 0)
    points = project(vectors, labels)
    assert points.shape == (count, 2)
    assert ((points >= 0) & (points <= 1)).all()
    assert (points == project(vectors, labels)).all()


def test_on_the_map_themes_stand_apart():
    rng = np.random.default_rng(3)
    labels = np.repeat(np.arange(3), 20)
    vectors = rng.normal(scale=0.05, size=(60, 16)).astype(np.float32) + np.eye(16, dtype=np.float32)[labels]
    points = project(vectors, labels)
    middles = np.array([points[labels == one].mean(axis=0) for one in range(3)])
    nearest = np.linalg.norm(points[:, None] - middles[None], axis=2).argmin(axis=1)
    assert (nearest == labels).mean() > 0.95
