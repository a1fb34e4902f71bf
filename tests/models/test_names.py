import random

import names
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import PREFIX
from tokenizers import Tokenizer

from tests.models.passages import SHIPPED

MARKED: tuple[names.Marked, ...] = (
    ("On a vu Fatou B. et Jean-Marc, puis Fatou B. encore.", [(8, 15), (20, 29), (36, 43)]),
    ("slt c nico, JP vien aussi", [(6, 10), (12, 14)]),
    ("Personne ici.", []),
)


@given(seed=st.integers(0, 999), one=st.sampled_from(MARKED))
def test_other_names_come_in_the_same_places_and_nothing_else_changes(seed, one):
    text, spans = one
    written, moved = names.renamed(text, spans, random.Random(seed))
    assert len(moved) == len(spans)
    assert between(written, moved) == between(text, spans)
    assert all(written[start:end].strip() for start, end in moved)


def between(text, spans):
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


@given(seed=st.integers(0, 999))
def test_one_name_is_changed_for_one_other_wherever_it_is_changed(seed):
    text, spans = MARKED[0]
    written, moved = names.renamed(text, spans, random.Random(seed))
    first, _, last = (written[start:end] for start, end in moved)
    assert first == last or "Fatou B." in (first + ".", last + ".")


@pytest.mark.parametrize(("text", "spans"), MARKED)
def test_every_piece_of_a_name_is_told_and_no_mark_is(text, spans):
    tokenizer = Tokenizer.from_file(str(SHIPPED))
    ids, told = names.pieces(tokenizer, text, spans)
    offsets = tokenizer.encode(PREFIX + text).offsets
    named = {place for start, end in spans for place in range(start, end)}
    assert len(ids) == len(told) == len(offsets)
    assert told[0] == told[-1] == names.UNTOLD
    for (at, to), one in zip(offsets, told, strict=True):
        inside = {place - len(PREFIX) for place in range(at, to)} & named
        assert one == names.UNTOLD or one == bool(inside)


def test_the_rate_goes_up_then_down_to_nothing():
    rates = [names.warmed(step, 100) for step in range(101)]
    assert max(rates) == rates[9] > rates[0] > 0
    assert rates[100] == 0


@given(seed=st.integers(0, 999), one=st.sampled_from(MARKED[:2]))
def test_a_name_grows_into_a_list_and_all_that_was_there_stays(seed, one):
    text, spans = one
    written, moved = names.listed(text, spans, random.Random(seed))
    assert len(spans) < len(moved) <= len(spans) + names.LONGEST_LIST
    assert moved == sorted(moved)
    assert {text[start:end] for start, end in spans} <= {written[start:end] for start, end in moved}
    assert any(written.startswith(text[:end]) and written.endswith(text[end:]) for _, end in spans)


def test_the_sets_asked_for_are_read():
    passages = names.chosen("N3,N5-N6")
    assert len(passages) == 3 * 300
    assert all(text[start:end].strip() for text, spans in passages for start, end in spans)


def test_a_kept_set_is_never_learnt_from():
    with pytest.raises(ValueError, match=r"\[9\]"):
        names.chosen("N7-N10")
