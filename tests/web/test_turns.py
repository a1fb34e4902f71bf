"""Nobody's heavy files make others wait: whoever has had least of the worker's time comes first."""

import pytest

from tests.web.conftest import person
from tests.web.test_worker import doing
from voices.store.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_are_served_in_turn_however_many_jobs_one_of_them_has(monkeypatch):
    many, few = person(), person()
    seen = []
    worker = doing(monkeypatch, lambda job, watch: lambda: seen.append(job.made_by_id))
    for by in (*[many] * 5, *[few] * 2):
        Job.objects.create(kind=Job.Kind.READ, made_by=by)
    while worker.one():
        pass
    assert seen.index(few.pk) == 1
    assert [by for by in seen if by == few.pk] == [few.pk] * 2
    assert len(seen) == 7


def test_who_took_much_time_waits_until_the_others_had_theirs(monkeypatch):
    slow, quick = person(), person()
    seen, clock = [], [0.0]
    monkeypatch.setattr("voices.web.turns.time.monotonic", lambda: clock[0])

    def do(job, watch):
        clock[0] += 10.0 if job.made_by == slow else 1.0
        seen.append(job.made_by_id)
        return lambda: None

    worker = doing(monkeypatch, do)
    for by in (*[slow] * 2, *[quick] * 4):
        Job.objects.create(kind=Job.Kind.READ, made_by=by)
    while worker.one():
        pass
    assert seen == [slow.pk, *[quick.pk] * 4, slow.pk]


def test_jobs_of_nobody_have_their_turn_too(monkeypatch):
    someone = person()
    seen = []
    worker = doing(monkeypatch, lambda job, watch: lambda: seen.append(job.made_by_id))
    for by in (someone, someone, None):
        Job.objects.create(kind=Job.Kind.THEMES, made_by=by)
    while worker.one():
        pass
    assert seen == [someone.pk, None, someone.pk]
