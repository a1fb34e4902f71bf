import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.report import words


def plain(text: str | None) -> str | None:
    return text and text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("value", "noun", "told"),
    [
        pytest.param(0, "passage", "aucun passage", id="none"),
        pytest.param(0, "voix", "aucune voix", id="none, feminine"),
        pytest.param(1, "témoignage", "1 témoignage", id="one"),
        pytest.param(2, "lieu", "2 lieux", id="irregular plural"),
        pytest.param(3, "voix", "3 voix", id="plural like the singular"),
        pytest.param(1234, "passage", "1 234 passages", id="thousands"),
    ],
)
def test_a_noun_agrees_with_its_number(value, noun, told):
    assert plain(words.count(value, noun)) == told


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        pytest.param(3, 19, None, id="too few for a percentage"),
        pytest.param(5, 20, "25 %", id="just enough"),
        pytest.param(1, 1000, "moins de 1 %", id="not nothing"),
        pytest.param(999, 1000, "plus de 99 %", id="not all"),
        pytest.param(0, 40, "0 %", id="nothing"),
        pytest.param(40, 40, "100 %", id="all"),
        pytest.param(1, 8 * 25, "1 %", id="half rounds up"),
    ],
)
def test_a_percentage_says_no_more_than_the_data_know(part, whole, told):
    assert plain(words.percent(part, whole)) == told


@given(whole=st.integers(20, 10**6), data=st.data())
def test_a_percentage_is_within_half_a_point(whole, data):
    part = data.draw(st.integers(0, whole))
    told = words.percent(part, whole)
    assert told is not None
    if told[0].isdigit():
        assert abs(int(told.split("\u202f")[0]) - 100 * part / whole) <= 0.5


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        pytest.param([], None, id="no date"),
        pytest.param([None, "au printemps"], None, id="no ISO date"),
        pytest.param(["2024-03-12"], "en mars 2024", id="one day"),
        pytest.param(["2024", "2022-05-01"], "entre 2022 et 2024", id="as fine as the least precise"),
        pytest.param(["2024-06-30", "2022-03"], "entre mars 2022 et juin 2024", id="months"),
    ],
)
def test_a_period_spans_its_dates(dates, told):
    assert plain(words.period(dates)) == told


@pytest.mark.parametrize(
    ("iso", "told"),
    [("2024-03-01", "1er mars 2024"), ("2024-12-31", "31 décembre 2024"), ("2024", "2024"), ("2024-13", "2024-13")],
)
def test_a_date_is_said_in_french(iso, told):
    assert plain(words.date_words(iso)) == told


@pytest.mark.parametrize(
    ("items", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_a_list_ends_with_et(items, told):
    assert words.listed(items) == told


@pytest.mark.parametrize(("noun", "told"), [("accueil", "d’accueil"), ("lien", "de lien"), ("élan", "d’élan")])
def test_de_is_elided_before_a_vowel(noun, told):
    assert words.of(noun) == told
