"""Stability: separate themes hold when passages are missing, noise does not, and repeats make nothing."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.themes.test_themes import corpus, passage
from voices.domain import STABLE
from voices.thematic import held
from voices.themes import find
from voices.themes.grouping import settled
from voices.themes.groups import NOBODY, centred
from voices.themes.stability import drawn_again, stability, times_found


def planted(n_groups, each, *, noise=0.05, dim=48, seed=5):
    """Vectors (n, dim) around as many directions, and whose each is."""
    chance = np.random.default_rng(seed)
    whose = np.repeat(np.arange(n_groups), each)
    return centred((np.eye(dim)[whose] + chance.normal(scale=noise, size=(len(whose), dim))).astype(np.float32)), whose


def same(labels, whose):
    """Whether the groups are those, however numbered."""
    return len(set(zip(labels.tolist(), whose.tolist(), strict=True))) == len(set(labels)) == len(set(whose))


@pytest.mark.parametrize(("n_groups", "each"), [(3, 10), (4, 25), (5, 60)], ids=str)
def test_planted_groups_are_found_and_hold(n_groups, each):
    vectors, whose = planted(n_groups, each)
    way = settled(vectors, seed=1)
    labels = way(vectors)
    assert same(labels, whose)
    assert (stability(way.drawn_again(vectors, labels)) == 1).all()


@pytest.mark.parametrize("n", [40, 120])
def test_noise_holds_nowhere(n):
    vectors = centred(np.random.default_rng(n).normal(size=(n, 384)).astype(np.float32))
    way = settled(vectors, seed=1)
    labels = way(vectors)
    assert labels.max() == NOBODY or (stability(way.drawn_again(vectors, labels)) < STABLE).all()


def test_a_group_that_no_draw_finds_again_has_little_and_one_always_found_has_all():
    vectors, whose = planted(2, 20)
    labels = whose.astype(np.intp)

    def group(some):
        """The first group always, the second one never."""
        return np.where(some[:, 0] > some[:, 1], 0, NOBODY).astype(np.intp)

    found = drawn_again(vectors, labels, group, seed=1)
    assert stability(found).tolist() == [1.0, 0.0]
    assert times_found(found).tolist() == [20, 0]


def test_a_draw_that_has_nothing_of_a_group_does_not_find_it_and_does_not_count_against_it():
    found = np.array([[0.9, np.nan], [0.5, 0.8], [0.4, 0.7]])
    assert stability(found).round(2).tolist() == [0.6, 0.75]
    assert times_found(found).tolist() == [2, 2]


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        ((None, None, 20), ""),
        (
            (0.75, 19, 20),
            "Ce thème tient : sans un passage sur cinq, pris au hasard, il se retrouve dans 19 tirages sur 20.",
        ),
        (
            (0.54, 11, 20),
            "Thème instable : sans un passage sur cinq, pris au hasard, il ne se retrouve que dans 11 tirages sur 20. "
            "À lire comme une piste.",
        ),
        (
            (0.2, 0, 20),
            "Thème instable : sans un passage sur cinq, pris au hasard, il ne se retrouve dans aucun des 20 tirages. "
            "À lire comme une piste.",
        ),
        (
            (0.75, None, 0),
            "Ce thème tient : sans un passage sur cinq, pris au hasard, il se retrouve (stabilité : 0,75 sur 1).",
        ),
    ],
)
def test_how_a_theme_holds_is_told_in_draws(measured, said):
    assert held(*measured).replace("\u202f", " ") == said


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_stability_is_a_share_whatever_the_groups(seed):
    chance = np.random.default_rng(seed)
    labels = chance.integers(-1, 4, size=30).astype(np.intp)

    def group(some):
        """Groups at random."""
        return chance.integers(-1, 3, size=len(some)).astype(np.intp)

    found = stability(drawn_again(chance.normal(size=(30, 4)).astype(np.float32), labels, group, seed=seed, times=5))
    assert len(found) == labels.max() + 1
    assert ((found >= 0) & (found <= 1)).all()


def test_the_order_of_passages_changes_no_stability_and_themes_of_separate_subjects_hold():
    passages, vectors = corpus(90)
    order = np.random.default_rng(4).permutation(90)
    found = find(passages, vectors, seed=3)
    assert found == find([passages[at] for at in order], vectors[order], seed=3)
    assert found.resamples >= 20
    assert len(found.themes) >= 3
    assert found.holding == found.themes
    subjects = {one.id: number % 3 for number, one in enumerate(passages)}
    assert all(len({subjects[one] for one in theme.passage_ids}) == 1 for theme in found.themes)


def test_a_corpus_of_repeats_makes_no_theme():
    passages, vectors = corpus(19)
    copies = [passage(1000 + number, passages[number % 2].text.lower()) for number in range(200)]
    found = find([*passages, *copies], np.vstack([vectors, vectors[[n % 2 for n in range(200)]]]), seed=3)
    assert found.themes == ()
    assert re.fullmatch(r"Trop peu de passages \(1\d\) pour dégager des thèmes\.", found.note or "")
    assert len(found.outliers) == 219


def test_themes_that_all_fail_are_told_so():
    passages, _ = corpus(90, subjects=("jardin",))
    vectors = np.random.default_rng(2).normal(size=(90, 384)).astype(np.float32)
    found = find(passages, vectors, seed=3)
    assert (found.note or "").startswith(("Aucun thème ne tient", "Aucun thème ne se dégage")) or found.holding
