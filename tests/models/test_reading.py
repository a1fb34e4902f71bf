"""Which passages an encoder is tuned on, and as which numbers."""

import random
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import BASE, MAX_TOKENS, PREFIX, ROOT, WRITTEN, chosen, senses, tokens

from tests.models.passages import passages, tokenizer
from voices import coding
from voices.coding import Labelled
from voices.domain import Sense

ROWS = passages(20)
GOLD = ROOT / "corpora" / "gold" / "coded_passages.jsonl"
WORDS = st.lists(st.sampled_from(["bonjour", "l’été", "parapluie", "42", "où", "Ménilmontant", "…", "xyzzy"]))


def draw(sets: str, *, again: int = 0, seed: int = 3, rows: list[Labelled] = ROWS) -> list[Labelled]:
    return chosen(rows, sets, again=again, chance=random.Random(seed))


def sets_of(rows: list[Labelled]) -> set[str]:
    return {row.writer_set for row in rows}


@pytest.mark.parametrize(
    ("sets", "numbers"),
    [
        pytest.param("", range(1, 21), id="all where none is said"),
        pytest.param("V3", [3], id="one"),
        pytest.param("V1", [1], id="the first, and not those that begin like it"),
        pytest.param("V1-V14,V16", [*range(1, 15), 16], id="a range and one"),
        pytest.param("V15-V17,V19,V20", [15, 16, 17, 19, 20], id="the second stage"),
        pytest.param("2-4,V3", [2, 3, 4], id="bare numbers, and one said twice"),
        pytest.param("V9,V2", [2, 9], id="in any order"),
    ],
)
def test_sets_are_those_asked_in_the_order_of_the_file(sets, numbers):
    assert draw(sets) == [row for row in ROWS if row.writer_set in {f"V{number}" for number in numbers}]


@settings(deadline=None)
@given(again=st.integers(0, 300), seed=st.integers(0, 50))
def test_earlier_testimonies_are_read_again_whole_and_just_enough(again, seed):
    found = draw("V15-V16,V19", again=again, seed=seed)
    new = draw("V15-V16,V19")
    old = found[len(new) :]
    assert found[: len(new)] == new
    assert sets_of(old) <= {f"V{number}" for number in range(1, 15)}, "nothing after the first of them"
    testimonies = [(name, list(some)) for name, some in groupby(old, key=lambda row: row.testimony_id)]
    assert len({name for name, _ in testimonies}) == len(testimonies)
    assert all(some == [row for row in ROWS if row.testimony_id == name] for name, some in testimonies)
    everything = 14 * 15
    assert min(again, everything) <= len(old) < again + 5 or len(old) == again == 0


def test_the_draw_is_that_of_the_seed():
    assert draw("V15", again=40, seed=1) == draw("V15", again=40, seed=1)
    assert draw("V15", again=40, seed=1) != draw("V15", again=40, seed=2)


@pytest.mark.parametrize("name", ["W1-1", "W11-1", "V-1", "VW1-1", "v1-1", "-1", "P001"])
@pytest.mark.parametrize("sets", ["", "V1-V3"])
def test_a_passage_that_is_not_of_a_written_set_stops_it(name, sets):
    with pytest.raises(ValueError, match="no set of corpora/written"):
        draw(sets, rows=[*ROWS, replace(ROWS[0], testimony_id=name)])


def test_the_shipped_written_passages_can_be_learnt_from_and_no_gold_one():
    assert "gold" not in WRITTEN.parts
    assert "written" not in GOLD.parts
    assert BASE.is_relative_to(ROOT)
    written, gold = coding.read_labelled(WRITTEN), coding.read_labelled(GOLD)
    assert draw("", rows=list(written)) == list(written)
    assert not sets_of(list(written)) & sets_of(list(gold))
    for one in {row.writer_set: row for row in gold}.values():
        with pytest.raises(ValueError, match="no set of corpora/written"):
            draw("", rows=[one])


@pytest.mark.parametrize(
    ("codes", "numbers"),
    [
        pytest.param({}, [0, 0, 0], id="no code"),
        pytest.param({"accueil": Sense.PRESENCE}, [1, 0, 0], id="had"),
        pytest.param({"appartenance": Sense.LACK}, [0, 2, 0], id="lacked"),
        pytest.param({"action": Sense.MIXED, "accueil": Sense.LACK}, [2, 0, 3], id="both at once, and another lacked"),
    ],
)
def test_a_sense_is_a_number_and_no_code_is_zero(codes, numbers):
    assert senses(replace(ROWS[0], codes=codes), [code.id for code in coding.codebook().codes]) == numbers


@settings(deadline=None)
@given(words=WORDS)
def test_a_text_is_its_pieces_between_two_marks(words):
    text = " ".join(words)
    start, end = (tokenizer().token_to_id(mark) for mark in ("<s>", "</s>"))
    found = tokens(tokenizer(), text)
    assert (found[0], found[-1]) == (start, end)
    assert not {start, end} & set(found[1:-1])
    assert found[:-1] == tokenizer().encode(PREFIX + text.replace("’", "'")).ids[: len(found) - 1]


@pytest.mark.parametrize("beyond", [-1, 0, 1, 300])
def test_a_long_text_is_cut_and_keeps_its_end_mark(beyond):
    few = len(tokens(tokenizer(), "oui"))
    text = " ".join(["oui"] * (1 + MAX_TOKENS + beyond - few))
    whole = tokenizer().encode(PREFIX + text).ids
    assert len(whole) == MAX_TOKENS + beyond
    found = tokens(tokenizer(), text)
    assert len(found) == MAX_TOKENS + min(beyond, 0)
    assert found == [*whole[: len(found) - 1], whole[-1]]


def test_a_text_typed_in_word_and_on_a_telephone_is_the_same():
    assert tokens(tokenizer(), "L’été\u202f: j’y vais") == tokens(tokenizer(), "L'été : j'y vais")
