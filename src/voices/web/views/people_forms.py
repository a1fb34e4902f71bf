"""The administrator's forms: a role at a place, an invitation, a place, what to show of the activity."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import slugify

from voices.store.models import Place, Trace, User
from voices.store.models.people import Role
from voices.web.alphabet import by_name

NETWORK = "reseau"
ROLES = (
    (Role.COORDINATOR, "dépose les témoignages de son lieu et en voit la première lecture"),
    (Role.EVALUATOR, "relit les codes, tient la grille, cherche, compte"),
    (Role.COMMUNICATIONS, "cherche et publie des citations, là où l’accord le permet"),
    (Role.ADMINISTRATOR, "gère les personnes et les lieux ; ne lit aucun témoignage"),
)


class GrantForm(forms.Form):
    """A role, for one place or for the whole network."""

    role = forms.ChoiceField(
        label="Rôle", choices=[(role.value, role.label) for role, _ in ROLES], widget=forms.RadioSelect
    )
    where = forms.ChoiceField(
        label="Pour quel lieu ?", required=False, help_text="L’administration se donne toujours pour tout le réseau."
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        open_places = Place.objects.filter(closed=False)
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            ("", "Choisir…"),
            (NETWORK, "Tout le réseau"),
            *((str(place.pk), place.name) for place in by_name(open_places)),
        ]

    def clean(self) -> dict[str, Any]:
        """The role, and `place`: None for the whole network."""
        found = super().clean() or {}
        if found.get("role") == Role.ADMINISTRATOR and found.get("where") not in (None, "", NETWORK):
            self.add_error("where", "L’administration se donne pour tout le réseau, ou pas du tout.")
        elif found.get("role") == Role.ADMINISTRATOR:
            found["place"] = None
        elif not found.get("where"):
            if "where" not in self.errors:
                self.add_error("where", "Dites pour quel lieu, ou pour tout le réseau.")
        else:
            found["place"] = None if found["where"] == NETWORK else Place.objects.get(pk=found["where"])
        return found

    @property
    def roles(self) -> list[tuple[str, str, str, bool]]:
        """The roles as a page shows them: value, name, what one does, whether it is chosen."""
        return [(role.value, role.label, does, self["role"].value() == role.value) for role, does in ROLES]


class InviteForm(GrantForm):
    """Who is invited, and to do what."""

    name = forms.CharField(
        label="Nom de la personne",
        max_length=120,
        help_text="Elle pourra le corriger.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "role", "where")


class PlaceForm(forms.ModelForm):  # type: ignore[type-arg]
    """A place."""

    class Meta:
        """What a person says of it; its short address is made of its name and stays."""

        model = Place
        fields = ("name", "type", "town", "colour", "kept_months")
        labels = {  # noqa: RUF012
            "name": "Nom du lieu",
            "type": "Sorte de lieu",
            "town": "Commune",
            "colour": "Couleur de ses cartes de citation",
            "kept_months": "Garder ses témoignages pendant (mois)",
        }
        help_texts = {  # noqa: RUF012
            "name": "Tel qu’on l’écrira dans les rapports et sous les citations.",
            "type": "Par exemple : petite cantine, café associatif, centre social.",
            "kept_months": "À partir du dépôt. Vide : sans limite. Trente jours avant, la page « Droits » le dit ; "
            "puis ils sont effacés, avec une preuve.",
        }
        widgets = {  # noqa: RUF012
            "type": forms.TextInput(attrs={"list": "sortes"}),
            "colour": forms.TextInput(attrs={"type": "color", "class": "input-short"}),
        }

    def clean_name(self) -> str:
        """The name, borne by no other place."""
        name: str = self.cleaned_data["name"]
        if Place.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Un autre lieu porte déjà ce nom.")
        return name

    def clean_colour(self) -> str:
        """The colour, as #rrggbb."""
        colour: str = self.cleaned_data["colour"]
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
            raise forms.ValidationError("Une couleur s’écrit comme #94590a.")
        return colour

    def save(self, commit: bool = True) -> Place:
        """The place; its short address is drawn the first time."""
        if not self.instance.slug:
            self.instance.slug = _free_slug(self.instance.name)
        saved: Place = super().save(commit)
        return saved


class ActivityForm(forms.Form):
    """What to show of the activity."""

    who = forms.ModelChoiceField(
        User.objects.order_by("name"), label="Personne", required=False, empty_label="Tout le monde"
    )
    what = forms.ChoiceField(label="Quoi", required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        people = [(one.pk, one.name) for one in by_name(User.objects.all())]
        self.fields["who"].choices = [("", "Tout le monde"), *people]  # type: ignore[attr-defined]
        kinds = by_name(Trace.objects.order_by().values_list("what", flat=True).distinct())
        self.fields["what"].choices = [("", "Tout"), *((kind, kind) for kind in kinds)]  # type: ignore[attr-defined]


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70] or "lieu"
    taken = set(Place.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
