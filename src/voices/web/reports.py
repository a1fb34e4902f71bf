"""What a person may ask a report of: checked when they ask, and again when the worker composes it."""

from dataclasses import dataclass

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


def may_have(reach: Reach, what: Asked) -> bool:
    """Whether every place of the report is within reach; the whole network, where none is named."""
    if what.places:
        return all(reach.at(Action.REPORT, place) for place in what.places)
    return reach.everywhere(Action.REPORT)
