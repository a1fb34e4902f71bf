"""The worker: a process of its own, that takes the jobs of the base one by one, each person in turn.

Whatever stops it, nothing is half in: a job works without writing, then its result appears whole, in the transaction
that ends it, and only if the job is still this worker's. A job whose worker died is taken again, three times at most.
"""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from voices.errors import VoicesError
from voices.ports import Progress
from voices.safekeeping import daily, updating
from voices.safekeeping.restoring import holds_something
from voices.store.columns import notes
from voices.store.models import Job
from voices.web.turns import Turns

ATTEMPTS = 3
_LOST = timedelta(seconds=30)
"""A worker that has not been heard of for so long is dead."""
_AHEAD = timedelta(minutes=10)
"""A worker that is heard of from so far ahead spoke before the clock was set back: it is dead too."""
_BEAT = 5.0
_SAID_EVERY = 0.5
"""Seconds between two tellings of progress."""
_IDLE = 0.5
_PRUNED_EVERY = 3600.0
"""Seconds between two looks at what the base noted for those who count passages."""

_SAVED_EVERY, _SAVED_FIRST = 600.0, 180.0
"""Seconds between two looks at whether the day's backup is there, and before the first one."""

_log = logging.getLogger(__name__)


class Stopped(BaseException):
    """The worker is asked to stop: no reader of strange files may take it for a fault of theirs."""


class Worker:
    """Takes and does jobs until `stopping` is set. `name` tells its jobs from those of others."""

    def __init__(self, stopping: threading.Event | None = None) -> None:
        self.name = f"{_host()}/{uuid4().hex[:12]}"
        self.stopping = stopping or threading.Event()
        self._turns = Turns()

    def run(self) -> None:
        """Nothing; does jobs until it is asked to stop. Those that a worker of this machine left are taken again."""
        Job.objects.filter(state=Job.State.RUNNING, worker__startswith=f"{_host()}/").update(beat_at=None)
        pruned_at = time.monotonic()
        self.keep()
        saved_at = pruned_at + _SAVED_FIRST - _SAVED_EVERY
        while not self.stopping.is_set():
            close_old_connections()
            if not self.one():
                if time.monotonic() - pruned_at > _PRUNED_EVERY:
                    notes.prune()
                    self.keep()
                    pruned_at = time.monotonic()
                if time.monotonic() - saved_at > _SAVED_EVERY:
                    self.save()
                    saved_at = time.monotonic()
                self.stopping.wait(_IDLE)

    def one(self) -> bool:
        """Whether there was a job to do; it is done, or its failure is told."""
        job = self._take()
        if job is None:
            return False
        if job.attempts > ATTEMPTS:
            self._fail(job, "Ce travail s’est arrêté trois fois avant la fin.", _ASK)
            return True
        with self._turns.counted(job), self._beating(job):
            self._do(job)
        return True

    def keep(self) -> None:
        """Nothing; what comes to the end of its time is told, then erased; a failure is kept in the journal."""
        from voices.rights import keeping

        try:
            keeping.look(settings.VOICES, now=timezone.now())
        except Exception:
            _log.exception("keeping")

    def save(self) -> None:
        """Nothing; the day's backup is made where there is none yet and the site holds something; a failure is told.
        Those of before an update that were kept long enough are gone.
        """
        now = timezone.now()
        try:
            if daily.due(settings.VOICES, now) and holds_something():
                daily.make(settings.VOICES, now, self._go_on)
            updating.take_away_old(settings.VOICES, now)
        except Stopped:
            return  # nothing is left of it
        except Exception:
            _log.exception("backup")

    def _go_on(self) -> None:
        if self.stopping.is_set():
            raise Stopped

    def _take(self) -> Job | None:
        """The oldest job that waits, or whose worker died, of the person whose turn it is; now this worker's."""
        now = timezone.now()
        lost = Q(beat_at=None) | Q(beat_at__lt=now - _LOST) | Q(beat_at__gt=now + _AHEAD)
        free = Job.objects.filter(Q(state=Job.State.WAITING) | Q(lost, state=Job.State.RUNNING)).order_by("pk")
        if not free.exists():  # asked without a transaction, which on SQLite would keep others from writing
            return None
        mine = self._turns.first_of(free)
        with transaction.atomic():
            job = mine.select_for_update(skip_locked=True).first()
            if job is not None:
                job.state, job.worker, job.beat_at = Job.State.RUNNING, self.name, timezone.now()
                job.started_at = job.beat_at
                job.attempts += 1
                job.step, job.done, job.total, job.problem, job.remedy = "", 0, 0, "", ""
                job.save()
        return job

    def _do(self, job: Job) -> None:
        from voices.web import work

        try:
            appear = work.OF[Job.Kind(job.kind)](job, self._watch(job))
            self._end(job, appear)
        except Stopped:
            self._mine(job).update(state=Job.State.WAITING, worker="", attempts=job.attempts - 1)
        except VoicesError as error:
            self._fail(job, error.problem, error.remedy)
        except Exception:
            _log.exception("job %s", job.pk)
            if job.attempts >= ATTEMPTS:
                self._fail(job, "Quelque chose a échoué pendant ce travail.", _ASK)
            else:
                self._mine(job).update(state=Job.State.WAITING, worker="")

    def _end(self, job: Job, appear: Callable[[], None]) -> None:
        with transaction.atomic():
            if not self._mine(job).select_for_update().exists():
                return  # taken for dead meanwhile: another worker's result is, or will be, the one
            appear()
            self._mine(job).update(state=Job.State.DONE, done=job.total, ended_at=timezone.now())

    def _fail(self, job: Job, problem: str, remedy: str) -> None:
        ended = {"state": Job.State.FAILED, "ended_at": timezone.now()}
        self._mine(job).update(problem=problem, remedy=remedy, **ended)

    def _mine(self, job: Job) -> QuerySet[Job]:
        return Job.objects.filter(pk=job.pk, worker=self.name, state=Job.State.RUNNING)

    def _watch(self, job: Job) -> Callable[[str], Progress]:
        """What the job tells its progress to: written twice a second at most, and at each new step."""
        said = 0.0

        def watch(step: str) -> Progress:
            first = True

            def progress(done: int, total: int) -> None:
                nonlocal said, first
                if self.stopping.is_set():
                    raise Stopped
                now = time.monotonic()
                if first or now - said >= _SAID_EVERY:
                    said, first, job.total = now, False, total
                    self._mine(job).update(step=step, done=done, total=total, beat_at=timezone.now())

            return progress

        return watch

    @contextmanager
    def _beating(self, job: Job) -> Iterator[None]:
        """Tells now and then that the job is being done, however long one step takes."""
        over = threading.Event()

        def beat() -> None:
            while not over.wait(_BEAT):
                self._mine(job).update(beat_at=timezone.now())
            connection.close()

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


_ASK = "Réessayer ; si cela recommence, prévenir qui administre le site."


def _host() -> str:
    return socket.gethostname()[:24]
