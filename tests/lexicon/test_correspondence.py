"""Correspondence analysis: the published figures, and what holds for every table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from tests.lexicon.made import words_of
from voices.errors import SettingsError
from voices.lexicon.correspondence import analyse, of_parts
from voices.lexicon.parts import named
from voices.lexicon.table import count

# Staff of a company by how much they smoke: Greenacre (1984), Theory and Applications of Correspondence Analysis; the
# figures as printed by R's ca 0.71 and, for contributions and squared correlations (thousandths), its summary.
STAFF = ("SM", "JM", "SE", "JE", "SC")
SMOKE = ("none", "light", "medium", "heavy")
COUNTS = np.array([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]])
EIGENVALUES = [0.074759, 0.010017, 0.000414]
ROWS = {  # mass, inertia, standard coordinates on two axes, (cos2, contribution) on each
    "SM": (0.056995, 0.002673, -0.240539, -1.935708, 92, 3, 800, 214),
    "JM": (0.093264, 0.011881, 0.947105, -2.430958, 526, 84, 465, 551),
    "SE": (0.264249, 0.038314, -1.391973, -0.106508, 999, 512, 1, 3),
    "JE": (0.455959, 0.026269, 0.851989, 0.576944, 942, 331, 58, 152),
    "SC": (0.129534, 0.006053, -0.735456, 0.788435, 865, 70, 133, 81),
}
COLUMNS = {
    "none": (0.316062, 0.049186, -1.438471, -0.304659, 994, 654, 6, 29),
    "light": (0.233161, 0.007059, 0.363746, 1.409433, 327, 31, 657, 463),
    "medium": (0.321244, 0.012610, 0.718017, 0.073528, 982, 166, 1, 2),
    "heavy": (0.129534, 0.016335, 1.074445, -1.975960, 684, 150, 310, 506),
}


def test_the_inertias_are_those_published():
    found = analyse(COUNTS, STAFF, SMOKE)
    assert found.eigenvalues.round(6).tolist() == EIGENVALUES
    assert found.chi2 == pytest.approx(16.4416, abs=1e-4)


@pytest.mark.parametrize(("side", "published"), [("of_rows", ROWS), ("of_columns", COLUMNS)])
def test_the_points_are_those_published(side, published):
    found = analyse(COUNTS, STAFF, SMOKE)
    points = getattr(found, side)
    table = np.array(list(published.values()))
    standard = points.coordinates[:, :2] / np.sqrt(found.eigenvalues[:2])
    turned = np.sign(standard[0] * table[0, 2:4])  # the sign of an axis means nothing
    assert list(published) == list(points.names)
    assert np.allclose(points.masses, table[:, 0], atol=1e-6)
    assert np.allclose(points.inertias * found.inertia, table[:, 1], atol=1e-6)
    assert np.allclose(standard * turned, table[:, 2:4], atol=2e-6)
    assert np.allclose(points.cos2[:, :2], table[:, [4, 6]] / 1000, atol=6e-4)
    assert np.allclose(points.contributions[:, :2], table[:, [5, 7]] / 1000, atol=6e-4)


TABLES = arrays(np.int64, some.tuples(some.integers(2, 6), some.integers(2, 6)), elements=some.integers(0, 30)).filter(
    lambda table: (table.sum(axis=1) > 0).sum() > 1 and (table.sum(axis=0) > 0).sum() > 1
)


def letters(n):
    return [chr(97 + at) for at in range(n)]


@settings(deadline=None)
@given(TABLES)
def test_shares_add_up(table):
    found = analyse(table, letters(len(table)), letters(table.shape[1]))
    assert found.eigenvalues.sum() == pytest.approx(found.inertia, abs=1e-9)
    for points in (found.of_rows, found.of_columns):
        assert points.masses.sum() == pytest.approx(1)
        assert np.allclose(points.contributions.sum(axis=0), 1)  # of no axis, where the table is all as expected
        away = points.inertias * found.inertia > 1e-9
        assert np.allclose(points.cos2[away].sum(axis=1), 1, atol=1e-3)
        assert np.allclose(points.masses @ points.coordinates, 0, atol=1e-9)


@settings(deadline=None)
@given(TABLES)
def test_a_supplementary_point_that_repeats_an_active_one_falls_on_it(table):
    rows, columns = letters(len(table)), letters(table.shape[1])
    found = analyse(
        *(table, rows, columns),
        more_rows=table,
        more_row_names=rows,
        more_columns=table,
        more_column_names=columns,
    )
    for points in (found.of_rows, found.of_columns):
        assert np.allclose(points.coordinates[: points.active], points.coordinates[points.active :], atol=1e-7)
        assert np.isnan(points.contributions[points.active :]).all()


def test_the_same_table_gives_the_same_signs():
    one, other = analyse(COUNTS, STAFF, SMOKE), analyse(COUNTS[::-1], STAFF[::-1], SMOKE)
    assert np.allclose(one.of_rows.coordinates, other.of_rows.coordinates[::-1])


@pytest.mark.parametrize("table", [[[1, 2]], [[1], [2]], [[1, 2], [0, 0]]], ids=str)
def test_too_small_a_table_is_told(table):
    with pytest.raises(SettingsError):
        analyse(np.array(table), letters(len(table)), letters(len(table[0])))


def test_parts_and_words_stand_together():
    said = ["soupe soupe pain"] * 4 + ["vélo frein pain"] * 4 + ["vélo soupe"]
    found = of_parts(count(words_of(said)), named([("cuisine",)] * 4 + [("atelier",)] * 4 + [("(non dit)",)]))
    place = dict(zip(found.of_rows.names, found.of_rows.coordinates[:, 0], strict=True))
    words = dict(zip(found.of_columns.names, found.of_columns.coordinates[:, 0], strict=True))
    assert place["cuisine"] * words["soupe"] > 0 > place["cuisine"] * words["vélo"]
    assert min(place["atelier"], place["cuisine"]) < place["(non dit)"] < max(place["atelier"], place["cuisine"])
    assert [row[:2] for row in found.rows()][2:4] == [("partie (supplémentaire)", "(non dit)"), ("mot", "soupe")]
