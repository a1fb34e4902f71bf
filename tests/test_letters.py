"""Folding: what a reader takes for the same text is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.letters import bare, without_accents


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Élève à Noël", "Eleve a Noel"), ("Cœur", "Cœur"), ("e\u0301te\u0301", "ete"), ("", "")],
)
def test_accents_alone_go(text, expected):
    assert without_accents(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ça, l’été…", "ca l ete"), ("C’EST  TOUT !", "c'est tout"), ("STRASSE", "straße")],
)
def test_what_reads_the_same_is_the_same(one, other):
    assert bare(one) == bare(other)


@given(st.text())
def test_nothing_but_letters_digits_and_single_spaces_is_left(text):
    assert all(word.isalnum() for word in bare(text).split(" ")) or not bare(text)
