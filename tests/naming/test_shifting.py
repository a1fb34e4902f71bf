"""Offsets of a text, once some stretches of it are written anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.naming.shifting import Edit, Shift

LETTERS = st.text(alphabet="aé\u0301🙂👩🏽‍🍳 \n’-", max_size=40)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and some edits of it, apart from each other."""
    text = draw(LETTERS)
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return text, [Edit(start, end, draw(st.text(alphabet="éB🙂 ", max_size=6))) for start, end in pairs]


@given(edited())
def test_every_character_that_stays_is_found_where_it_then_is(case: tuple[str, list[Edit]]):
    text, edits = case
    shift = Shift(edits)
    new = shift.text(text)
    changed = {place for edit in edits for place in range(edit.start, edit.end)}
    for place, character in enumerate(text):
        if place not in changed:
            assert new[shift.place(place)] == character
    for edit in edits:
        start, end = shift.span(edit.start, edit.end)
        assert new[start:end] == edit.instead


@given(edited())
def test_places_keep_their_order_and_the_ends_stay_the_ends(case: tuple[str, list[Edit]]):
    text, edits = case
    shift = Shift(edits)
    places = [shift.place(place) for place in range(len(text) + 1)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, len(shift.text(text)))


def test_edits_in_any_order_are_one_edit_of_the_text():
    shift = Shift([Edit(7, 8, "Odile"), Edit(0, 3, "É")])
    assert shift.text("Ana et B.") == "É et Odile."
    assert shift.span(4, 6) == (2, 4)


def test_edits_that_overlap_are_refused():
    with pytest.raises(ValueError, match="overlap"):
        Shift([Edit(0, 3, "a"), Edit(2, 4, "b")])
