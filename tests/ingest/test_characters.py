import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.ingest.characters import folded, normalise, without_ligatures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\r\nb\rc\u2028d\u2029e\x0bf\x0cg", ("a\nb\nc\nd\ne\nf\ng", 0), id="line ends"),
        pytest.param("e\u0301te\u0301", ("été", 0), id="NFC"),
        pytest.param("a\0b\x07c\ufeff", ("abc", 3), id="controls"),
        pytest.param("«\u202fça\u202f»\u00a0!", ("«\u202fça\u202f»\u00a0!", 0), id="French spaces"),
        pytest.param("a\tb\nc", ("a\tb\nc", 0), id="tabs and lines"),
    ],
)
def test_characters_are_written_one_way(text, expected):
    assert normalise(text) == expected


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once, _ = normalise(text)
    assert normalise(once) == (once, 0)
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


def test_only_typographic_ligatures_are_written_as_letters():
    assert without_ligatures("ﬁn, ﬂeur, aﬃche, œuvre, ½") == "fin, fleur, affiche, œuvre, ½"


def test_folding_forgets_case_accents_and_punctuation():
    assert folded("  L’Été, à Cœur-Joie ! ") == "l'ete a coeur joie"
