"""Each kind of job: what does it, and what makes its result appear.

Each function works without writing and gives what writes the result, which the worker calls within the transaction that
ends the job. What is here runs in the worker alone: models load once and stay.
"""

from collections.abc import Callable
from functools import cache

from django.conf import settings

from voices import reviewing
from voices.errors import VoicesError
from voices.pipeline import Watch
from voices.receiving.appearing import Appearance
from voices.receiving.machine import Machine
from voices.store.models import Job, SourceFile
from voices.web.access import Action, Reach, reach_of

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


def themes(job: Job, watch: Watch) -> Appear:
    """The themes of all the passages that may be analysed, in place of those of the search before.

    Raises VoicesError where who asked for them may no more: themes are those of the whole network.
    """
    from voices.theming import finding

    reach = reach_of(job.made_by) if job.made_by else Reach()
    if not reach.everywhere(Action.THEMES):
        raise VoicesError(
            "La personne qui a demandé ce calcul ne peut plus le faire.",
            "Le faire demander par quelqu’un qui évalue tout le réseau.",
        )
    passages = Reach(reach.grants).passages(Action.THEMES)  # what that person is to code blind has its theme too
    return finding.find(passages, by=job.made_by, seed=settings.VOICES.seed, watch=watch)


def report(job: Job, watch: Watch) -> Appear:
    """A report on what the person may analyse: {"asked": …, "instead": the draft that it replaces, if any}."""
    from voices import reporting
    from voices.web.reports import asked_by, give_way

    asked = asked_by(job)
    found = reporting.compose(asked.what, asked.testimonies, settings=settings.VOICES, watch=watch)

    def write() -> None:
        found.keep(job, job.made_by)
        give_way(asked.drafts_replaced, job)

    return write


def worlds(job: Job, watch: Watch) -> Appear:
    """Whether the lexical worlds that a person looks at hold: {"asked": what its page was asked}."""
    from voices.web.worlds import measure

    return measure(job, watch)


def scrub(job: Job, watch: Watch) -> Appear:
    """Nothing is left, in the files of the base or in the vectors kept aside, of what was erased."""
    from voices.encoders.forgetting import forget
    from voices.store.scrubbing import scrub as of_base

    del job
    watch("Effacement des traces")(0, 1)
    of_base()
    forget(settings.VOICES.cache)
    return lambda: None


OF: dict[Job.Kind, Callable[[Job, Watch], Appear]] = {
    Job.Kind.READ: read,
    Job.Kind.CODE: code,
    Job.Kind.VECTORS: vectors,
    Job.Kind.REPORT: report,
    Job.Kind.THEMES: themes,
    Job.Kind.WORLDS: worlds,
    Job.Kind.SCRUB: scrub,
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
