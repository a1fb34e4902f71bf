"""A report asked for: the choice of places, period and readers, then how far its composing is."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from voices.ingest.vocabulary import date_of
from voices.reporting import STEPS, Asked, Audience, covered
from voices.store.models import Job, Place
from voices.thematic import not_enough
from voices.web import reports as asking
from voices.web.access import Action, Reach, allowed, person_in, reach_in
from voices.web.alphabet import by_name
from voices.web.views.reports_told import audiences

TITLE = "Ce que disent les témoignages"
_WHEN = "Le jour, le mois ou l’année\u202f: «\u202fmars 2024\u202f» suffit."


class ReportForm(forms.Form):
    """What a report covers and for whom it is. No place ticked: all those of the person."""

    title = forms.CharField(label="Titre", max_length=120, initial=TITLE, strip=True)
    places = forms.ModelMultipleChoiceField(
        Place.objects.none(), label="Lieux", required=False, widget=forms.CheckboxSelectMultiple
    )
    since = forms.CharField(label="Depuis", required=False, max_length=40, help_text=_WHEN)
    until = forms.CharField(label="Jusqu’à", required=False, max_length=40, help_text="Compris.")
    audience = forms.ChoiceField(label="Qui le lira\u202f?", widget=forms.RadioSelect, initial=Audience.BOARD.value)
    unstable = forms.BooleanField(
        label="Montrer aussi les thèmes instables",
        required=False,
        help_text=f"{not_enough(2).capitalize()}. Le rapport le dira de chacun.",
    )

    def __init__(self, reach: Reach, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self._reach = reach
        self.whole = reach.everywhere(Action.REPORT)
        self.offered: QuerySet[Place] = reach.places(Action.REPORT)
        ticked: Any = self.fields["places"]
        ticked.queryset = self.offered
        ticked.choices = [(place.pk, place.name) for place in by_name(self.offered)]
        readers: Any = self.fields["audience"]
        readers.choices = [(value, label) for value, label, _ in audiences()]

    def clean_since(self) -> str:
        """The first date, in ISO 8601."""
        return _date(self.cleaned_data["since"])

    def clean_until(self) -> str:
        """The last date, in ISO 8601."""
        return _date(self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        """The answers, where something is to be told of."""
        found = super().clean() or {}
        first, last = found.get("since"), found.get("until")
        if first and last and not first.startswith(last) and first > last:
            self.add_error("until", "La fin vient avant le début.")
        if not self.errors and not covered(self.asked(), self._reach.testimonies(Action.REPORT)).exists():
            self.add_error(None, "Aucun témoignage pour ces lieux et cette période.")
        return found

    def asked(self) -> Asked:
        """What is asked, once the form is valid."""
        found = self.cleaned_data
        chosen = list(found["places"]) or ([] if self.whole else list(self.offered))
        places = tuple(sorted(place.pk for place in chosen))
        about = (found["title"], places, found["since"], found["until"], Audience(found["audience"]))
        return Asked(*about, unstable=found["unstable"])

    @property
    def readers(self) -> list[tuple[str, str, str, bool]]:
        """The readers as a page shows them: value, label, what they see, whether they are chosen."""
        chosen = self["audience"].value()
        return [(value, label, shown, value == chosen) for value, label, shown in audiences()]

    @property
    def ticks(self) -> list[tuple[Place, bool]]:
        """The places, and whether each is ticked."""
        chosen = {str(one) for one in self["places"].value() or ()}
        return [(place, str(place.pk) in chosen) for place in self.offered]


@allowed(Action.REPORT)
def new(request: HttpRequest) -> HttpResponse:
    """The choice; once sent, how far the composing is."""
    reach = reach_in(request)
    form = ReportForm(
        reach, request.POST if request.method == "POST" else None, {"places": request.GET.getlist("lieu")}
    )
    if request.method == "POST" and form.is_valid():
        return redirect("report_job", job_id=asking.ask(form.asked(), person_in(request)).pk)
    return render(request, "web/reports/new.html", {"form": form})


@allowed(Action.REPORT)
@require_safe
def composing(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far it is; the report, once it is there."""
    job = _job(request, job_id)
    if job.state == Job.State.DONE:
        return _ended(job)
    return render(request, "web/reports/composing.html", _told(job))


@allowed(Action.REPORT)
@require_safe
def state(request: HttpRequest, job_id: int) -> HttpResponse:
    """The part of that page that moves; once the report is there, the browser goes to it."""
    job = _job(request, job_id)
    if job.state != Job.State.DONE:
        return render(request, "web/reports/state.html", _told(job))
    answer = HttpResponse()
    answer["HX-Redirect"] = _ended(job)["Location"]
    return answer


def _job(request: HttpRequest, job_id: int) -> Job:
    """The person's own: nobody sees what another one asks before it is there."""
    return get_object_or_404(Job, pk=job_id, kind=Job.Kind.REPORT, made_by=request.user.pk)


def _ended(job: Job) -> HttpResponse:
    made = getattr(job, "report", None)
    return redirect(reverse("report", kwargs={"pk": made.pk}) if made else "reports")


def _told(job: Job) -> dict[str, Any]:
    return {"job": job, "asked": Asked.of(job.subject["asked"]), "steps": _steps(job), "moving": _moving(job)}


def _moving(job: Job) -> bool:
    return job.state in (Job.State.WAITING, Job.State.RUNNING)


def _steps(job: Job) -> Sequence[Mapping[str, str]]:
    now = STEPS.index(job.step) if job.step in STEPS else 0
    states = ["done"] * now + ["now"] + ["later"] * (len(STEPS) - now - 1)
    return [{"label": label, "state": state} for label, state in zip(STEPS, states, strict=True)]


def _date(written: str) -> str:
    found = date_of(written) if written else ""
    if found is None:
        raise forms.ValidationError("Date non comprise\u202f: écrivez-la comme 12/03/2024, mars 2024 ou 2024.")
    return found
