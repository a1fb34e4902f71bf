"""Which passages: the filters that searches and tables share, as a form sent by GET."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from voices.defining.carrying import of_code, of_subcode
from voices.domain import Consent
from voices.report.gathered import CHANNELS, channel_words
from voices.report.words import date_words
from voices.roles import LABELS
from voices.store.models import Passage, PassageTheme, Theme, ThemeRun
from voices.store.models.deposits import CONSENTS
from voices.web.access import Action, Reach
from voices.web.alphabet import alphabetical, by_name
from voices.web.views.search_own import own_codes, subcodes

THREE = {"accueil": "Accueil", "appartenance": "Appartenance", "action": "Action"}
SENSES = {"presence": "+", "manque": "-", "mixte": "±"}
"""How an address says a sense: « + » is a space there."""
NONE = "-"
"""What an address says for what is not told: a channel, a voice, a period."""

_ANY = ("", "Peu importe")
_SAID = [_ANY, ("oui", "Dit"), ("presence", "Présence"), ("manque", "Manque"), ("mixte", "Mixte"), ("non", "Non dit")]
REVIEWED = "personne"
"""What an address says for what a person has seen, whatever came of it."""
_PERIOD = re.compile(r"(\d{4})(?:-(?:T([0-4])|(0\d|1[0-2])))?")
_date = RegexValidator(r"^\d{4}(-\d{2}(-\d{2})?)?\Z", "Donner une date, par exemple 2024-03-12, 2024-03 ou 2024.")


class PassageFilters(forms.Form):
    """Place, period, channel, codes, theme, voice, consent, standing. Field names are those of the address."""

    lieu = forms.ChoiceField(label="Lieu", required=False)
    du = forms.CharField(label="Du", required=False, validators=[_date], widget=forms.DateInput({"type": "date"}))
    au = forms.CharField(label="Au", required=False, validators=[_date], widget=forms.DateInput({"type": "date"}))
    canal = forms.ChoiceField(label="Moyen", required=False)
    role = forms.ChoiceField(label="Rôle", required=False)
    accueil = forms.ChoiceField(label="Accueil", required=False, choices=_SAID)
    appartenance = forms.ChoiceField(label="Appartenance", required=False, choices=_SAID)
    action = forms.ChoiceField(label="Action", required=False, choices=_SAID)
    ajout = forms.ChoiceField(label="Code ajouté", required=False)
    ajout_sens = forms.ChoiceField(label="Sens du code ajouté", required=False, choices=_SAID[:1] + _SAID[2:-1])
    souscode = forms.ChoiceField(label="Sous-code", required=False)
    confiance = forms.ChoiceField(
        label="Confiance", required=False, choices=[_ANY, ("oui", "Marquée"), ("non", "Non marquée")]
    )
    theme = forms.ChoiceField(label="Thème", required=False)
    accord = forms.ChoiceField(label="Accord", required=False)
    avis = forms.ChoiceField(
        label="Relecture",
        required=False,
        choices=[_ANY, *Passage.Standing.choices, (REVIEWED, "Vu par une personne")],
    )
    voix = forms.CharField(label="Voix", required=False, max_length=200, strip=False, widget=forms.HiddenInput)
    periode = forms.RegexField(
        label="Période", required=False, regex=rf"^({_PERIOD.pattern}|{NONE})\Z", widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict, *, reach: Reach, action: Action) -> None:
        super().__init__(data)
        self.query = data
        choices: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
            "lieu": lambda: [(one.slug, one.name) for one in by_name(reach.places(action))],
            "canal": lambda: _channels(data.get("canal", "")),
            "role": lambda: _roles(reach, action),
            "ajout": own_codes,
            "souscode": subcodes,
            "theme": lambda: sorted(
                ((str(one.pk), one.name) for one in _themes()), key=lambda pair: alphabetical(pair[1])
            ),
            "accord": lambda: [(value, label) for value, label in CONSENTS if value != Consent.WITHDRAWN.value],
        }
        for name, found in choices.items():
            self.fields[name].choices = _asked_once(found)  # type: ignore[attr-defined]

    def among(self, passages: QuerySet[Passage]) -> QuerySet[Passage]:
        """Those of the passages that the filters let through; none where a filter is not understood."""
        if not self.is_valid():
            return passages.none()
        return passages.filter(where(self.cleaned_data))

    def chosen(self) -> list[dict[str, str]]:
        """The filters in force, in words, each with the address of the same page without it."""
        if not self.is_valid():
            return []
        found = []
        for name, value in self.cleaned_data.items():
            if value and name in _WHERE | {"ajout": None}:
                without = self.query.copy()
                for dropped in {name, "page", *(["ajout_sens"] if name == "ajout" else [])}:
                    without.pop(dropped, None)
                found.append({"label": self._told(name, value), "url": f"?{without.urlencode()}"})
        return found

    def _told(self, name: str, value: str) -> str:
        field = self.fields[name]
        if name == "periode":
            told = period_words(value)
        elif name in ("du", "au"):
            told = date_words(value)
        elif isinstance(field, forms.ChoiceField):
            told = dict(field.choices)[value]  # type: ignore[arg-type]
            if name == "ajout" and self.cleaned_data["ajout_sens"]:
                told = f"{told}, {dict(_SAID)[self.cleaned_data['ajout_sens']].lower()}"
        else:
            told = "non précisée" if value == NONE else value
        return f"{field.label}\u202f: {told}"


def where(said: Mapping[str, Any]) -> Q:
    """What these fields of the address ask of a passage; what is empty asks nothing."""
    found = Q()
    for name, value in said.items():
        if value and name in _WHERE:
            found &= _WHERE[name](value)
    return found & _own(said["ajout"], said.get("ajout_sens", "")) if said.get("ajout") else found


def period_words(period: str) -> str:
    """« 2024 », « mars 2024 », « 2e trimestre 2024 », « 2024, trimestre non précisé », « non précisée »."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        return "non précisée"
    year, quarter, month = match.groups()
    if month is not None:
        return date_words(period) if month != "00" else f"{year}, mois non précisé"
    if quarter is None:
        return str(year)
    if quarter == "0":
        return f"{year}, trimestre non précisé"
    return f"{quarter}{'er' if quarter == '1' else 'e'} trimestre {year}"


def _asked_once(found: Callable[[], Iterable[tuple[str, str]]]) -> Callable[[], list[tuple[str, str]]]:
    """What may be chosen, asked of the base when it is needed: the next passage of a queue shows no filter."""
    return cache(lambda: [_ANY, *found()])


def _channels(asked: str) -> list[tuple[str, str]]:
    """Those that voices knows, the one asked for, and none."""
    known = [*CHANNELS, *([asked] if asked not in (*CHANNELS, "", NONE) else [])]
    return [
        *sorted(((one, channel_words(one) or one) for one in known), key=lambda pair: alphabetical(pair[1])),
        (NONE, "non précisé"),
    ]


def _roles(reach: Reach, action: Action) -> list[tuple[str, str]]:
    """The groups of roles, the other roles that are told within reach, and none."""
    said = reach.testimonies(action).exclude(role_group__in=["", *LABELS]).order_by("role_group")
    others = [(one, one) for one in said.values_list("role_group", flat=True).distinct()]
    return [*LABELS.items(), *sorted(others, key=lambda pair: alphabetical(pair[1])), (NONE, "non précisé")]


def _themes() -> QuerySet[Theme]:
    last = ThemeRun.objects.order_by("-pk").values("pk")[:1]
    return Theme.objects.filter(run__in=last, hidden=False, merged_into=None).order_by("label")


def _said(code: str) -> Callable[[str], Q]:
    def where(value: str) -> Q:
        if value in SENSES:
            return Q(**{code: SENSES[value]})
        return Q(**{code: ""}) if value == "non" else ~Q(**{code: ""})

    return where


def _own(code: str, sense: str) -> Q:
    return Q(**{f"own__{code}": SENSES[sense]}) if sense else of_code(code)


def _in_theme(theme: str) -> Q:
    of = PassageTheme.objects.filter(Q(theme=theme) | Q(theme__merged_into=theme))
    return Q(pk__in=of.values("passage"))


def _until(date: str) -> Q:
    """Wholly before the end of that date: « 2024 » is not, where « 2024-03 » is asked."""
    shorter = [date[:width] for width in (4, 7) if width < len(date)]
    return Q(testimony__date__lte=f"{date}~") & ~Q(testimony__date__in=["", *shorter])


def _in_period(period: str) -> Q:
    match = _PERIOD.fullmatch(period)
    if match is None:
        return Q(testimony__date="")
    year, quarter, month = int(match[1]), match[2], match[3]
    if quarter == "0" or month == "00":
        return Q(testimony__date=f"{year:04}")
    if month:
        return Q(testimony__date__startswith=f"{year:04}-{month}")
    if quarter is None:
        return Q(testimony__date__gte=f"{year:04}", testimony__date__lt=f"{year + 1:04}")
    first = 3 * int(quarter) - 2
    return Q(testimony__date__gte=f"{year:04}-{first:02}", testimony__date__lt=f"{year:04}-{first + 3:02}")


_WHERE: dict[str, Callable[[Any], Q]] = {
    "lieu": lambda slug: Q(place__slug=slug),
    "du": lambda date: Q(testimony__date__gte=date),
    "au": _until,
    "canal": lambda channel: Q(testimony__channel="" if channel == NONE else channel),
    "role": lambda role: Q(testimony__role_group="" if role == NONE else role),
    **{code: _said(code) for code in THREE},
    "souscode": of_subcode,
    "confiance": lambda said: Q(trust=said == "oui"),
    "theme": _in_theme,
    "accord": lambda consent: Q(testimony__consent=consent),
    "avis": lambda said: ~Q(standing=Passage.Standing.MACHINE) if said == REVIEWED else Q(standing=said),
    "voix": lambda speaker: Q(speaker="" if speaker == NONE else speaker),
    "periode": _in_period,
}
"""What each filter asks."""
