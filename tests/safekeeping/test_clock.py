"""A clock that jumps, forward or back: work goes on, what was said last holds, forms are kept once, people are told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import passage, person, place, signed_in, suggested, testimony
from voices.domain import Sense
from voices.reviewing import Coding, decide, refresh
from voices.store.models import Decision, Job, Passage
from voices.web import work
from voices.web.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)
JUMPS = [timedelta(days=-400), timedelta(hours=-3), timedelta(hours=3), timedelta(days=400)]


@pytest.fixture(params=JUMPS, ids=["a year back", "hours back", "hours ahead", "a year ahead"])
def jump(request, monkeypatch):
    """Sets the clock of this process to another hour."""
    real = timezone.now

    def to() -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + request.param)

    return to


@pytest.fixture
def a_passage():
    found = passage(testimony(place()))
    suggested(found, {"accueil": "+"})
    refresh([found.pk])
    return found


def test_what_was_said_last_holds_and_a_form_is_kept_once(a_passage, jump):
    someone = person("evaluation")
    decide(a_passage, someone, Coding({"accueil": Sense.PRESENCE}), token="un")
    jump()
    decide(a_passage, someone, Coding({"accueil": Sense.LACK}), token="deux")
    decide(a_passage, someone, Coding({"accueil": Sense.LACK}), token="deux")
    refresh([a_passage.pk])
    assert Passage.objects.get().accueil == "-"
    assert list(Decision.objects.order_by("pk").values_list("token", flat=True)) == ["un", "deux"]


@pytest.mark.parametrize("worker", ["ailleurs/1", "", "ici"])
def test_a_work_whose_worker_died_is_taken_again(worker, jump, monkeypatch):
    done = []
    monkeypatch.setattr(work, "OF", dict.fromkeys(Job.Kind, lambda job, watch: lambda: done.append(job.pk)))
    left = Job.objects.create(kind=Job.Kind.CODE, state="en_cours", worker=worker, beat_at=timezone.now(), attempts=1)
    jump()
    assert Worker().one()
    assert done == [left.pk]
    assert Job.objects.get().state == Job.State.DONE


def test_a_work_begun_before_the_jump_ends_after_it_once(jump, monkeypatch):
    ended: list[int] = []

    def doing(job, watch):
        jump()
        watch("Lire")(1, 2)
        return lambda: ended.append(job.pk)

    monkeypatch.setattr(work, "OF", dict.fromkeys(Job.Kind, doing))
    one = Job.objects.create(kind=Job.Kind.CODE)
    assert Worker().one()
    assert not Worker().one()
    assert ended == [one.pk]


def test_who_is_signed_in_stays_or_is_shown_the_door(jump):
    desk = signed_in(person("administration"))
    assert desk.get(reverse("activity")).status_code == 200
    jump()
    answer = desk.get(reverse("activity"))
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert answer["Location"].startswith(reverse("sign_in"))
    assert desk.get(reverse("sign_in"), follow=True).status_code == 200
