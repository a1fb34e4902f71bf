"""The order of review."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voices import coding
from voices.domain import CodedPassage, Coding, Sense, WhyOutside


def coded(number, *, threshold=0.3, sense=1.0, **probabilities):
    put = tuple(
        Coding(f"p{number}", code, Sense.LACK, value, sense)
        for code, value in probabilities.items()
        if value >= threshold
    )
    return CodedPassage(f"p{number}", put, probabilities, trust=False, trust_probability=0.1)


def test_what_the_machine_is_least_sure_of_comes_first():
    found = coding.order(
        [coded(1, accueil=0.02), coded(2, accueil=0.99), coded(3, accueil=0.4), coded(4, accueil=0.28)]
    )
    assert [one.passage_id for one in found] == ["p3", "p4", "p1", "p2"]
    assert [one.corrections for one in found] == pytest.approx([0.6, 0.28, 0.02, 0.01])


def test_a_passage_outside_is_said_to_be_so():
    (found,) = coding.order([replace(coded(1, accueil=0.2), outside=True, why=WhyOutside.FOREIGN)])
    assert found.reason == "Hors domaine\u202f: ce passage n’est pas en français, et la machine n’y pose aucun code."


def test_a_doubtful_sense_is_a_correction_to_expect():
    found = coding.order([coded(1, accueil=0.9, sense=0.95), coded(2, accueil=0.95, sense=0.5)])
    assert [one.passage_id for one in found] == ["p2", "p1"]
    assert found[0].corrections == pytest.approx(1 - 0.95 * 0.5)
    assert "n’est sûre du sens qu’à 50\u202f%" in found[0].reason


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
    (found,) = coding.order([coded(1, **probabilities)])
    assert reason in found.reason


def test_equals_stay_in_the_order_given():
    found = coding.order([coded(2, accueil=0.5), coded(1, accueil=0.5)])
    assert [one.passage_id for one in found] == ["p2", "p1"]


def test_nothing_gives_nothing():
    assert coding.order([]) == ()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), max_size=12))
def test_every_passage_is_in_the_queue_once_most_corrections_first(drawn):
    some = [coded(number, accueil=a, action=b, sense=s) for number, (a, b, s) in enumerate(drawn)]
    found = coding.order(some)
    assert sorted(one.passage_id for one in found) == sorted(one.passage_id for one in some)
    corrections = [one.corrections for one in found]
    assert corrections == sorted(corrections, reverse=True)
    assert all(0 <= one <= 2 for one in corrections)
