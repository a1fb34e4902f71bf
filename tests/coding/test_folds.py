"""What must not stand on two sides."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coding.fakes import labelled
from voices.coding.folds import groups, splits, writer_splits

TOLD = "Quand je suis arrivée, une dame au tablier bleu m'a tendu une chaise et m'a demandé si j'avais faim."


def _told_twice(other):
    """The first and the last testimonies, of two sets, tell that."""
    passages = list(labelled())
    passages[0], passages[-1] = replace(passages[0], text=TOLD), replace(passages[-1], text=other)
    return passages


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(TOLD.upper().replace("'", "’"), id="in capitals, other apostrophes"),
        pytest.param(TOLD.replace("bleu", "vert").replace("faim", "froid"), id="two words changed"),
        pytest.param(TOLD[: len(TOLD) // 2], id="its first half"),
        pytest.param(f"{TOLD} Après je suis partie, il pleuvait, le bus avait du retard.", id="with more after"),
    ],
)
def test_testimonies_that_say_nearly_the_same_stand_together(other):
    passages = _told_twice(other)
    found = groups(passages)
    assert found[0] == found[-1]
    assert len(set(found)) == 23
    for learn, judge in splits(passages, 4, seed=3):
        assert (0 in judge) == (len(passages) - 1 in judge)
        assert not set(learn) & set(judge)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            "Quand je suis arrivée il pleuvait, et le bus de huit heures avait encore du retard.", id="a start"
        ),
        pytest.param("J'avais faim ? Une chaise, un tablier bleu : une dame, je suis arrivée quand ?", id="its words"),
    ],
)
def test_testimonies_that_share_a_few_words_do_not(other):
    assert len(set(groups(_told_twice(other)))) == 24


def test_a_hundred_copies_stand_together():
    passages = [replace(one, text=f"{TOLD} C'était un {row}.") for row, one in enumerate(labelled(testimonies=100))]
    assert len(set(groups(passages))) == 1


def test_what_a_writer_s_set_shares_with_another_is_not_learnt_from():
    passages = _told_twice(TOLD)
    for name, (learn, judge) in writer_splits(passages):
        assert {passages[row].writer_set for row in judge} == {name}
        assert not {groups(passages)[row] for row in learn} & {groups(passages)[row] for row in judge}


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 5), st.integers(2, 6), st.integers(2, 8))
def test_every_passage_is_judged_once_and_never_beside_its_testimony(seed, folds, copies):
    passages = [
        replace(one, text=TOLD) if row % copies == 0 else one for row, one in enumerate(labelled(testimonies=12))
    ]
    named, judged = groups(passages), []
    for learn, judge in splits(passages, folds, seed=seed):
        assert not {named[row] for row in learn} & {named[row] for row in judge}
        judged += judge.tolist()
    assert sorted(judged) == list(range(len(passages)))
