from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from voices.encoders.parts import parts

BEFORE = len("query: ")


def states(tokens: int, *, seed: int = 3) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(tokens, 8)).astype(np.float32)


def vector(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    mean = rows.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=30), st.data())
def test_parts_of_spans_that_tile_a_text_add_up_to_its_vector(lengths, data):
    ends = np.cumsum(lengths)
    offsets = [(int(end - length), int(end)) for end, length in zip(ends, lengths, strict=True)]
    cuts = data.draw(st.lists(st.integers(0, int(ends[-1])), max_size=4).map(sorted))
    bounds = [0, *cuts, int(ends[-1])]
    found = parts(states(len(lengths)), offsets, list(pairwise(bounds)), before=0)
    assert np.allclose(found.sum(axis=0), vector(states(len(lengths))), atol=1e-5)


def test_the_prefix_and_the_marks_at_both_ends_belong_to_no_span():
    # <s> query: ici là </s>
    offsets = [(0, 0), (0, 6), (6, 10), (10, 13), (0, 0)]
    whole = states(5)
    (found,) = parts(whole, offsets, [(0, 6)], before=BEFORE)
    assert np.allclose(found, (whole[2] + whole[3]) / np.linalg.norm(whole.sum(axis=0)), atol=1e-6)


@pytest.mark.parametrize(
    ("span", "tokens"),
    [
        pytest.param((0, 3), [1], id="the first word"),
        pytest.param((4, 6), [2], id="a word whose token begins with the space before it"),
        pytest.param((20, 30), [], id="beyond what was read"),
    ],
)
def test_a_token_belongs_where_its_last_character_is(span, tokens):
    whole = states(4)
    (found,) = parts(whole, [(0, 0), (7, 10), (10, 13), (0, 0)], [span], before=BEFORE)
    assert np.allclose(found, whole[tokens].sum(axis=0) / np.linalg.norm(whole.sum(axis=0)), atol=1e-6)


def test_no_span_gives_no_part():
    assert parts(states(2), [(0, 3), (3, 6)], [], before=0).shape == (0, 8)
