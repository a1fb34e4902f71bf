"""Decisions in the base: appended, never edited, and what holds written beside the passage each time."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import passage, person, place, suggested, testimony
from voices import reviewing
from voices.domain import Sense
from voices.errors import VoicesError
from voices.reviewing import Coding
from voices.store.models import Assignment, Decision, MachinePass, Passage, User

pytestmark = pytest.mark.django_db
# Several examples share one base and its rows: each makes its own passage.
many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

WORDS = {
    "nothing": Coding(),
    "welcomed": Coding({"accueil": Sense.PRESENCE}, ("autres",)),
    "lacking": Coding({"accueil": Sense.LACK, "own-code": Sense.MIXED}, trust=True),
}


def a_passage(**codes: str) -> Passage:
    made = passage(testimony(place()))
    suggested(made, codes or {"accueil": "+"})
    reviewing.refresh([made.pk])
    return again(made)


def again(one: Passage) -> Passage:
    return Passage.objects.get(pk=one.pk)


def decide(one: Passage, author: User, word: str = "nothing", **options) -> Decision:
    return reviewing.decide(one, author, WORDS[word], token=uuid4().hex, **options)


def undo(decision: Decision, author: User | None) -> Decision:
    assert author is not None
    return reviewing.undo(decision, author, token=uuid4().hex)


def held(one: Passage) -> dict[str, object]:
    return reviewing.before(again(one))


def test_a_decision_holds_over_what_the_machine_says_and_keeps_what_stood_before():
    one = a_passage()
    decision = decide(one, person(), "lacking")
    assert held(one) == {
        "codes": {"accueil": "-", "own-code": "±"},
        "subcodes": [],
        "trust": True,
        "standing": "relu",
    }
    assert decision.before == {"codes": {"accueil": "+"}, "subcodes": [], "trust": False, "standing": "machine"}


def test_a_decision_sent_twice_is_kept_once():
    one, author = a_passage(), person()
    first = reviewing.decide(one, author, WORDS["welcomed"], token="abc")
    assert reviewing.decide(one, author, WORDS["welcomed"], token="abc").pk == first.pk
    assert Decision.objects.count() == 1


def test_a_page_gone_back_to_that_sends_its_token_again_with_other_codes_is_heard():
    one, author = a_passage(), person()
    for word in ("welcomed", "lacking", "welcomed"):
        reviewing.decide(one, author, WORDS[word], token="abc")
    assert Decision.objects.count() == 3
    assert held(one)["codes"] == {"accueil": "+"}


def test_a_token_already_used_for_another_passage_loses_nothing():
    author = person()
    first, second = a_passage(), a_passage()
    for one in (first, second):
        reviewing.decide(one, author, WORDS["lacking"], token="abc")
    assert held(first)["standing"] == held(second)["standing"] == "relu"


def test_a_comment_is_kept_and_changes_nothing_that_holds():
    one, author = a_passage(), person()
    reviewing.comment(one, author, "À revoir avec le lieu.", token="c")
    assert held(one)["standing"] == "machine"
    assert one.decisions.get().comment == "À revoir avec le lieu."


def test_two_people_who_differ_are_both_kept_until_one_adjudicates():
    one, marie, paul = a_passage(), person(), person()
    decide(one, marie, "welcomed")
    decide(one, paul, "lacking")
    assert held(one)["standing"] == "divergent"
    decide(one, paul, "welcomed", adjudicates=True)
    assert held(one)["standing"] == "tranche"
    assert [row.author for row in one.decisions.all()] == [marie, paul, paul]


def test_nobody_takes_back_anothers_word_but_anyone_an_adjudication():
    one, marie, paul = a_passage(), person(), person()
    word = decide(one, marie, "welcomed")
    with pytest.raises(VoicesError, match="quelqu’un d’autre"):
        undo(word, paul)
    undo(decide(one, marie, "lacking", adjudicates=True), paul)
    assert held(one)["codes"] == {"accueil": "+"}


def test_a_decision_is_taken_back_once():
    one, marie = a_passage(), person()
    word = decide(one, marie)
    undo(word, marie)
    with pytest.raises(VoicesError, match="déjà annulée"):
        undo(word, marie)


def test_an_undo_sent_twice_is_kept_once():
    one, marie = a_passage(), person()
    word = decide(one, marie)
    assert reviewing.undo(word, marie, token="u").pk == reviewing.undo(word, marie, token="u").pk


def test_the_last_thing_done_is_found_again_and_again():
    marie = person()
    first, second = a_passage(), a_passage()
    kept = [decide(first, marie), decide(second, marie, "lacking")]
    decide(first, person(), "lacking")
    for expected in reversed(kept):
        last = reviewing.last_of(marie)
        assert last == expected
        undo(last, marie)
    assert reviewing.last_of(marie) is None


def test_blind_words_hold_once_the_double_coding_is_closed():
    one, marie = a_passage(), person()
    assignment = Assignment.objects.create(title="Essai")
    decide(one, marie, "lacking", assignment=assignment)
    assert held(one)["standing"] == "machine"
    Assignment.objects.update(closed_at="2026-01-01T00:00Z")
    reviewing.refresh([one.pk])
    assert held(one)["standing"] == "relu"


steps = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from([*WORDS, "undo", "comment", "adjudicate"])), min_size=1, max_size=7
)


@many
@given(steps)
def test_every_step_is_appended_none_is_edited_and_what_holds_is_derived_again_the_same(told: list[tuple[int, str]]):
    one, people = a_passage(), [person(), person()]
    seen: list[Any] = []
    for who, what in told:
        _take(one, people[who], what)
        rows = list(Decision.objects.filter(passage=one).order_by("id").values())
        assert rows[: len(seen)] == seen
        seen = rows
        now = held(one)
        reviewing.refresh([one.pk])
        assert held(one) == now


def _take(one: Passage, author: User, what: str) -> None:
    if what == "undo":
        last = reviewing.last_of(author)
        if last is not None:
            undo(last, author)
    elif what == "comment":
        reviewing.comment(one, author, "Un mot.", token=uuid4().hex)
    else:
        decide(one, author, "lacking" if what == "adjudicate" else what, adjudicates=what == "adjudicate")


@many
@given(steps)
def test_everything_undone_gives_back_the_machine_and_redone_what_held(told: list[tuple[int, str]]):
    one, people = a_passage(), [person(), person()]
    for who, what in told:
        if what != "undo":
            _take(one, people[who], what)
    after = held(one)
    undone = [undo(row, row.author) for row in reversed(one.decisions.order_by("id"))]
    assert held(one) == {"codes": {"accueil": "+"}, "subcodes": [], "trust": False, "standing": "machine"}
    for row in reversed(undone):
        undo(row, row.author)
    assert held(one) == after


def test_a_machine_pass_is_taken_back_whole_and_no_decision_with_it():
    earlier, later = (MachinePass.objects.create(coder=name) for name in ("ancien", "nouveau"))
    both, alone, decided = (passage(testimony(place())) for _ in range(3))
    suggested(both, {"accueil": "+"}, by=earlier, useful=0.2)
    for one in (both, alone, decided):
        suggested(one, {"action": "-"}, by=later, useful=0.7, probabilities={"action": 0.4})
    reviewing.refresh([both.pk, alone.pk, decided.pk])
    decide(decided, person(), "welcomed")
    assert again(both).doubt == pytest.approx(0.8)

    told = reviewing.reach_of(later)
    reviewing.take_back(later, person())

    assert (told.passages, told.decided, told.earlier, told.bare, told.overtaken) == (3, 1, 1, 1, 0)
    assert [held(one)["codes"] for one in (both, alone, decided)] == [{"accueil": "+"}, {}, {"accueil": "+"}]
    assert again(both).useful == 0.2
    reviewing.bring_back(later, person())
    assert [held(one)["codes"] for one in (both, alone, decided)] == [
        {"action": "-"},
        {"action": "-"},
        {"accueil": "+"},
    ]


def test_what_the_machine_could_not_judge_is_the_most_doubtful():
    one = passage(testimony(place()))
    suggested(one, {}, outside=True)
    reviewing.refresh([one.pk])
    assert again(one).doubt == 1.0
