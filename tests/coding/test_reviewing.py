"""The order of review."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from voices import coding
from voices.coding.reviewing import ranked
from voices.domain import CodedPassage, Coding, Sense


def coded(number, *, threshold=0.3, **probabilities):
    put = tuple(
        Coding(f"p{number}", code, Sense.LACK, value, 0.9)
        for code, value in probabilities.items()
        if value >= threshold
    )
    return CodedPassage(f"p{number}", put, probabilities, trust=False, trust_probability=0.1)


def test_what_the_machine_is_least_sure_of_comes_first():
    some = [coded(1, accueil=0.02), coded(2, accueil=0.99), coded(3, accueil=0.4), coded(4, accueil=0.28)]
    found = coding.order(some, np.eye(4, dtype=np.float32))
    assert [one.passage_id for one in found] == ["p3", "p4", "p1", "p2"]
    assert [one.corrections for one in found] == pytest.approx([0.6, 0.28, 0.02, 0.01])


def test_a_passage_like_one_already_in_the_queue_waits():
    some = [coded(1, accueil=0.4), coded(2, accueil=0.41), coded(3, accueil=0.5), coded(4, accueil=0.01)]
    vectors = np.array([[1, 0], [1, 0], [0, 1], [-1, -1]], np.float32)
    assert [one.passage_id for one in coding.order(some, vectors)] == ["p1", "p3", "p2", "p4"]


@pytest.mark.parametrize(
    ("probabilities", "reason"),
    [
        ({"accueil": 0.4, "action": 0.9}, "La machine pose «\u202faccueil\u202f» (manque) à 40\u202f% seulement."),
        (
            {"accueil": 0.05, "action": 0.25},
            "La machine ne pose pas «\u202faction\u202f», mais ne l’écarte qu’à moitié",
        ),
        ({}, "Aucun code"),
    ],
    ids=["put", "not put", "no code"],
)
def test_the_reason_names_the_code_in_doubt(probabilities, reason):
    (found,) = coding.order([coded(1, **probabilities)], np.ones((1, 2), np.float32))
    assert reason in found.reason


def test_nothing_gives_nothing():
    assert coding.order([], np.empty((0, 3), np.float32)) == ()


@settings(max_examples=50, deadline=None)
@given(st.data(), st.integers(1, 12))
def test_every_passage_is_in_the_queue_once_and_the_order_is_always_the_same(data, size):
    vectors = data.draw(arrays(np.float32, (size, 3), elements=st.floats(-1, 1, width=32)))
    expected = data.draw(arrays(np.float64, size, elements=st.floats(0, 3)))
    found = ranked(expected, vectors)
    assert sorted(found) == list(range(size))
    assert found == ranked(expected, vectors)
    assert expected[found[0]] == expected.max()
