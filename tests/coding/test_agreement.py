"""Krippendorff's alpha, on published data and on its own laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.coding.agreement import agreements, alpha
from voices.coding.labelled import Labelled
from voices.coding.layout import Layout
from voices.domain import Sense


def test_the_published_example_gives_the_published_value() -> None:
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), nominal data, section B: 0.692 for two coders.
    coder_a = ["a", "a", "b", "b", "d", "c", "c", "c", "e", "d", "d", "a"]
    coder_b = ["b", "a", "b", "b", "b", "c", "c", "c", "e", "d", "d", "d"]
    assert alpha(zip(coder_a, coder_b, strict=True)) == pytest.approx(0.692, abs=5e-4)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2))
def test_it_does_not_depend_on_who_is_first(said: list[tuple[bool, bool]]) -> None:
    assert alpha(said) == alpha([(other, one) for one, other in said])


@given(st.lists(st.sampled_from("abc"), min_size=2).filter(lambda said: len(set(said)) > 1))
def test_coders_who_always_agree_get_one(said: list[str]) -> None:
    assert alpha((one, one) for one in said) == pytest.approx(1)


def test_one_value_only_has_no_alpha() -> None:
    assert alpha([(True, True), (True, True)]) is None


def test_senses_are_compared_where_both_put_the_code() -> None:
    layout = Layout(("accueil",), (("soi", "accueil"),))
    coded = {sense: Labelled("T-1", 1, "…", {"accueil": sense}, subcodes=("soi",)) for sense in Sense}
    nothing = Labelled("T-1", 1, "…", {})
    plus, minus = coded[Sense.PRESENCE], coded[Sense.LACK]
    found = {one.label: one for one in agreements([(plus, plus), (plus, minus), (plus, nothing)], layout)}
    assert (found["accueil"].either, found["accueil"].both) == (3, 2)
    assert (found["sens de accueil"].either, found["sens de accueil"].both) == (2, 1)
    assert (found["soi"].either, found["soi"].both) == (2, 2)
    assert found["confiance"].alpha is None
