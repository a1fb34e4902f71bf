"""Segments: within a passage, cut where punctuation lets them be; joined within a testimony."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voices.lexicon import segments
from voices.lexicon.words import NO_MARK, STRONG, WEAK

lists = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 12)), max_size=60)


@pytest.mark.parametrize(
    ("sizes", "documents", "least", "expected"),
    [
        ([12, 3, 9, 11], [0, 0, 0, 0], 10, [0, 1, 1, 2]),
        ([12, 3, 2], [0, 0, 0], 10, [0, 0, 0]),  # what is left at the end joins the unit before it
        ([3, 2, 20], [0, 0, 1], 10, [0, 0, 1]),  # never across testimonies
        ([20, 3, 12], [0, 1, 1], 10, [0, 1, 1]),
        ([5, 5, 5], [0, 1, 2], 10, [0, 1, 2]),
        ([5, 0, 5], [0, 0, 0], 0, [0, 1, 2]),
        ([], [], 10, []),
    ],
)
def test_short_segments_join_the_next_ones_of_their_testimony(sizes, documents, least, expected):
    assert segments.join(np.array(sizes, int), np.array(documents, int), least).tolist() == expected


@given(lists, st.integers(0, 15))
def test_units_are_stretches_of_one_document_and_large_enough_where_they_can_be(drawn, least):
    drawn = sorted(drawn)
    documents, sizes = np.array([one for one, _ in drawn], int), np.array([size for _, size in drawn], int)
    units = segments.join(sizes, documents, least)
    assert (np.diff(units) >= 0).all()
    assert (np.diff(units) <= 1).all()
    for unit in np.unique(units):
        inside = units == unit
        assert len(np.unique(documents[inside])) == 1
        alone = len(np.unique(units[documents == documents[inside][0]])) == 1
        assert sizes[inside].sum() >= least or alone


def marks(*ends: tuple[int, int], of: int) -> np.ndarray:
    found = np.full(of, NO_MARK)
    for at, mark in ends:
        found[at - 1] = mark
    return found


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        (marks(of=50), [0]),  # no longer than a quarter more than what is aimed at
        (marks((38, STRONG), of=80), [0, 38]),
        (marks((38, STRONG), (41, WEAK), of=80), [0, 38]),
        (marks((25, WEAK), of=70), [0, 25]),
        (marks(of=80), [0, 40]),
        (marks((52, STRONG), of=100), [0, 52]),
        (marks(of=0), []),
    ],
)
def test_a_long_passage_is_cut_where_punctuation_is_strong_and_near(following, expected):
    assert segments._firsts(following.astype(np.int8), 40, 15).tolist() == expected
