"""Many hands at once, on a base that is a file: every decision that was confirmed is there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from tests.web.conftest import passage, person, place, suggested, testimony
from voices import reviewing
from voices.domain import Sense
from voices.errors import VoicesError
from voices.reviewing import Coding
from voices.store.models import Decision, MachinePass, Passage, User

pytestmark = pytest.mark.django_db(transaction=True)

PLUS, LACK = Coding({"accueil": Sense.PRESENCE}), Coding({"accueil": Sense.LACK})


def at_once(*work: Callable[[], object]) -> list[object]:
    """What each gives, all begun at the same moment, each with a connection of its own."""
    start = Barrier(len(work))

    def alone(one: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return [task.result() for task in [pool.submit(alone, one) for one in work]]


def deciding(author: User, passages: list[Passage], coding: Coding) -> Callable[[], list[int]]:
    return lambda: [reviewing.decide(one, author, coding, token=uuid4().hex).pk for one in passages]


def passages(number: int) -> list[Passage]:
    row = testimony(place())
    made = [passage(row) for _ in range(number)]
    for one in made:
        suggested(one, {"action": "+"})
    reviewing.refresh([one.pk for one in made])
    return made


def test_two_people_on_the_same_passages_at_once_lose_none_of_two_hundred_decisions():
    same, marie, paul = passages(10), person(), person()
    kept = at_once(*(deciding(who, same * 10, word) for who, word in ((marie, PLUS), (paul, LACK))))
    assert len({pk for one in kept for pk in one}) == 200  # type: ignore[attr-defined]
    assert Decision.objects.count() == 200
    assert set(Passage.objects.values_list("standing", flat=True)) == {"divergent"}
    shown = {one.pk: reviewing.before(one) for one in Passage.objects.all()}
    reviewing.refresh(shown)
    assert {one.pk: reviewing.before(one) for one in Passage.objects.all()} == shown


def test_one_decision_sent_twice_at_once_is_kept_once():
    [one], marie = passages(1), person()
    at_once(*[lambda: reviewing.decide(one, marie, PLUS, token="t")] * 4)
    assert Decision.objects.count() == 1


def test_decisions_given_while_a_machine_pass_is_taken_back_all_hold():
    same, marie, paul = passages(40), person(), person()
    machine = MachinePass.objects.get()
    at_once(deciding(marie, same, PLUS), lambda: reviewing.take_back(machine, paul), deciding(paul, same, PLUS))
    assert set(Passage.objects.values_list("standing", "accueil", "action")) == {("relu", "+", "")}


def test_a_passage_cut_by_two_people_at_once_is_cut_once():
    [one], people = passages(1), [person(), person()]

    def cut(author: User) -> Callable[[], bool]:
        def try_it() -> bool:
            try:
                reviewing.split(one, author, [24], token=uuid4().hex)
            except VoicesError:
                return False
            return True

        return try_it

    assert sorted(at_once(*map(cut, people))) == [False, True]  # type: ignore[type-var]
    assert Passage.objects.filter(retired=False).count() == 2
