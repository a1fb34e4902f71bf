"""Passages cut and joined in the base: the old ones retired, their codes proposed again, everything undone whole."""

from uuid import uuid4

import pytest

from tests.web.conftest import passage, person, place, suggested, testimony
from voices import reviewing
from voices.domain import Sense
from voices.errors import VoicesError
from voices.reviewing import Coding
from voices.reviewing.recutting import joinable
from voices.store.models import AssignedPassage, Assignment, Decision, Job, Passage
from voices.store.models import Testimony as Letter

pytestmark = pytest.mark.django_db

TEXT = "On m’a tiré une chaise. J’ai servi la soupe. Personne ne m’a jugée. 🙂 Je reviens."
ENDS = [TEXT.index("Personne"), len(TEXT)]


@pytest.fixture
def letter() -> Letter:
    """Three sentences and one in two passages, read by a machine."""
    row = testimony(place(), TEXT)
    first = passage(row, 0, 44, sentences=[[0, 23], [24, 44]], question="Le premier jour ?")
    second = passage(row, ENDS[0], ENDS[1], sentences=[[ENDS[0], ENDS[1]]], previous=first.text)
    suggested(first, {"accueil": "+", "action": "+"}, useful=0.5)
    suggested(second, {"accueil": "-"}, useful=0.1)
    reviewing.refresh([first.pk, second.pk])
    return row


def standing(row: Letter) -> list[Passage]:
    return list(row.passages.filter(retired=False).order_by("start"))


def texts(row: Letter) -> list[str]:
    return [one.text for one in standing(row)]


def token() -> str:
    return uuid4().hex


def test_the_parts_of_a_passage_are_to_review_with_the_codes_of_the_whole_proposed(letter: Letter):
    whole, _ = standing(letter)
    reviewing.split(whole, person(), [24], token=token())
    first, second, third = standing(letter)
    assert [first.text, second.text] == ["On m’a tiré une chaise.", "J’ai servi la soupe."]
    assert [(one.standing, one.accueil, one.action, one.useful) for one in (first, second)] == [
        ("machine", "+", "+", 0.5)
    ] * 2
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert (first.question, second.question, second.previous) == ("Le premier jour ?", "", first.text)
    assert third.previous == second.text


def test_the_text_at_the_offsets_is_the_text_kept(letter: Letter):
    for cut in ([24], [7, 12]):
        reviewing.split(standing(letter)[0], person(), cut, token=token())
    assert all(letter.text[one.start : one.end] == one.text for one in letter.passages.all())
    assert texts(letter)[:3] == ["On m’a", "tiré", "une chaise."]
    assert [letter.text[start:end] for one in standing(letter)[:3] for start, end in one.sentences] == texts(letter)[:3]


def test_what_a_person_decided_of_the_whole_is_proposed_for_its_parts_and_decides_nothing(letter: Letter):
    whole = standing(letter)[0]
    reviewing.decide(whole, person(), Coding({"action": Sense.MIXED}, ("elan",), trust=True), token=token())
    reviewing.split(whole, person(), [24], token=token())
    first, second, _ = standing(letter)
    assert [(one.standing, one.accueil, one.action, one.subcodes, one.trust) for one in (first, second)] == [
        ("machine", "", "±", ["elan"], True)
    ] * 2


def test_passages_joined_are_one_with_the_codes_of_both(letter: Letter):
    made = reviewing.join(standing(letter)[0], person(), token=token())
    [whole] = standing(letter)
    assert whole.text == TEXT
    assert (whole.accueil, whole.action, whole.useful, whole.came_of) == ("±", "+", 0.5, made)
    assert whole.question == "Le premier jour ?"
    assert joinable(whole) is None


def test_a_cut_undone_gives_back_what_was_there_and_its_undo_the_parts_with_what_was_said_of_them(letter: Letter):
    marie, before = person(), texts(letter)
    cut = reviewing.split(standing(letter)[0], marie, [24], token=token())
    after = texts(letter)
    reviewing.decide(standing(letter)[1], marie, Coding({"action": Sense.PRESENCE}), token=token())
    undone = reviewing.undo(cut, person(), token=token())
    assert texts(letter) == before
    assert [one.number for one in standing(letter)] == [1, 2]
    assert standing(letter)[1].previous == before[0]
    reviewing.undo(undone, person(), token=token())
    assert texts(letter) == after
    assert [one.standing for one in standing(letter)] == ["machine", "relu", "machine"]


def test_a_join_is_undone_too(letter: Letter):
    before = texts(letter)
    reviewing.undo(reviewing.join(standing(letter)[0], person(), token=token()), person(), token=token())
    assert texts(letter) == before


def test_a_cut_is_not_undone_under_a_later_one(letter: Letter):
    first = reviewing.split(standing(letter)[0], person(), [24], token=token())
    second = reviewing.split(standing(letter)[0], person(), [7], token=token())
    now = texts(letter)
    with pytest.raises(VoicesError, match="depuis"):
        reviewing.undo(first, person(), token=token())
    assert texts(letter) == now
    assert not Decision.objects.filter(undoes=first).exists()
    for one in (second, first):
        reviewing.undo(one, person(), token=token())
    assert len(standing(letter)) == 2


def test_a_cut_sent_twice_is_made_once(letter: Letter):
    whole = standing(letter)[0]
    assert reviewing.split(whole, person(), [24], token="t") == reviewing.split(whole, person(), [24], token="t")
    assert len(standing(letter)) == 3
    first = standing(letter)[0]
    assert reviewing.join(first, person(), token="j") == reviewing.join(first, person(), token="j")


def test_a_decision_on_a_passage_cut_meanwhile_is_refused_not_lost_in_silence(letter: Letter):
    whole = standing(letter)[0]
    reviewing.split(whole, person(), [24], token=token())
    with pytest.raises(VoicesError, match="coupé ou joint"):
        reviewing.decide(whole, person(), Coding(), token=token())
    with pytest.raises(VoicesError, match="coupé ou joint"):
        reviewing.split(whole, person(), [24], token=token())


def test_passages_of_two_turns_are_not_joined():
    row = testimony(place(), "Un mot. Un autre.")
    first = passage(row, 0, 7)
    passage(row, 8, 17, turn=1)
    with pytest.raises(VoicesError, match="même prise de parole"):
        reviewing.join(first, person(), token=token())


def test_a_passage_coded_blind_is_not_cut_meanwhile(letter: Letter):
    assignment = Assignment.objects.create(title="Essai")
    whole = standing(letter)[0]
    AssignedPassage.objects.create(assignment=assignment, passage=whole, order=1)
    with pytest.raises(VoicesError, match="double codage"):
        reviewing.split(whole, person(), [24], token=token())


@pytest.mark.parametrize("reviewed", [False, True])
def test_the_machine_reads_the_parts_anew_and_speaks_over_itself_not_over_people(letter: Letter, reviewed: bool):
    whole = standing(letter)[0]
    if reviewed:
        reviewing.decide(whole, person(), Coding({"action": Sense.LACK}), token=token())
    cut = reviewing.split(whole, person(), [24], token=token())
    part = standing(letter)[0]
    assert Job.objects.get().subject == {"passages": cut.detail["into"]}
    suggested(part, {"appartenance": "+"})
    reviewing.refresh([part.pk])
    assert reviewing.before(standing(letter)[0])["codes"] == ({"action": "-"} if reviewed else {"appartenance": "+"})
    assert standing(letter)[0].standing == "machine"


def test_a_cut_testimony_can_still_be_erased(letter: Letter):
    cut = reviewing.split(standing(letter)[0], person(), [24], token=token())
    reviewing.undo(cut, person(), token=token())
    letter.delete()
    assert not Decision.objects.exists()
