"""Crossings: counts are those of the passages, differences are told where chance does not make them, and only there."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.studies import small
from voices.domain import Axis, Theme, Themes
from voices.themes import tell
from voices.themes.crossing import Observation, cross, observed, periods, within
from voices.themes.describing import Facts, Told, describe, named


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


def test_themes_within_a_code_come_by_how_much_of_it_they_hold():
    rows = [(f"t{n}", "x", "A", ("action +",)) for n in range(3)] + [
        ("u", "y", "A", ("action -",)),
        ("v", "z", "A", ()),
    ]
    found = within(cross(seen(rows), ["x", "y", "z"], ["action"]), "action")
    assert [theme for theme, _ in found] == ["x", "y"]


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
    (Facts(1, 1, [], []), "1 témoignage en parle, en 1 passage. Aucun des codes n’y est mis."),
    (
        Facts(20, 35, [], [], named=3),
        "20 témoignages en parlent, en 35 passages. Aucun des codes n’y est mis. "
        "Son nom ne le résume pas : seuls 3 passages disent un de ses mots.",
    ),
    (Facts(3, 5, [], [], named=1), "3 témoignages en parlent, en 5 passages. Aucun des codes n’y est mis."),
    (
        Facts(12, 1234, [("Brest", 9), ("Niort", 3), ("Nantes", 1)], [Told("Accueil", 9, 1, 0)]),
        "12 témoignages en parlent, en 1 234 passages, dans 3 lieux, surtout « Brest » (9). On y lit d’abord "
        "« Accueil », dans 10 de ces passages, plutôt comme une présence (9) que comme un manque (1).",
    ),
    (
        Facts(4, 5, [("Brest", 4)], [Told("Action", 0, 3, 1)]),
        "4 témoignages en parlent, en 5 passages, tous à « Brest ». On y lit d’abord « Action », "
        "dans 4 de ces passages, comme un manque et à la fois comme l’un et l’autre (1).",
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


@pytest.mark.parametrize(
    ("label", "texts", "said"),
    [
        ("La maladie", ["Ma maladie.", "Les MALADIES", "Un malade", "rien"], 2),
        ("La table, les plats", ["Un plat chaud.", "à table", "une étable", "le plateau"], 2),
        ("L’été", ["L’ete dernier", "J’ai été là", "étage"], 2),
        ("Le prix", ["un prix", "des prix libres", "pris"], 2),
    ],
)
def test_a_label_is_counted_in_the_words_of_its_passages(label, texts, said):
    assert named(label, texts) == said
