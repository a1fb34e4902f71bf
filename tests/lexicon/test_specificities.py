"""Lafon's specificities: equal to the published ones, exact in the small, stable in the large."""

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.stats import hypergeom

from tests.lexicon.made import words_of
from voices.lexicon.parts import named
from voices.lexicon.specificities import compare, scores
from voices.lexicon.table import count

ROBESPIERRE = Path(__file__).parents[3] / "shared" / "interop" / "robespierre_lafon.json"

# Three words of Lafon's article, in the ten parts of Robespierre's speeches; scores of the R package.
SIZES = [8395, 2558, 3920, 6903, 7896, 4555, 10142, 2063, 1084, 13933]
PUBLISHED = [
    ([45, 18, 15, 14, 53, 30, 42, 16, 4, 59],
     [0.6161, 1.1466, -0.6709, -4.1743, 2.1122, 1.2906, -0.798, 1.3632, -0.3977, -0.841]),
    ([30, 13, 11, 19, 22, 10, 16, 7, 2, 35],
     [1.2133, 1.6778, 0.3146, 0.3091, 0.3364, -0.5024, -2.055, 0.4965, -0.3552, -0.4359]),
    ([6, 5, 16, 8, 23, 10, 35, 8, 3, 39],
     [-4.2432, -0.416, 1.4491, -2.0903, 0.6178, -0.3834, 1.5961, 0.8409, -0.3079, 0.6414]),
]  # fmt: skip


def score(f, total, part, corpus):
    return float(scores(np.array(f), np.array(total), np.array(part), corpus))


@pytest.mark.parametrize(("said", "published"), PUBLISHED, ids=["peuple", "ennemi", "patrie"])
def test_the_scores_are_those_published(said, published):
    found = scores(np.array(said), np.array(sum(said)), np.array(SIZES), sum(SIZES))
    assert np.round(found, 4).tolist() == published


@pytest.mark.skipif(not ROBESPIERRE.exists(), reason="Lafon's whole table lies beside the project")
def test_every_cell_of_lafon_s_table_is_found():
    table = json.loads(ROBESPIERRE.read_text(encoding="utf-8"))
    for word, said in table["freq"].items():
        found = scores(np.array(said), np.array(sum(said)), np.array(table["partSize"]), sum(table["partSize"]))
        assert np.round(found, 4).tolist() == table["textometrieR_specificites"][word], word


def exact(f, total, part, corpus):
    """The same score from whole numbers, without a logarithm before the end."""
    mode = (part + 1) * (total + 1) // (corpus + 2)
    below = sum(ways(k, total, part, corpus) for k in range((f - 1 if f > mode else f) + 1))
    chance = Fraction(below, math.comb(corpus, part))
    if chance < Fraction(1, 2):
        return log10(chance)
    return -log10(1 - chance) if chance < 1 else 0.0


def ways(k, total, part, corpus):
    return math.comb(total, k) * math.comb(corpus - total, part - k) if k <= part else 0


def log10(chance):
    return math.log10(chance.numerator) - math.log10(chance.denominator)


@settings(deadline=None)
@given(some.data())
def test_the_scores_are_exact(data):
    corpus = data.draw(some.integers(2, 600))
    total, part = (data.draw(some.integers(1, corpus)) for _ in range(2))
    f = data.draw(some.integers(max(0, total + part - corpus), min(total, part)))
    assert score(f, total, part, corpus) == pytest.approx(exact(f, total, part, corpus), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("f", [0, 300, 900, 1000, 1100, 1800])
def test_the_scores_are_those_of_scipy(f):
    expected = (
        -hypergeom.logsf(f - 1, 100_000, 5_000, 20_000) if f > 1000 else hypergeom.logcdf(f, 100_000, 5_000, 20_000)
    ) / math.log(10)
    if f != 1000:
        assert score(f, 5_000, 20_000, 100_000) == pytest.approx(expected, rel=1e-6)


def test_scores_beyond_the_smallest_number_stay_finite():
    assert 30_000 < score(100_000, 100_000, 3_000_000, 6_000_000) < 31_000
    assert -35_000 < score(0, 100_000, 3_000_000, 6_000_000) < -30_000


@pytest.mark.parametrize(("f", "total", "part"), [(5, 5, 40), (0, 0, 10), (0, 5, 0)])
def test_what_can_be_no_otherwise_scores_nought(f, total, part):
    assert score(f, total, part, 40) == 0


def test_a_part_says_its_own_words_more():
    said = ["soupe soupe pain"] * 6 + ["vélo frein pain"] * 6
    found = compare(count(words_of(said)), named([("cuisine",)] * 6 + [("atelier",)] * 6))
    rows: list[Any] = list(found.rows(least=2))
    assert [(row[0], row[1], row[3] > 0) for row in rows] == [
        ("atelier", "frein", True),
        ("atelier", "vélo", True),
        ("atelier", "soupe", False),
        ("cuisine", "soupe", True),
        ("cuisine", "frein", False),
        ("cuisine", "vélo", False),
    ]
    assert rows[3][4:9] == (12, 12, 666.667, 333.333, 6)


def test_testimonies_are_counted_once():
    table = count(words_of(["soupe soupe", "soupe", "pain", "soupe"]), least=1)
    found = compare(table, named([("a",), ("a",), ("b",), ("b",)]), speakers=np.array([0, 0, 1, 2]))
    assert found.voices.tolist() == [[1, 1], [0, 1]]


def test_a_passage_may_be_in_two_parts_and_one_in_none_does_not_count():
    table = count(words_of(["soupe", "pain", "soupe"]), least=1)
    found = compare(table, named([("a", "b"), ("b",), ()]))
    assert found.size == 2
    assert found.counts.tolist() == [[1, 1], [0, 1]]


def test_what_chance_alone_makes_does_not_hold():
    chance = np.random.default_rng(3)
    said = [" ".join(f"m{word}" for word in chance.integers(0, 300, 40)) for _ in range(400)]
    found = compare(count(words_of(said)), named([(f"p{number % 5}",) for number in range(400)]))
    assert (abs(found.scores) > 2).sum() > 0
    assert found.holds.sum() <= 1
