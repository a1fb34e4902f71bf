"""What a person may ask a report of: checked when they ask, and again when the worker composes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from voices.errors import VoicesError
from voices.reporting import Asked
from voices.store.models import Job, ReportVersion, Testimony, User
from voices.web.access import Action, Reach, reach_of

_GONE = VoicesError(
    "Vous n’avez plus accès à tous ces lieux.", "Composez un rapport sur les lieux qui sont les vôtres."
)


@dataclass(frozen=True, slots=True)
class AskedBy:
    """What was asked, the testimonies that may answer, and the drafts that the new one replaces."""

    what: Asked
    testimonies: QuerySet[Testimony]
    drafts_replaced: QuerySet[ReportVersion]


class ReplacedError(Exception):
    """The draft asked for gave way to the report of number `pk`, composed of it anew."""

    def __init__(self, pk: int) -> None:
        super().__init__(pk)
        self.pk = pk


def ask(what: Asked, by: User, *, instead: ReportVersion | None = None) -> Job:
    """The work that will compose it: the same one, where that person asks again before it has ended."""
    subject = {"asked": what.kept(), "instead": instead.pk if instead else None}
    mine = Job.objects.filter(kind=Job.Kind.REPORT, made_by=by)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a form sent twice at once
        going = mine.filter(state__in=(Job.State.WAITING, Job.State.RUNNING), subject=subject).first()
        return going or Job.objects.create(kind=Job.Kind.REPORT, subject=subject, made_by=by)


def asked_by(job: Job) -> AskedBy:
    """What the work is asked. Raises VoicesError where who asked may no longer have it."""
    what, reach = Asked.of(job.subject["asked"]), reach_of(job.made_by) if job.made_by else Reach()
    if not may_have(reach, what):
        raise _GONE
    drafts = reach.reports().filter(pk=job.subject["instead"] or 0, frozen_at=None)
    return AskedBy(what, reach.testimonies(Action.REPORT), drafts)


def give_way(drafts: QuerySet[ReportVersion], job: Job) -> None:
    """Nothing; these drafts are deleted, and their numbers lead to what that work made, with those of before them."""
    former = [one for draft in drafts.values_list("pk", "job__subject") for one in _numbers(*draft)]
    Job.objects.filter(pk=job.pk).update(subject={**job.subject, "replaced": former})
    drafts.delete()


def successor(pk: int, among: QuerySet[ReportVersion]) -> int | None:
    """The number of the report, among these, that a draft of that number gave way to; None where there is none."""
    made = among.exclude(job=None).values_list("pk", "job__subject")
    return next((one for one, subject in made if pk in (subject.get("instead"), *subject.get("replaced", ()))), None)


def _numbers(pk: int, subject: Mapping[str, Any] | None) -> tuple[int, ...]:
    """Those under which a draft was known: its own, and those of the drafts that gave way to it."""
    return (*(subject or {}).get("replaced", ()), pk)


def may_have(reach: Reach, what: Asked) -> bool:
    """Whether every place of the report is within reach; the whole network, where none is named."""
    if what.places:
        return all(reach.at(Action.REPORT, place) for place in what.places)
    return reach.everywhere(Action.REPORT)
