"""The forms of a deposit: where what is handed in comes from, what may be done with it, and how a consent changes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst

from voices.domain import Consent, Outlet
from voices.ingest.limits import end_of
from voices.ingest.vocabulary import date_of
from voices.report.gathered import CHANNELS
from voices.roles import plain_role
from voices.store.models import Place
from voices.store.models.deposits import OUTLET_WORDS, WAYS, ConsentLimits, outlets_kept
from voices.web.alphabet import by_name

Told = tuple[str, str, str]
"""A consent's value, what the person allowed, what becomes of their words."""

CONSENTS: tuple[Told, ...] = (
    (
        Consent.ANALYSIS.value,
        "Être lue pour l’étude, sans être citée",
        "Ses mots comptent dans les chiffres. Aucune phrase ne sort d’ici.",
    ),
    (
        Consent.ANONYMOUS_QUOTES.value,
        "Être citée sans son nom",
        "Une phrase peut être publiée, signée par exemple « une habituée, mars 2024 ».",
    ),
    (
        Consent.NAMED_QUOTES.value,
        "Être citée avec son prénom",
        "Une phrase peut être publiée, signée de son prénom ou de celui qui le remplace.",
    ),
    (
        Consent.UNKNOWN.value,
        "Je ne sais pas encore",
        "Ses mots comptent dans les chiffres. Rien n’est cité tant que vous ne l’aurez pas dit.",
    ),
)
WITHDRAWN: Told = (
    Consent.WITHDRAWN.value,
    "Plus rien : l’accord est retiré",
    "Ses mots disparaissent aussitôt de toutes les pages, de tous les chiffres et des citations à venir.",
)
_QUOTING = (Consent.ANONYMOUS_QUOTES.value, Consent.NAMED_QUOTES.value)
_LIMITS = ("way", "source", "collected_by", "barred", "until")
_TOLD_HOW = "Par exemple : formulaire signé, de vive voix le 12 mars, case cochée en ligne."


class ConsentFields(forms.Form):
    """What the person allowed, within what limits, and how it is known."""

    offered: Sequence[Told] = CONSENTS
    consent = forms.ChoiceField(label="Qu’a permis la personne ?", widget=forms.RadioSelect)
    source = forms.CharField(
        label="Comment le savez-vous ?", max_length=200, required=False, help_text=_TOLD_HOW, strip=True
    )
    way = forms.ChoiceField(label="L’accord a été donné", required=False, choices=WAYS)
    collected_by = forms.CharField(
        label="Recueilli par",
        max_length=120,
        required=False,
        help_text="La personne de l’équipe qui a demandé l’accord.",
    )
    barred = forms.MultipleChoiceField(
        label="Peut être citée partout, sauf",
        required=False,
        choices=list(OUTLET_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.CharField(
        label="Jusqu’à quand ?",
        max_length=40,
        required=False,
        help_text="Si un jour a été dit : 31/12/2027, ou 2027. Ce jour passé, plus rien n’est cité.",
    )

    def __init__(self, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["consent"].choices = [(value, told) for value, told, _ in self.offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The answers; what is quoted says how it was allowed."""
        found = super().clean() or {}
        if found.get("consent") in _QUOTING and not (found.get("source") or found.get("way")):
            self.add_error("source", "Dites comment l’accord a été donné : on pourra vous le demander.")
        if found.get("consent") in _QUOTING and set(found.get("barred", ())) == set(OUTLET_WORDS):
            self.add_error("barred", "Aucun canal ne reste : choisissez « sans être citée ».")
        return found

    def clean_until(self) -> str:
        """The last day, in ISO 8601; empty where there is none."""
        written = self.cleaned_data["until"]
        found = end_of(written) if written else None
        if written and found is None:
            raise forms.ValidationError("Date non comprise : écrivez-la comme 31/12/2027, décembre 2027 ou 2027.")
        return found.isoformat() if found else ""

    @property
    def limits(self) -> dict[str, str]:
        """The limits, as they are kept, once the form is valid."""
        found = self.cleaned_data
        outlets = outlets_kept(one for one in Outlet if one.value not in found["barred"])
        return {"outlets": outlets, **{name: found[name] for name in ("until", "collected_by", "way")}}

    @property
    def limited(self) -> bool:
        """Whether limits are told, or wrong: the part of the form that has them is then open."""
        return any(self[name].value() or self[name].errors for name in ("barred", "until"))

    @property
    def consents(self) -> list[tuple[str, str, str, bool]]:
        """The consents as a page shows them: value, what is allowed, what it does, whether it is chosen."""
        return [(*told, self["consent"].value() == told[0]) for told in self.offered]


class ConsentForm(ConsentFields):
    """What becomes of the consent of testimonies that are there already."""

    offered = (*CONSENTS, WITHDRAWN)
    field_order = ("consent", *_LIMITS)


def said_of(one: ConsentLimits) -> dict[str, Any]:
    """The limits of a consent as the form begins with them."""
    return {
        "way": one.way,
        "collected_by": one.collected_by,
        "barred": [value for value in OUTLET_WORDS if value not in one.outlets.split()],
        "until": f"{one.terms.until:%d/%m/%Y}" if one.terms.until else "",
    }


class DepositForm(ConsentFields):
    """Where what is handed in comes from, and what may be done with it. Files come beside, a text may come in."""

    text = forms.CharField(label="Votre texte", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 10}))
    title = forms.CharField(
        label="Son titre",
        required=False,
        max_length=80,
        help_text="Pour le retrouver, par exemple « lettre d’une maman ». Seules les personnes qui déposent "
        "pour ce lieu le verront.",
    )
    place = forms.ModelChoiceField(Place.objects.none(), label="Lieu", empty_label=None)
    date = forms.CharField(
        label="Date", required=False, max_length=40, help_text="Le jour, le mois ou l’année : « mars 2024 » suffit."
    )
    channel = forms.ChoiceField(label="Recueilli comment ?", required=False)
    role = forms.CharField(
        label="Qui sont ces personnes ici\u202f?",
        required=False,
        max_length=60,
        help_text="Si toutes ont le même rôle : bénévoles, salariées, convives, partenaires, élues… Jamais un nom.",
    )
    interviewers = forms.CharField(
        label="Qui pose les questions ?",
        required=False,
        max_length=200,
        help_text="Pour un entretien : le nom écrit devant ses paroles, qui ne seront pas codées. "
        "Plusieurs noms, séparés par des virgules.",
    )
    field_order = ("place", "date", "channel", "role", "consent", *_LIMITS, "text", "title", "interviewers")

    def __init__(
        self,
        places: QuerySet[Place],
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
        *,
        files: int = 0,
    ) -> None:
        super().__init__(data, initial)
        self._files = files
        field: Any = self.fields["place"]
        field.queryset = places
        offered = [(place.pk, place.name) for place in by_name(places)]
        field.choices = [("", "Choisir…"), *offered] if len(offered) > 1 else offered
        ways: Any = self.fields["channel"]
        ways.choices = [
            ("", "Plusieurs façons, ou je ne sais pas"),
            *((way, capfirst(told)) for way, told in CHANNELS.items()),
        ]

    def clean_role(self) -> str:
        """A role in a few words."""
        said: str = self.cleaned_data["role"]
        if said and plain_role(said) is None:
            raise forms.ValidationError("Donner un rôle en quelques mots, sans nom ni chiffre.")
        return plain_role(said) or ""

    def clean_date(self) -> str:
        """The date in ISO 8601, as short as it was written."""
        written = self.cleaned_data["date"]
        found = date_of(written) if written else ""
        if found is None:
            raise forms.ValidationError("Date non comprise : écrivez-la comme 12/03/2024, mars 2024 ou 2024.")
        return found

    def clean_interviewers(self) -> list[str]:
        """The names, one by one."""
        return [name.strip() for name in self.cleaned_data["interviewers"].split(",") if name.strip()]

    def clean_until(self) -> str:
        """The last day, still to come."""
        found = super().clean_until()
        if found and found < timezone.localdate().isoformat():
            raise forms.ValidationError("Ce jour est passé : rien ne pourrait être cité.")
        return found

    def clean(self) -> dict[str, Any]:
        """The answers, where something is handed in."""
        found = super().clean()
        if not self._files and not (found.get("text") or "").strip():
            self.add_error(None, "Choisissez au moins un fichier, ou écrivez un texte.")
        return found
