"""Each kind of job: what does it, and what makes its result appear.

Each function works without writing and gives what writes the result, which the worker calls within the transaction that
ends the job. What is here runs in the worker alone: models load once and stay.
"""

from collections.abc import Callable
from functools import cache

from django.conf import settings

from voices import reviewing
from voices.pipeline import Watch
from voices.receiving.appearing import Appearance
from voices.receiving.machine import Machine
from voices.store.models import Job, SourceFile
from voices.web.access import Action, reach_of

Appear = Callable[[], None]


def read(job: Job, watch: Watch) -> Appear:
    """A file's testimonies, passages and suggestions."""
    from voices.receiving import reading

    file_id = job.subject["file"]
    return _appear(reading.read(file_id, places=_places(file_id), machine=_machine(), watch=watch))


def code(job: Job, watch: Watch) -> Appear:
    """New suggestions for passages that are there already: {"passages": [ids]}."""
    from voices.receiving import recoding

    return _appear(recoding.recode(job.subject["passages"], by=job.made_by, machine=_machine(), watch=watch))


def vectors(job: Job, watch: Watch) -> Appear:
    """What search by meaning needs of passages whose words changed: {"passages": [ids]}."""
    from voices.naming.vectors import vectors as of_passages

    return of_passages(job.subject["passages"], settings=settings.VOICES, watch=watch)


OF: dict[Job.Kind, Callable[[Job, Watch], Appear]] = {
    Job.Kind.READ: read,
    Job.Kind.CODE: code,
    Job.Kind.VECTORS: vectors,
}


@cache
def _machine() -> Machine:
    return Machine(settings.VOICES)


def _appear(found: Appearance) -> Appear:
    def write() -> None:
        for passage_ids in found.write():
            reviewing.refresh(passage_ids)

    return write


def _places(file_id: int) -> frozenset[int]:
    """Where whoever handed the file in may do so: it may name these places."""
    file = SourceFile.objects.select_related("deposit__made_by").filter(pk=file_id).first()
    if file is None or file.deposit.made_by is None:
        return frozenset()
    return frozenset(reach_of(file.deposit.made_by).places(Action.DEPOSIT).values_list("pk", flat=True))
