"""The worker: one job after the other, whole or not at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from voices.errors import VoicesError
from voices.store.models import Job, Place
from voices.web import work
from voices.web.worker import Stopped, Worker

pytestmark = pytest.mark.django_db(transaction=True)


def job(**fields):
    return Job.objects.create(**{"kind": Job.Kind.CODE} | fields)


def doing(monkeypatch, do):
    """The worker, where every job is `do`."""
    monkeypatch.setattr(work, "OF", dict.fromkeys(Job.Kind, do))
    return Worker()


def nothing(job, watch):
    return lambda: None


def test_without_a_job_there_is_nothing_to_do():
    assert not Worker().one()


def test_jobs_are_done_oldest_first(monkeypatch):
    seen = []
    worker = doing(monkeypatch, lambda job, watch: lambda: seen.append(job.pk))
    jobs = [job().pk for _ in range(3)]
    while worker.one():
        pass
    assert seen == jobs
    assert set(Job.objects.values_list("state", "attempts")) == {(Job.State.DONE, 1)}


def test_a_result_appears_whole_or_not_at_all(monkeypatch):
    def half(job, watch):
        def appear():
            Place.objects.create(name="À moitié", slug="moitie")
            raise ZeroDivisionError

        return appear

    worker = doing(monkeypatch, half)
    job()
    assert worker.one()
    assert not Place.objects.exists()


def test_a_job_keeps_when_it_was_taken_up(monkeypatch):
    before = timezone.now()
    job(made_at=before)
    doing(monkeypatch, nothing).one()
    found = Job.objects.get()
    assert found.started_at is not None
    assert found.ended_at is not None
    assert before <= found.started_at <= found.ended_at


def test_progress_is_told_while_the_job_goes_on(monkeypatch):
    told = []

    def slow(job, watch):
        for step in ("Lecture", "Noms"):
            progress = watch(step)
            progress(0, 4)
            progress(3, 4)  # too soon after to be worth writing
            told.append(Job.objects.values_list("step", "done", "total").get())
        return lambda: None

    worker = doing(monkeypatch, slow)
    job()
    worker.one()
    assert told == [("Lecture", 0, 4), ("Noms", 0, 4)]


def test_a_known_problem_is_told_with_its_remedy_and_not_tried_again(monkeypatch):
    def fails(job, watch):
        raise VoicesError("La clé a changé.", "Remettre l’ancienne.")

    worker = doing(monkeypatch, fails)
    job()
    assert worker.one()
    assert not worker.one()
    found = Job.objects.get()
    assert (found.state, found.problem, found.remedy) == (Job.State.FAILED, "La clé a changé.", "Remettre l’ancienne.")


def test_any_other_fault_is_tried_three_times_then_told_without_its_words(monkeypatch, caplog):
    def fails(job, watch):
        raise ValueError("Bénédicte m’a tiré une chaise")

    worker = doing(monkeypatch, fails)
    job()
    for _ in range(3):
        assert worker.one()
    assert not worker.one()
    found = Job.objects.get()
    assert (found.state, found.attempts) == (Job.State.FAILED, 3)
    assert "Bénédicte" not in found.problem + found.remedy


@pytest.mark.parametrize(
    ("worker", "beat", "taken"),
    [
        ("ailleurs/1", timedelta(seconds=5), False),
        ("ailleurs/1", timedelta(seconds=31), True),
        ("ailleurs/1", None, True),
    ],
    ids=["heard of", "lost", "never heard of"],
)
def test_a_job_is_taken_from_a_worker_that_died(monkeypatch, worker, beat, taken):
    job(state=Job.State.RUNNING, worker=worker, beat_at=timezone.now() - beat if beat else None, attempts=1)
    assert doing(monkeypatch, nothing).one() is taken
    assert (Job.objects.get().state == Job.State.DONE) is taken


def test_a_job_that_kills_its_worker_is_not_tried_for_ever(monkeypatch):
    job(state=Job.State.RUNNING, worker="ailleurs/1", attempts=3)
    worker = doing(monkeypatch, nothing)
    worker.one()
    assert Job.objects.get().state == Job.State.FAILED


def test_a_worker_takes_again_at_its_start_what_one_of_this_machine_left(monkeypatch):
    worker = doing(monkeypatch, nothing)
    left = worker.name.partition("/")[0] + "/mort"
    job(state=Job.State.RUNNING, worker=left, beat_at=timezone.now(), attempts=1)
    assert not worker.one()
    monkeypatch.setattr(worker, "one", lambda one=worker.one: one() or worker.stopping.set())
    worker.run()
    assert Job.objects.get().state == Job.State.DONE


def test_what_was_taken_by_another_worker_meanwhile_appears_once(monkeypatch):
    def stolen(job, watch):
        Job.objects.update(worker="ailleurs/2")
        return lambda: Place.objects.create(name="Deux fois", slug="deux")

    worker = doing(monkeypatch, stolen)
    job()
    worker.one()
    assert not Place.objects.exists()
    assert Job.objects.get().state == Job.State.RUNNING


def test_a_worker_asked_to_stop_gives_its_job_back_untried(monkeypatch):
    def stopped(job, watch):
        worker.stopping.set()
        watch("Lecture")(0, 1)
        raise AssertionError("it went on")

    worker = doing(monkeypatch, stopped)
    job()
    worker.one()
    found = Job.objects.get()
    assert (found.state, found.attempts) == (Job.State.WAITING, 0)


def test_a_stop_is_no_fault_of_the_file_that_is_being_read():
    assert not issubclass(Stopped, Exception)
