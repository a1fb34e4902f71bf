"""Which testimonies: the filters of their list, as a form sent by GET."""

from collections.abc import Callable
from typing import Any

import numpy as np
from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from voices.domain import Consent
from voices.report.gathered import channel_words
from voices.report.words import date_words
from voices.store.columns.asked import chosen, chosen_testimonies
from voices.store.models import Passage, Testimony
from voices.store.models.deposits import CONSENTS
from voices.web.access import Action, Reach
from voices.web.alphabet import by_name

THREE = ("accueil", "appartenance", "action")
CHECKED, TO_CHECK = "verifies", "a_verifier"
_NONE = "-"
"""What the address says for a channel that is not told."""
_ANY = ("", "Peu importe")
_date = RegexValidator(r"^\d{4}(-\d{2}(-\d{2})?)?\Z", "Donner une date, par exemple 2024-03-12, 2024-03 ou 2024.")


class TestimonyFilters(forms.Form):
    """Place, period, channel, consent, names checked or not, deposit. Field names are those of the address."""

    lieu = forms.ChoiceField(label="Lieu", required=False)
    du = forms.CharField(label="Du", required=False, validators=[_date], widget=forms.DateInput({"type": "date"}))
    au = forms.CharField(label="Au", required=False, validators=[_date], widget=forms.DateInput({"type": "date"}))
    canal = forms.ChoiceField(label="Moyen", required=False)
    accord = forms.ChoiceField(label="Accord", required=False)
    noms = forms.ChoiceField(
        label="Noms", required=False, choices=[_ANY, (TO_CHECK, "À vérifier"), (CHECKED, "Vérifiés")]
    )
    depot = forms.IntegerField(label="Dépôt", required=False, min_value=1, widget=forms.HiddenInput)
    codes = forms.ChoiceField(
        label="Codes", required=False, choices=[_ANY, ("sans", "aucun des trois A")], widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict, *, reach: Reach) -> None:
        super().__init__(data)
        self.query = data
        places = [(one.slug, one.name) for one in by_name(reach.places(Action.READ))]
        at, said = chosen_testimonies(reach.testimonies(Action.READ)).words("channel")
        known = sorted({said[rank] for rank in np.unique(at).tolist()} - {""})
        channels = [(one, channel_words(one) or one) for one in known]
        consents = [(value, label) for value, label in CONSENTS if value != Consent.WITHDRAWN.value]
        for name, found in {"lieu": places, "canal": [*channels, (_NONE, "non précisé")], "accord": consents}.items():
            self.fields[name].choices = [_ANY, *found]  # type: ignore[attr-defined]

    def among(self, testimonies: QuerySet[Testimony]) -> QuerySet[Testimony]:
        """Those of the testimonies that the filters let through; none where a filter is not understood."""
        if not self.is_valid():
            return testimonies.none()
        found = Q()
        for name, value in self.cleaned_data.items():
            if value:
                found &= _WHERE[name](value)
        return testimonies.filter(found)

    def chosen(self) -> list[dict[str, str]]:
        """The filters in force, in words, each with the address of the same page without it."""
        if not self.is_valid():
            return []
        found = []
        for name, value in self.cleaned_data.items():
            if value:
                without = self.query.copy()
                for dropped in (name, "page"):
                    without.pop(dropped, None)
                found.append({"label": self._told(name, value), "url": f"?{without.urlencode()}"})
        return found

    def _told(self, name: str, value: str | int) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            told = dict(field.choices).get(value, str(value))  # type: ignore[arg-type]
        else:
            told = date_words(str(value)) if name in ("du", "au") else f"n°\u202f{value}"
        return f"{field.label}\u202f: {told}"


def _until(date: str) -> Q:
    """Wholly before the end of that date: « 2024 » is not, where « 2024-03 » is asked."""
    shorter = [date[:width] for width in (4, 7) if width < len(date)]
    return Q(date__lte=f"{date}~") & ~Q(date__in=["", *shorter])


def _uncoded(_: str) -> Q:
    """Testimonies with passages, none of which tells one of the three A."""
    standing = chosen(Passage.objects.filter(retired=False))
    coded = standing.where(~np.logical_and.reduce([standing.is_(code, "") for code in THREE]))
    found = np.setdiff1d(standing.number("testimony_id"), coded.number("testimony_id"))
    return Q(pk__in=found.tolist())


_WHERE: dict[str, Callable[[Any], Q]] = {
    "lieu": lambda slug: Q(place__slug=slug),
    "du": lambda date: Q(date__gte=date),
    "au": _until,
    "canal": lambda channel: Q(channel="" if channel == _NONE else channel),
    "accord": lambda consent: Q(consent=consent),
    "noms": lambda state: Q(names_checked_at__isnull=state == TO_CHECK),
    "depot": lambda deposit: Q(deposit=deposit),
    "codes": _uncoded,
}
"""What each filter asks."""
