"""The arithmetic of chance, against scipy and against figures that others published."""

from collections import Counter
from itertools import product
from math import comb, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, false_discovery_control, fisher_exact

from voices.report.chance import exact, excess, fisher, holm, wilson

COUNTS = st.integers(1, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@settings(max_examples=50, deadline=None)
@given(COUNTS)
def test_an_interval_is_that_of_scipy(counted):
    part, whole = counted
    found = binomtest(part, whole).proportion_ci(method="wilson")
    assert wilson(part, whole) == pytest.approx((found.low, found.high), abs=1e-9)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        pytest.param(81, 263, 0.2553, 0.3662, id="Newcombe 1998, table I, first column"),
        pytest.param(15, 148, 0.0624, 0.1605, id="second"),
        pytest.param(0, 20, 0.0, 0.1611, id="third"),
        pytest.param(1, 29, 0.0061, 0.1718, id="fourth"),
    ],
)
def test_an_interval_is_the_published_one(part, whole, low, high):
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


def test_nothing_counted_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)


@settings(max_examples=50, deadline=None)
@given(COUNTS, COUNTS)
def test_a_test_is_that_of_scipy(one, other):
    table = [[one[0], one[1] - one[0]], [other[0], other[1] - other[0]]]
    assert fisher(*one, *other) == pytest.approx(float(fisher_exact(table).pvalue), rel=1e-6, abs=1e-12)


def test_a_test_is_the_published_one():
    """The lady tasting tea: 3 cups of 4 told right (R. A. Fisher, 1935); 34 chances in 70 on both sides."""
    assert fisher(3, 4, 1, 4) == pytest.approx(34 / 70)


@settings(max_examples=50, deadline=None)
@given(COUNTS, COUNTS)
def test_which_of_two_comes_first_changes_nothing(one, other):
    assert fisher(*one, *other) == pytest.approx(fisher(*other, *one), rel=1e-9)


def test_many_testimonies_are_counted_too():
    table = [[4_000, 6_000], [3_800, 6_200]]
    assert fisher(4_000, 10_000, 3_800, 10_000) == pytest.approx(float(fisher_exact(table).pvalue), rel=1e-6)


SMALL = st.integers(1, 6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
STRATA = st.lists(st.builds(lambda one, other: (*one, *other), SMALL, SMALL), min_size=1, max_size=3)


@settings(max_examples=50, deadline=None)
@given(STRATA)
def test_strata_are_counted_table_by_table(strata):
    """Against every table there could have been, one by one."""
    laws = []
    for part, whole, other_part, other_whole in strata:
        marked = part + other_part
        ways = {
            seen: comb(whole, seen) * comb(other_whole, marked - seen)
            for seen in range(max(0, marked - other_whole), min(whole, marked) + 1)
        }
        laws.append(ways)
    every: Counter[int] = Counter()
    for chosen in product(*laws):
        every[sum(chosen)] += prod(law[seen] for law, seen in zip(laws, chosen, strict=True))
    observed = every[sum(part for part, *_ in strata)]
    expected = sum(ways for ways in every.values() if ways <= observed) / sum(every.values())
    assert exact(strata) == pytest.approx(expected)


def test_what_the_strata_explain_is_no_difference():
    """Short ones tell it rarely everywhere, long ones often everywhere; one group has more long ones."""
    short, long = (1, 20, 4, 80), (72, 80, 18, 20)
    assert fisher(73, 100, 22, 100) < 1e-9
    assert exact([short, long]) == pytest.approx(1.0)
    assert excess([short, long]) == pytest.approx(0.0)


def test_admissions_at_berkeley_differ_by_department_and_not_by_sex():
    """P. Bickel et al., Science, 1975: 2,691 men, 1,835 women. But for department A, nothing is left."""
    departments = [
        (353, 560, 17, 25),
        (120, 325, 202, 593),
        (138, 417, 131, 375),
        (53, 191, 94, 393),
        (22, 373, 24, 341),
    ]
    assert fisher(1198, 2691, 557, 1835) < 1e-12
    assert exact(departments) > 0.3


@pytest.mark.parametrize(
    ("chances", "corrected"),
    [
        pytest.param((), (), id="none"),
        pytest.param((0.03,), (0.03,), id="one"),
        pytest.param((0.01, 0.04, 0.03, 0.005), (0.03, 0.06, 0.06, 0.02), id="R: p.adjust(method = 'holm')"),
        pytest.param((0.5, 0.9), (1.0, 1.0), id="never over 1"),
    ],
)
def test_many_comparisons_cost(chances, corrected):
    assert holm(chances) == pytest.approx(corrected)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_a_correction_is_between_the_bare_and_the_strictest(chances):
    found = holm(chances)
    freer = false_discovery_control(chances)
    assert all(
        bare <= one + 1e-12 <= min(1.0, bare * len(chances)) + 1e-9 for bare, one in zip(chances, found, strict=True)
    )
    assert all(one >= loose - 1e-9 for one, loose in zip(found, freer, strict=True))
