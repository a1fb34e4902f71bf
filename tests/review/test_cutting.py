"""Passages cut and joined: every word stays where it is, and nothing is lost between two parts."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from voices.errors import VoicesError
from voices.review import Piece, cuts_of_lines, join, split

TEXT = "Bonjour.  On m’a tiré une chaise, puis j’ai servi. Personne ne m’a jugée."
WHOLE = Piece(0, len(TEXT), ((0, 8), (10, 50), (51, len(TEXT))))

words = st.text(st.sampled_from("aé’.\u202f🙂 \n"), min_size=1, max_size=40)


def words_of(text: str, pieces: tuple[Piece, ...]) -> str:
    return "".join("".join(text[one.start : one.end].split()) for one in pieces)


def test_a_passage_is_cut_between_two_sentences():
    first, second = split(TEXT, WHOLE, [10])
    assert TEXT[first.start : first.end] == "Bonjour."
    assert TEXT[second.start : second.end].startswith("On m’a tiré")
    assert second.sentences == ((10, 50), (51, len(TEXT)))


def test_a_sentence_cut_in_two_gives_two():
    first, second = split(TEXT, WHOLE, [TEXT.index("puis")])
    assert [TEXT[start:end] for start, end in first.sentences] == ["Bonjour.", "On m’a tiré une chaise,"]
    assert [TEXT[start:end] for start, end in second.sentences] == ["puis j’ai servi.", "Personne ne m’a jugée."]


@pytest.mark.parametrize("cuts", [[], [0], [len(TEXT)], [9, 10], [-3], [500]])
def test_a_cut_that_leaves_an_empty_part_is_refused(cuts: list[int]):
    with pytest.raises(VoicesError, match="vide"):
        split(TEXT, WHOLE, cuts)


def test_passages_that_do_not_follow_are_not_joined():
    first, _, third = split(TEXT, WHOLE, [10, 51])
    with pytest.raises(VoicesError, match="ne se suivent pas"):
        join(TEXT, [first, third])


@given(words, st.lists(st.integers(0, 40), min_size=1, max_size=3))
def test_the_parts_hold_every_word_once_and_joined_they_are_the_whole(text: str, cuts: list[int]):
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    assume(start < end)
    whole = Piece(start, end, ((start, end),))
    try:
        parts = split(text, whole, cuts)
    except VoicesError:
        return
    assert words_of(text, parts) == words_of(text, (whole,))
    assert all(text[one.start : one.end].strip() == text[one.start : one.end] != "" for one in parts)
    assert all(one.sentences[0][0] == one.start and one.sentences[-1][1] == one.end for one in parts)
    back = join(text, parts)
    assert (back.start, back.end) == (whole.start, whole.end)


@given(words, st.sets(st.integers(1, 39)), st.booleans())
def test_line_breaks_written_into_a_text_say_where_to_cut(text: str, cuts: set[int], instead: bool):
    """Whatever line breaks the text has of its own, and whether the break takes the place of a space."""
    cuts = {cut for cut in cuts if text[:cut].strip() and text[cut:].strip()}
    written = "".join(
        ("\r\n" if index in cuts else "") + (letter if letter != " " or index not in cuts or not instead else "")
        for index, letter in enumerate(text)
    )
    found = cuts_of_lines(text, written)
    assert {len(text[:cut].strip()) for cut in found} == {len(text[:cut].strip()) for cut in cuts}


@pytest.mark.parametrize("written", ["On m’a tiré", TEXT + " Merci.", TEXT.replace("jugée", "aimée")])
def test_a_text_whose_words_were_changed_is_refused(written: str):
    with pytest.raises(VoicesError, match="a été changé"):
        cuts_of_lines(TEXT, written)
