"""The form of a new double coding."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from voices.doubling import Way
from voices.store.models import Passage, Place, User
from voices.store.models.people import Role
from voices.web.access import Action, Reach, reach_of
from voices.web.alphabet import by_name

MOST = 500
"""Passages of a sample: beyond, the margin hardly narrows."""
SIZE = 60
_WAYS = (
    (Way.PLACES.value, "Au hasard, réparti entre les lieux"),
    (Way.CODES.value, "Au hasard, autant de chaque code"),
    (Way.DOUBT.value, "Les plus hésitants"),
)
HINTS = {
    Way.PLACES.value: "Chaque lieu donne sa part. C’est le tirage qui permet de parler de l’ensemble.",
    Way.CODES.value: "Pour mesurer aussi les codes rares. Autant d’accueil, d’appartenance, d’action et de sans code, "
    "d’après la machine.",
    Way.DOUBT.value: "Là où la machine hésite\u202f: pour éprouver la grille. L’accord y est plus bas qu’ailleurs.",
}


class AssignForm(forms.Form):
    """Title, who codes, how many passages, from where, drawn how, from which seed."""

    titre = forms.CharField(
        label="Titre", max_length=120, help_text="Pour le retrouver, par exemple «\u202fAutomne 2026\u202f»."
    )
    personnes = forms.ModelMultipleChoiceField(
        label="Qui code", queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    taille = forms.IntegerField(
        label="Combien de passages",
        min_value=2,
        max_value=MOST,
        initial=SIZE,
        help_text="Avec 60, l’accord est connu à 0,2 près environ\u202f; avec 200, à 0,1 près.",
    )
    lieu = forms.ModelChoiceField(label="Lieu", queryset=Place.objects.none(), required=False, empty_label="Tous")
    tirage = forms.ChoiceField(label="Tirage", choices=_WAYS, initial=Way.PLACES.value, widget=forms.RadioSelect)
    graine = forms.IntegerField(
        label="Graine du tirage",
        min_value=0,
        max_value=999_999,
        help_text="Ce nombre décide du hasard\u202f: le même, sur les mêmes passages, redonne le même échantillon.",
    )

    def __init__(self, data: QueryDict | None, *, reach: Reach, seed: int) -> None:
        super().__init__(data, initial={"graine": seed})
        self._reach = reach
        places = reach.places(Action.DOUBLE)
        self.fields["lieu"].queryset = places  # type: ignore[attr-defined]
        self.fields["lieu"].choices = [("", "Tous"), *((one.pk, one.name) for one in by_name(places))]  # type: ignore[attr-defined]
        self.fields["personnes"].queryset = _evaluators(places)  # type: ignore[attr-defined]

    def clean_personnes(self) -> list[User]:
        """Two people at least."""
        found = list(self.cleaned_data["personnes"])
        if len(found) < 2:
            raise forms.ValidationError("Choisissez au moins deux personnes.")
        return found

    def clean(self) -> dict[str, Any]:
        """Everybody may code at the places of the sample: at the one asked for, or else at those they share."""
        said = super().clean() or self.cleaned_data
        if "personnes" in said and "lieu" in said:
            shared = self._shared()
            if said["lieu"] and said["lieu"] not in shared:
                self.add_error("lieu", "Ces personnes ne peuvent pas toutes coder les passages de ce lieu.")
            if not shared:
                self.add_error("personnes", "Ces personnes n’ont aucun lieu en commun.")
        return said

    def places(self) -> list[Place]:
        """Where the sample is drawn."""
        return [self.cleaned_data["lieu"]] if self.cleaned_data["lieu"] else self._shared()

    def passages(self) -> QuerySet[Passage]:
        """From what it is drawn."""
        return self._reach.passages(Action.DOUBLE).filter(place__in=self.places())

    @property
    def ways(self) -> list[dict[str, Any]]:
        """The draws as the page shows them."""
        now = self["tirage"].value()
        return [{"value": one, "label": label, "hint": HINTS[one], "checked": one == now} for one, label in _WAYS]

    @property
    def people(self) -> list[dict[str, Any]]:
        """The people as the page shows them."""
        chosen = {str(one) for one in self["personnes"].value() or ()}
        found = self.fields["personnes"].queryset  # type: ignore[attr-defined]
        return [{"person": one, "checked": str(one.pk) in chosen} for one in by_name(found)]

    def _shared(self) -> list[Place]:
        reaches = [self._reach, *(reach_of(one) for one in self.cleaned_data["personnes"])]
        return [
            one
            for one in self._reach.places(Action.DOUBLE)
            if all(reach.at(Action.DOUBLE, one.pk) for reach in reaches)
        ]


def way_words(way: str) -> str:
    """What people call that draw."""
    return dict(_WAYS).get(way, way)


def _evaluators(places: QuerySet[Place]) -> QuerySet[User]:
    """The people with an open account who may code at one of these places."""
    granted = Q(grants__place=None) | Q(grants__place__in=places)
    found = User.objects.filter(granted, grants__role=Role.EVALUATOR, is_active=True)
    return found.distinct().order_by("name", "pk")
