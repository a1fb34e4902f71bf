"""Whose job comes next: that of whoever has had least of the worker's time. Nobody's heavy files make others wait."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Min, QuerySet

from voices.store.models import Job


class Turns:
    """Seconds of work done for each person who has jobs waiting; who waits no more begins anew."""

    def __init__(self) -> None:
        self._spent: dict[int | None, float] = {}

    def first_of(self, free: QuerySet[Job]) -> QuerySet[Job]:
        """The jobs of the person whose turn it is, the oldest first; between equals, that of the oldest job."""
        waiting = dict(free.order_by().values_list("made_by").annotate(oldest=Min("pk")))
        self._spent = {person: self._spent.get(person, 0.0) for person in waiting}
        if len(waiting) < 2:
            return free.order_by("pk")
        person = min(waiting, key=lambda one: (self._spent[one], waiting[one]))
        return free.filter(made_by__isnull=True) if person is None else free.filter(made_by=person)

    @contextmanager
    def counted(self, job: Job) -> Iterator[None]:
        """Counts the time of what is done within as that of the job's person."""
        began = time.monotonic()
        try:
            yield
        finally:
            person = job.made_by_id
            self._spent[person] = self._spent.get(person, 0.0) + time.monotonic() - began
