"""Whether lexical worlds hold: asked for on their page, measured by the worker, found by all who see the same words."""

from collections.abc import Callable
from dataclasses import replace

from django import forms
from django.db import transaction
from django.http import QueryDict

from voices import counting
from voices.counting import Said
from voices.lexicon import classes
from voices.lexicon.classes import RESAMPLES, SECOND_UNIT, Choices, Classes
from voices.pipeline import Watch
from voices.store.models import Job, User
from voices.web.access import Action, Reach, reach_of
from voices.web.views.words import KEPT, WordFilters

NUMBERS = tuple((str(number), f"{number} classes au plus") for number in (3, 4, 5, 6, 8))
USUAL = "4"
MEASURING = "Mesure de ce qui tient"
GOING = (Job.State.WAITING, Job.State.RUNNING)
_LEAST = 3
_LONGEST = 200
_FIELDS = (*KEPT, "classes", "deux")


class Asked(forms.Form):
    """How the passages are classed."""

    classes = forms.ChoiceField(label="Nombre de classes", required=False, choices=NUMBERS)
    deux = forms.BooleanField(label="Ne garder que ce que deux classements disent tous deux", required=False)

    def choices(self) -> Choices:
        """The same, as the classification takes it; stability is not measured with it."""
        asked = self.cleaned_data if self.is_valid() else {}
        second = SECOND_UNIT if asked.get("deux") else None
        return Choices(classes=int(asked.get("classes") or USUAL), second_unit=second, resamples=0)


def asked_in(data: QueryDict) -> dict[str, str]:
    """What an address asks for, as a job keeps it: the base's JSON takes no NUL."""
    return {name: told for name in _FIELDS if (told := str(data.get(name, "")).replace("\x00", "")[:_LONGEST])}


def counted(data: QueryDict, reach: Reach) -> tuple[Said, Choices]:
    """The words of the passages asked for, and how they are classed. Raises SettingsError where there are too many."""
    passages = WordFilters(data, reach=reach).among(reach.passages(Action.SEARCH))
    return counting.count(passages, least=_LEAST), Asked(data).choices()


def known(said: Said, choices: Choices) -> tuple[float, ...]:
    """The stability of these classes, if it was measured."""
    done = Job.objects.filter(kind=Job.Kind.WORLDS, state=Job.State.DONE, subject__key=counting.key(said, choices))
    job = done.order_by("pk").first()
    return tuple(job.subject["stability"]) if job else ()


def told(found: Classes, stability: tuple[float, ...], choices: Choices) -> Classes:
    """The classes with their stability."""
    return classes.measured(found, stability, choices)


def ask(asked: dict[str, str], by: User) -> Job:
    """The work that will measure it: the same one, where that person asks again before it has ended."""
    mine = Job.objects.filter(kind=Job.Kind.WORLDS, made_by=by, subject__asked=asked)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a form sent twice at once
        going = mine.filter(state__in=GOING).first()
        return going or Job.objects.create(kind=Job.Kind.WORLDS, subject={"asked": asked}, made_by=by)


def last(asked: dict[str, str], by: User) -> Job | None:
    """The last work of that person that was asked for this."""
    return Job.objects.filter(kind=Job.Kind.WORLDS, made_by=by, subject__asked=asked).order_by("-pk").first()


def measure(job: Job, watch: Watch) -> Callable[[], None]:
    """What keeps the stability of the classes that the job asks for, of what its person may see now.

    Raises SettingsError where there is too little to class.
    """
    data = QueryDict(mutable=True)
    data.update(job.subject["asked"])
    progress = watch(MEASURING)
    progress(0, RESAMPLES)
    said, choices = counted(data, reach_of(job.made_by) if job.made_by else Reach())
    found = counting.worlds(said, choices)
    held = classes.stability(found, replace(choices, resamples=RESAMPLES), progress=progress)
    subject = job.subject | {"key": counting.key(said, choices), "stability": list(held)}
    return lambda: _keep(job, subject)


def _keep(job: Job, subject: dict[str, object]) -> None:
    Job.objects.filter(pk=job.pk).update(subject=subject)
