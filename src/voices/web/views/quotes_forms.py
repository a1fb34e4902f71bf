"""What communications people ask for, as forms: a quote, a list, where a quote will be published."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from voices.domain import OUTLETS, Outlet, Sense
from voices.quotes.finding import Length
from voices.quoting.finding import Wish, themes
from voices.quoting.publishing import FORMS
from voices.quoting.wording import LABELS
from voices.store.models import User
from voices.store.models.deposits import OUTLET_WORDS
from voices.web.access import Action, Reach
from voices.web.alphabet import by_name

MEANING, WORDS = "sens", "mots"
TONES = {"presence": Sense.PRESENCE, "manque": Sense.LACK, "mixte": Sense.MIXED}
"""How an address says a sense: « + » is a space there."""
_LENGTHS = [
    (Length.SHORT.value, "Courte, 20 mots au plus"),
    (Length.MEDIUM.value, "Moyenne, jusqu’à 45 mots"),
    (Length.LONG.value, "Longue, plus de 45 mots"),
]


class FinderForm(forms.Form):
    """What a quote should say, where it comes from, how long it is. Field names are those of the address."""

    q = forms.CharField(
        label="Ce que vous cherchez, avec vos mots",
        required=False,
        max_length=300,
        widget=forms.TextInput({"type": "search", "placeholder": "par exemple\u202f: quelqu’un qui reprend confiance"}),
    )
    par = forms.ChoiceField(label="Chercher", required=False, choices=[(MEANING, "Par le sens"), (WORDS, "Ces mots")])
    a = forms.ChoiceField(label="Dimension", required=False, choices=[("", "Les trois A"), *LABELS.items()])
    ton = forms.ChoiceField(
        label="Ton",
        required=False,
        choices=[("", "Tous"), ("presence", "Présence"), ("manque", "Manque"), ("mixte", "Mixte")],
    )
    theme = forms.ChoiceField(label="Thème", required=False)
    lieu = forms.ChoiceField(label="Lieu", required=False)
    canal = forms.ChoiceField(
        label="Pour publier par",
        required=False,
        choices=[("", "Un canal ou un autre"), *OUTLET_WORDS.items()],
    )
    longueur = forms.ChoiceField(label="Longueur", required=False, choices=[("", "Toutes"), *_LENGTHS])

    def __init__(self, data: QueryDict, *, reach: Reach) -> None:
        super().__init__(data)
        self.places = {place.slug: place for place in by_name(reach.places(Action.QUOTES))}
        self.query = data
        _choose(self.fields["theme"], "Tous", [(str(one.pk), one.name) for one in themes().order_by("label")])
        _choose(self.fields["lieu"], "Tous", [(slug, place.name) for slug, place in self.places.items()])

    def wish(self) -> Wish:
        """What is looked for; anything, where a field is not understood."""
        if not self.is_valid():
            return Wish()
        said = self.cleaned_data
        by_words = said["par"] == WORDS
        return Wish(
            code=said["a"],
            sense=TONES.get(said["ton"]),
            theme=int(said["theme"]) if said["theme"] else None,
            place=self.places[said["lieu"]].pk if said["lieu"] else None,
            length=Length(said["longueur"]) if said["longueur"] else None,
            words=said["q"] if by_words else "",
            meaning="" if by_words else said["q"],
        )

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        """The channels by which the quotes are to leave, if any is told."""
        told = self.cleaned_data["canal"] if self.is_valid() else ""
        return (Outlet(told),) if told else ()

    def chosen(self) -> list[dict[str, str]]:
        """The choices in force, in words, each with the address of the same page without it."""
        if not self.is_valid():
            return []
        found = []
        for name in ("q", "a", "ton", "theme", "lieu", "canal", "longueur"):
            value = self.cleaned_data[name]
            if value:
                without = self.query.copy()
                for dropped in (name, "page"):
                    without.pop(dropped, None)
                found.append({"label": self._told(name, value), "url": f"?{without.urlencode()}"})
        return found

    def _told(self, name: str, value: str) -> str:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            return f"«\u202f{value}\u202f»"
        pairs: list[tuple[str, str]] = list(field.choices)  # type: ignore[arg-type]
        told = {str(key): str(label) for key, label in pairs}[value]
        return f"{field.label}\u202f: {told.split(',')[0].lower() if name == 'longueur' else told}"


class WhereForm(forms.Form):
    """Where a quote is going to be published: what a withdrawn consent will ask for. `outlets` are those allowed."""

    canal = forms.ChoiceField(label="Par quel canal\u202f?", required=False)
    ou = forms.CharField(
        label="Où sera-t-elle publiée\u202f?",
        max_length=200,
        help_text="Par exemple\u202f: Instagram, rapport annuel 2026, affiche du repas de quartier.",
        error_messages={
            "required": "Dites où elle sera publiée\u202f: c’est là qu’on la retrouvera si l’accord est retiré."
        },
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    field_order = ("canal", "ou")

    def __init__(
        self,
        data: QueryDict | None = None,
        initial: dict[str, str] | None = None,
        *,
        outlets: Collection[Outlet] = OUTLETS,
        auto_id: str = "id_%s",
    ) -> None:
        super().__init__(data, initial=initial, auto_id=auto_id)
        every = set(outlets) >= set(OUTLETS)
        told = [(one.value, OUTLET_WORDS[one.value]) for one in Outlet if one in outlets]
        chosen: Any = self.fields["canal"]
        chosen.choices = [("", "Plusieurs, ou je ne sais pas encore" if every else "Choisir…"), *told]
        chosen.required = not every
        chosen.error_messages = {
            "required": "Choisissez un canal\u202f: cette personne ne les a pas tous permis.",
            "invalid_choice": "Cette personne n’a pas permis ce canal.",
        }

    @property
    def outlet(self) -> Outlet | None:
        """The channel that was told, once the form is valid."""
        told = self.cleaned_data["canal"]
        return Outlet(told) if told else None


class WhereAllForm(WhereForm):
    """The same, of several quotes at once."""

    ou = forms.CharField(
        label="Où seront-elles publiées\u202f?",
        max_length=200,
        help_text="Par exemple\u202f: rapport annuel 2026, exposition, lettre aux adhérents.",
        error_messages={
            "required": "Dites où elles seront publiées\u202f: c’est là qu’on les retrouvera si un accord est retiré."
        },
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class NameForm(forms.Form):
    """A list's name."""

    nom = forms.CharField(
        label="Nom de la liste",
        max_length=120,
        error_messages={"required": "Donnez un nom à la liste."},
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class PublicationFilters(forms.Form):
    """Which publications."""

    q = forms.CharField(label="Mots, ou endroit", required=False, max_length=200)
    forme = forms.ChoiceField(label="Forme", required=False, choices=[("", "Toutes"), *FORMS.items()])
    lieu = forms.ChoiceField(label="Lieu", required=False)
    par = forms.ChoiceField(label="Publiée par", required=False)

    def __init__(self, data: QueryDict, *, reach: Reach, authors: QuerySet[User]) -> None:
        super().__init__(data)
        _choose(self.fields["lieu"], "Tous", [(one.slug, one.name) for one in by_name(reach.places(Action.QUOTES))])
        _choose(self.fields["par"], "Tout le monde", [(str(one.pk), str(one)) for one in by_name(authors)])


def _choose(field: forms.Field, anything: str, choices: list[tuple[str, str]]) -> None:
    field.choices = [("", anything), *choices]  # type: ignore[attr-defined]
