"""Which decisions: who, where, about which code, when, of which kind; as a form sent by GET."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from voices.report.words import date_words
from voices.store.models import Decision, Passage, User
from voices.web.access import Action, Reach
from voices.web.alphabet import by_name
from voices.web.views.review.book import book

_ANY = ("", "Peu importe")
_KINDS = (
    (Decision.Kind.CODED.value, "Relectures"),
    (Decision.Kind.ADJUDICATED.value, "Ce qui a été tranché"),
    (Decision.Kind.COMMENTED.value, "Commentaires"),
    (Decision.Kind.SPLIT.value, "Coupes"),
    (Decision.Kind.JOINED.value, "Jonctions"),
    (Decision.Kind.UNDONE.value, "Annulations"),
)
_NONE = "0"
"""What an address says for a person whose account is gone."""


class HistoryFilters(forms.Form):
    """Person, place, code, period, kind. Field names are those of the address."""

    qui = forms.ChoiceField(label="Qui", required=False)
    lieu = forms.ChoiceField(label="Lieu", required=False)
    code = forms.ChoiceField(label="Code", required=False)
    nature = forms.ChoiceField(label="Nature", required=False, choices=[_ANY, *_KINDS])
    du = forms.DateField(label="Du", required=False, widget=forms.DateInput({"type": "date"}))
    au = forms.DateField(label="Au", required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, data: QueryDict, *, reach: Reach) -> None:
        super().__init__(data)
        self.query = data
        the_book = book()
        choices = {
            "qui": _people(reach),
            "lieu": [(one.slug, one.name) for one in by_name(reach.places(Action.HISTORY))],
            "code": [(one, the_book.label(one)) for one in the_book.ids],
        }
        for name, found in choices.items():
            self.fields[name].choices = [_ANY, *found]  # type: ignore[attr-defined]

    def among(self, decisions: QuerySet[Decision]) -> QuerySet[Decision]:
        """Those of the decisions that the filters let through; none where a filter is not understood."""
        if not self.is_valid():
            return decisions.none()
        found = Q()
        for name, value in self.cleaned_data.items():
            if value:
                found &= _WHERE[name](value)
        return decisions.filter(found)

    def chosen(self) -> list[dict[str, str]]:
        """The filters in force, in words, each with the address of the same page without it."""
        if not self.is_valid():
            return []
        return [
            {"label": self._told(name, value), "url": f"?{self._without(name)}"}
            for name, value in self.cleaned_data.items()
            if value
        ]

    def _told(self, name: str, value: str | date) -> str:
        field = self.fields[name]
        told = date_words(value.isoformat()) if isinstance(value, date) else dict(field.choices)[value]  # type: ignore[attr-defined]
        return f"{field.label}\u202f: {told}"

    def _without(self, name: str) -> str:
        query = self.query.copy()
        for dropped in (name, "page"):
            query.pop(dropped, None)
        return query.urlencode()


def decisions_of(reach: Reach) -> QuerySet[Decision]:
    """The decisions that the person may see.

    Left out: those of testimonies out of reach or withdrawn; those of open double codings, blind for everybody; and all
    that was said of what the person is to code blind, or of the parts that it was cut from.
    """
    found = Decision.objects.filter(passage__testimony__in=reach.testimonies(Action.HISTORY).values("pk"))
    for path in ("", "undoes__", "undoes__undoes__"):
        found = found.exclude(**{f"{path}assignment__isnull": False, f"{path}assignment__closed_at": None})
    blind = reach.blind()
    found = found.exclude(passage__in=blind.values("passage"))
    parts = Passage.objects.filter(retired=True, testimony__in=blind.values("passage__testimony"))
    return found.exclude(passage__in=parts.values("pk"))


def _people(reach: Reach) -> list[tuple[str, str]]:
    """Who decided something at these places; a deleted account, where one did."""
    there = Decision.objects.filter(passage__place__in=reach.places(Action.HISTORY).values("pk"))
    people = User.objects.filter(pk__in=there.order_by().values("author"))
    found = [(str(one.pk), str(one)) for one in by_name(people)]
    return [*found, (_NONE, "Un compte effacé")] if there.filter(author=None).exists() else found


def _day(value: date) -> datetime:
    return timezone.make_aware(datetime.combine(value, time.min))


_WHERE: dict[str, Callable[[Any], Q]] = {
    "qui": lambda value: Q(author=None) if value == _NONE else Q(author=value),
    "lieu": lambda slug: Q(passage__place__slug=slug),
    "code": lambda code: Q(codes__has_key=code) | Q(before__codes__has_key=code),
    "nature": lambda kind: Q(kind=kind),
    "du": lambda day: Q(made_at__gte=_day(day)),
    "au": lambda day: Q(made_at__lt=_day(day + timedelta(days=1))),
}
"""What each filter asks."""
