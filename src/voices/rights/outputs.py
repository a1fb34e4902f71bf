"""Every output that held a testimony: quotes that went out, reports that show or count it, files that were exported."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from voices.domain import Consent
from voices.quoting.publishing import FORMS
from voices.reporting import AUDIENCES, Audience, facts_of
from voices.store.models import Export, Publication, ReportVersion, Testimony, User
from voices.store.models.deposits import OUTLET_WORDS


class Held(StrEnum):
    """How an output holds a testimony."""

    SHOWN = "ses mots y paraissent"
    COUNTED = "elle y est comptée, sans ses mots"


@dataclass(frozen=True, slots=True)
class Output:
    """Something that left: what, by which channel and where, when, by whom; `words` are those of a quote, `number` that
    of a report; `gone` says that people told it was taken down.
    """

    what: str
    channel: str
    where: str
    when: datetime
    by: User | None
    held: Held
    words: str = ""
    number: int | None = None
    gone: bool = False

    @property
    def left(self) -> bool:
        """Whether somebody may still show its words outside."""
        return self.held is Held.SHOWN and not self.gone


def outputs(testimony: Testimony) -> tuple[Output, ...]:
    """All of them, the last first; drafts of reports too, for they may have been downloaded."""
    found = [*_quotes(testimony), *_reports(testimony), *_exports(testimony)]
    return tuple(sorted(found, key=lambda one: one.when, reverse=True))


def withdrawn_on(testimony: Testimony) -> date | None:
    """The day when its consent was taken back; None where it stands."""
    if testimony.consent != Consent.WITHDRAWN.value:
        return None
    last = testimony.consent_changes.filter(after=Consent.WITHDRAWN.value).order_by("pk").last()
    return timezone.localdate(last.made_at) if last else None


def record(what: str, testimonies: Iterable[int], by: User | None) -> None:
    """Nothing; keeps that a file with words of these testimonies went out."""
    made = Export.objects.create(what=what[:200], made_by=by)
    made.testimonies.set(set(testimonies))


def reports_with(testimonies: Iterable[int]) -> Iterator[tuple[ReportVersion, set[int], set[int]]]:
    """The reports that hold some of these: each with those that it shows, and those that it counts."""
    asked = set(testimonies)
    for version in ReportVersion.objects.defer("html", "pdf").select_related("made_by", "frozen_by").iterator():
        facts = facts_of(version)
        counted = asked & {int(pk) for pk in facts["testimonies"]}
        if counted:
            yield version, asked & set(facts["shown"]), counted


def _quotes(testimony: Testimony) -> Iterator[Output]:
    for one in Publication.objects.filter(testimony=testimony).exclude(form="rapport").select_related("made_by"):
        yield Output(
            FORMS.get(one.form, one.form),
            OUTLET_WORDS.get(one.outlet, ""),
            one.where,
            one.made_at,
            one.made_by,
            Held.SHOWN,
            words=one.text,
            gone=one.removed_at is not None,
        )


def _reports(testimony: Testimony) -> Iterator[Output]:
    for version, shown, _ in reports_with([testimony.pk]):
        yield Output(
            "Rapport figé" if version.frozen_at else "Brouillon de rapport",
            OUTLET_WORDS[AUDIENCES[Audience(version.audience)].outlet.value],
            version.title,
            version.frozen_at or version.made_at,
            version.frozen_by or version.made_by,
            Held.SHOWN if shown and not version.emptied_at else Held.COUNTED,
            number=version.pk,
            gone=not version.frozen_at,
        )


def _exports(testimony: Testimony) -> Iterator[Output]:
    for one in Export.objects.filter(testimonies=testimony).select_related("made_by"):
        yield Output("Fichier exporté", "", one.what, one.made_at, one.made_by, Held.SHOWN)
