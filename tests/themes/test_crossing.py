"""Crossings: counts are those of the passages, differences are told where chance does not make them, and only there."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, fisher_exact

from tests.report.studies import small
from voices.domain import Axis, Theme, Themes
from voices.themes import tell
from voices.themes.chance import by_chance, likely
from voices.themes.crossing import Observation, cross, observed, periods
from voices.themes.describing import Facts, Told, describe


def seen(rows):
    """Observations of (testimony, theme, place, codes), a passage each."""
    return [
        Observation(f"p{at}", who, theme, frozenset(codes), {Axis.PLACE: place})
        for at, (who, theme, place, codes) in enumerate(rows)
    ]


def cells(crossings, theme, axis):
    return {cell.value: cell for one in crossings if (one.theme_id, one.axis) == (theme, axis) for cell in one.cells}


def test_a_testimony_counts_once_and_its_passages_are_all_there():
    rows = [("t1", "x", "Brest", ()), ("t1", "x", "Brest", ()), ("t2", None, "Brest", ()), ("t3", "x", "Niort", ())]
    found = cells(cross(seen(rows), ["x"], []), "x", Axis.PLACE)
    assert (found["Brest"].testimonies, found["Brest"].of, found["Brest"].passages) == (1, 2, ("p0", "p1"))
    assert (found["Niort"].testimonies, found["Niort"].of, found["Niort"].share) == (1, 1, 1.0)
    assert found["Brest"].p is None  # too few to compare


def test_a_plain_difference_is_told_and_one_that_chance_makes_is_not():
    rows = [(f"a{n}", "x" if n < 18 else None, "Brest", ()) for n in range(20)]
    rows += [(f"b{n}", "x" if n < 2 else None, "Niort", ()) for n in range(20)]
    rows += [(f"a{n}", "y" if n % 2 else None, "Brest", ()) for n in range(20)]
    rows += [(f"b{n}", "y" if n % 2 else None, "Niort", ()) for n in range(20)]
    crossings = cross(seen(rows), ["x", "y"], [])
    strong, even = cells(crossings, "x", Axis.PLACE)["Brest"], cells(crossings, "y", Axis.PLACE)["Brest"]
    assert strong.differs
    assert strong.elsewhere == 0.1
    assert strong.low < 0.9 < strong.high
    assert not even.differs


def test_chance_alone_tells_a_difference_less_than_once_in_twenty():
    draw = random.Random(4)
    told = 0
    for _ in range(60):
        rows = [(f"t{n}", draw.choice(("x", None)), draw.choice(("A", "B", "C")), ()) for n in range(60)]
        told += any(cell.differs for one in cross(seen(rows), ["x"], []) for cell in one.cells)
    assert told <= 3


def test_long_testimonies_do_not_make_a_code_of_a_theme():
    """Every passage has the code one time in two; those of theme x are of very short testimonies."""
    draw = random.Random(7)
    rows: list[object] = [(f"s{n}", "x", "A", draw.choice((("accueil +",), ()))) for n in range(40)]
    rows += [(f"l{n}", None, "A", draw.choice((("accueil +",), ()))) for n in range(40) for _ in range(15)]
    found = cells(cross(seen(rows), ["x"], ["accueil"]), "x", Axis.CODE)["accueil +"]
    assert (found.of, found.differs) == (40, False)
    assert len(found.passages) == found.testimonies


@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from("xyz"), st.sampled_from("AB")), min_size=1, max_size=40))
@settings(max_examples=25, deadline=None)
def test_parts_are_never_more_than_wholes_and_order_changes_nothing(rows):
    rows = [(f"t{who}", theme, place, ()) for who, theme, place in rows]
    found = seen(rows)
    crossings = cross(found, ["x", "y", "z"], ["accueil"])
    for one in crossings:
        for cell in one.cells:
            assert 0 <= cell.low <= cell.share <= cell.high <= 1 or not cell.of
            assert cell.testimonies <= cell.of
            assert cell.p is None or 0 <= cell.p <= 1
    again = cross(found[::-1], ["x", "y", "z"], ["accueil"])
    assert [[(c.testimonies, c.of, c.p) for c in one.cells] for one in again] == [
        [(c.testimonies, c.of, c.p) for c in one.cells] for one in crossings
    ]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2023-01-02", "2024"], ["2023", "2024"]),
        (["2023-01-02", "2023-05"], ["2023-01", "2023-05"]),
        (["2023-01", "2023"], ["2023", "2023"]),
        ([None], [None]),
    ],
)
def test_periods_are_years_or_months_of_one_year(dates, expected):
    period = periods(dates)
    assert [period(date) for date in dates] == expected


def test_a_coded_study_is_told():
    one = small()
    found = tell(one)
    assert {crossing.axis for crossing in found.crossings} == set(Axis)
    assert all(theme.description.endswith(".") for theme in found.themes)
    seen_there = {o.passage_id for o in observed(one)}
    assert all(set(cell.passages) <= seen_there for crossing in found.crossings for cell in crossing.cells)


FACTS = [
    (Facts(1, 1, [], []), "Aucun des codes n’y est mis."),
    (
        Facts(20, 35, [], [], unsure=True),
        "Aucun nom ne le résume : moins d’un passage sur cinq dit un de ces mots. Aucun des codes n’y est mis.",
    ),
    (
        Facts(12, 1234, [("Brest", 9), ("Niort", 3), ("Nantes", 1)], [Told("Accueil", 9, 1, 0)]),
        "On en parle surtout à « Brest » (9 témoignages sur 12). "
        "« Accueil » y est dit dans 10 passages sur 1 234 (présence 9, manque 1).",
    ),
    (
        Facts(21, 44, [("Brest", 9), ("Niort", 4), ("Nantes", 2), ("Metz", 2)], [Told("Action", 0, 3, 0)]),
        "On en parle surtout à « Brest » (9 témoignages sur 21) et à « Niort » (4). "
        "« Action » y est dit dans 3 passages sur 44 (manque).",
    ),
    (
        Facts(4, 5, [("Brest", 4)], [Told("Action", 0, 3, 1)]),
        "On n’en parle qu’à « Brest ». « Action » y est dit dans 4 passages sur 5 (manque 3, mixte 1).",
    ),
    (
        Facts(10, 44, [("Brest", 5), ("Niort", 5)], [Told("Accueil", 15, 8, 0), Told("Appartenance", 20, 3, 0)]),
        "On en parle à « Brest » (5 témoignages sur 10) et à « Niort » (5). « Accueil » y est dit dans 23 passages "
        "sur 44 (présence 15, manque 8) et « Appartenance » dans 23 (présence 20, manque 3).",
    ),
    (
        Facts(9, 20, [("a", 2), ("b", 2), ("c", 2)], [Told("A", 4, 0, 0), Told("B", 5, 0, 0), Told("C", 5, 0, 0)]),
        "Aucun lieu n’y domine. « B » y est dit dans 5 passages sur 20 (présence), « C » dans 5 (présence) et « A » "
        "dans 4 (présence).",
    ),
]


@pytest.mark.parametrize(("facts", "expected"), FACTS)
def test_a_description_is_made_of_counts(facts, expected):
    assert describe(facts).replace("\u202f", " ") == expected


def test_without_unstable_themes_their_passages_are_in_none_and_it_is_said():
    themes = tuple(
        Theme(name, name, (), (f"p{name}",), (), held) for name, held in (("a", 0.9), ("b", 0.3), ("c", None))
    )
    found = Themes(themes, ("p",), (), "m").steady()
    assert [one.id for one in found.themes] == ["a", "c"]
    assert found.outliers == ("p", "pb")
    assert "1 thème instable" in (found.note or "")
    assert found.steady() == found


@given(*(st.integers(0, 400) for _ in range(4)))
@settings(max_examples=200, deadline=None)
def test_chance_is_that_of_scipy(part, rest, other, other_rest):
    whole, others = part + rest + 1, other + other_rest + 1
    table = [[part, whole - part], [other, others - other]]
    assert by_chance(part, whole, other, others) == pytest.approx(fisher_exact(table).pvalue, rel=1e-6, abs=1e-12)
    low, high = binomtest(part, whole).proportion_ci(method="wilson")
    assert likely(part, whole) == pytest.approx((low, high), abs=1e-12)


def test_thousands_of_comparisons_take_a_moment():
    before = time.process_time()
    for part in range(2_000):
        by_chance(part, 9_000, 2_500, 12_000)
    assert time.process_time() - before < 2
