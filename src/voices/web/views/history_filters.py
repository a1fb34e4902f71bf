"""Which acts: what kind, who, where, when, about which testimony or code; as a form sent by GET."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone

from voices.report.words import date_words
from voices.store.models import Decision, User
from voices.web.access import Action, Reach
from voices.web.alphabet import by_name
from voices.web.views.history_merged import Asked
from voices.web.views.history_sources import SOURCES, Source
from voices.web.views.review.book import book

_ANY = ("", "Peu importe")
_NATURES = (
    (
        "Passages",
        (
            ("passages", "Tout ce qui fut dit des passages"),
            (Decision.Kind.CODED.value, "Relectures"),
            (Decision.Kind.ADJUDICATED.value, "Ce qui a été tranché"),
            (Decision.Kind.COMMENTED.value, "Commentaires"),
            (Decision.Kind.SPLIT.value, "Coupes"),
            (Decision.Kind.JOINED.value, "Jonctions"),
            (Decision.Kind.UNDONE.value, "Annulations"),
        ),
    ),
    (
        "Témoignages",
        (
            ("depots", "Dépôts"),
            ("accords", "Accords"),
            ("retraits", "Accords retirés"),
            ("noms", "Noms remplacés, remis, vérifiés"),
        ),
    ),
    (
        "Travail commun",
        (
            ("machine", "Lectures de la machine"),
            ("double", "Double codage"),
            ("grille", "Grille"),
            ("themes", "Thèmes"),
            ("publications", "Citations publiées, retirées"),
            ("rapports", "Rapports figés, brouillons supprimés"),
        ),
    ),
)
_FOR = {"double": Action.DOUBLE, "grille": Action.REVIEW, "themes": Action.THEMES, "rapports": Action.REPORT}
"""What one must be allowed to do for some kinds to hold anything."""
KINDS = {value: label for _, some in _NATURES for value, label in some}
TOLD = KINDS | {"passages": "Passages"}
"""What a table calls them."""
_NONE = "0"
"""What an address says for a person whose account is gone."""
_NUMBER = {"inputmode": "numeric", "size": "6"}


class HistoryFilters(forms.Form):
    """Kind, person, place, period, testimony, passage, code. Field names are those of the address."""

    nature = forms.ChoiceField(label="Quoi", required=False, choices=[_ANY, *_NATURES])
    qui = forms.ChoiceField(label="Qui", required=False)
    lieu = forms.ChoiceField(label="Lieu", required=False)
    code = forms.ChoiceField(label="Code", required=False)
    temoignage = forms.IntegerField(
        label="Témoignage n°", required=False, min_value=1, max_value=2**31, widget=forms.TextInput(_NUMBER)
    )
    passage = forms.IntegerField(
        label="Passage n°", required=False, min_value=1, max_value=2**31 - 1, widget=forms.TextInput(_NUMBER)
    )
    du = forms.DateField(label="Du", required=False, widget=forms.DateInput({"type": "date"}))
    au = forms.DateField(label="Au", required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, data: QueryDict, *, reach: Reach) -> None:
        super().__init__(data)
        self.query = data
        self._reach = reach
        the_book = book()
        choices: dict[str, list[Any]] = {
            "nature": _natures(reach),
            "qui": _people(reach),
            "lieu": [(one.slug, one.name) for one in by_name(reach.places(Action.HISTORY))],
            "code": [(one, the_book.label(one)) for one in the_book.ids],
        }
        for name, found in choices.items():
            self.fields[name].choices = [_ANY, *found]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """The tables that hold what the filters let through, with their rows; none where a filter is not understood."""
        if not self.is_valid():
            return []
        said = {name: value for name, value in self.cleaned_data.items() if value}
        found = [(source, _where(source, said)) for source in SOURCES if said.get("nature", "") in ("", *source.kinds)]
        return [(source, source.rows(self._reach).filter(where)) for source, where in found if where is not None]

    def chosen(self) -> list[dict[str, str]]:
        """The filters in force, in words, each with the address of the same page without it."""
        if not self.is_valid():
            return []
        return [
            {"label": self._told(name, value), "url": f"?{self._without(name)}"}
            for name, value in self.cleaned_data.items()
            if value
        ]

    def _told(self, name: str, value: str | int | date) -> str:
        field = self.fields[name]
        if isinstance(value, date):
            told = date_words(value.isoformat())
        elif isinstance(value, int):
            return f"{field.label} {value}"
        else:
            told = KINDS[value] if name == "nature" else dict(field.choices)[value]  # type: ignore[attr-defined]
        return f"{field.label}\u202f: {told}"

    def _without(self, name: str) -> str:
        query = self.query.copy()
        for dropped in (name, "apres"):
            query.pop(dropped, None)
        return query.urlencode()


def _natures(reach: Reach) -> list[tuple[str, list[tuple[str, str]]]]:
    """The kinds of acts that the reader may see some of."""
    hidden = {kind for kind, action in _FOR.items() if not reach.may(action)}
    return [(group, [one for one in some if one[0] not in hidden]) for group, some in _NATURES]


def _where(source: Source, said: dict[str, Any]) -> Q | None:
    """What the filters ask of the rows of that source; None where it has nothing that they could speak of."""
    known = {**_of_all(source), **source.where}
    return None if set(said) - set(known) else Q(*(known[name](value) for name, value in said.items()))


def _of_all(source: Source) -> dict[str, Any]:
    return {
        "nature": lambda _kind: Q(),
        "qui": lambda value: Q(**{source.who: None if value == _NONE else value}),
        "du": lambda day: Q(**{f"{source.when}__gte": _day(day)}),
        "au": lambda day: Q(**{f"{source.when}__lt": _day(day + timedelta(days=1))}),
    }


def _people(reach: Reach) -> list[tuple[str, str]]:
    """Who did something that the reader sees; a deleted account, where one decided of a passage."""
    did = Q()
    for source in SOURCES:
        did |= Q(Exists(source.rows(reach).filter(**{source.who: OuterRef("pk")})))
    found = [(str(one.pk), str(one)) for one in by_name(User.objects.filter(did))]
    gone = SOURCES[0].rows(reach).filter(author=None).exists()
    return [*found, (_NONE, "Un compte effacé")] if gone else found


def _day(value: date) -> datetime:
    return timezone.make_aware(datetime.combine(value, time.min))
