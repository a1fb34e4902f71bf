"""What the check of names shows: the text with what was replaced in it, and what one may do about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms

from voices.domain import Role
from voices.naming import Names, Places, Replaced, Standing
from voices.privacy.checking import DETAIL, LONGEST_DETAIL, PERSON
from voices.privacy.identifying import Risk, flags
from voices.store.models import Testimony

KINDS = {
    PERSON: "un prénom ou un nom",
    "telephone": "un téléphone",
    "courriel": "une adresse de courriel",
    "adresse": "une adresse",
    "lien": "un site ou un compte",
    "iban": "un numéro de compte",
    "securite_sociale": "un numéro de sécurité sociale",
    DETAIL: "autre chose qui désigne quelqu’un",
}
_AROUND, _MOST = 45, 30


class NameForm(forms.Form):
    """Words that name somebody, and what they are."""

    nom = forms.CharField(
        label="Le mot à remplacer",
        max_length=LONGEST_DETAIL,
        help_text="Comme dans le texte. Les majuscules comptent : « Rose » n’est pas « rose ».",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}),
        error_messages={"required": "Écrivez le mot à remplacer, ou choisissez-le dans le texte."},
    )
    sorte = forms.ChoiceField(label="C’est…", choices=list(KINDS.items()), initial=PERSON)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a turn; where it was replaced, `at` is where it stands in the testimony."""

    text: str
    at: int | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """What one person says in one go, and where it starts in the testimony."""

    speaker: str
    witness: bool
    pieces: tuple[Piece, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The word that was clicked: where it stands, and what it is."""

    at: int
    replaced: Replaced


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """Words that would be replaced, where they stand, and the words around."""

    at: int
    before: str
    said: str
    after: str


@dataclass(frozen=True, slots=True)
class Asking:
    """How many places would change, and the first of them, to choose one or all."""

    count: int
    shown: tuple[Place, ...]
    labels: int

    @property
    def more(self) -> int:
        """How many places of the text are not shown."""
        return self.count - self.labels - len(self.shown)


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """Words that may tell who somebody is, and why; `at`, where they can be replaced at once."""

    said: str
    why: str
    at: int | None


def asking(text: str, found: Places) -> Asking:
    """What is shown before words are replaced."""
    shown = [
        Place(start, text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND])
        for start, end in found.spans[:_MOST]
    ]
    return Asking(found.count, tuple(shown), found.labels)


def risks(text: str) -> list[Told]:
    """What may tell who somebody is without a name. Clues that meet are too many words to be replaced at once."""
    found = [(text[one.start : one.end], one) for one in flags(text)]
    return [
        Told(said, str(one.risk), one.start if one.risk is not Risk.CLUES and len(said) <= LONGEST_DETAIL else None)
        for said, one in found
    ]


def speeches(testimony: Testimony, standing: Sequence[Standing], chosen: int | None) -> list[Speech]:
    """The turns in order, cut where something was replaced."""
    return [
        Speech(
            speaker or "",
            role == Role.WITNESS.value,
            tuple(_pieces(testimony.text, start, end, [one for one in standing if start <= one.start < end], chosen)),
            start,
        )
        for start, end, role, speaker, *_ in testimony.turns
        if start < end
    ]


def choice(names: Names, at: int | None) -> Choice | None:
    """What was replaced at that place; None where nothing was."""
    found = next((one for one in names.standing if one.start == at), None)
    if found is None or at is None:
        return None
    mark = names.text[found.start : found.end]
    return Choice(at, next(one for one in names.replaced if one.mark == mark))


def _pieces(text: str, start: int, end: int, standing: Sequence[Standing], chosen: int | None) -> Iterator[Piece]:
    here = start
    for one in standing:
        if here < one.start:
            yield Piece(text[here : one.start])
        yield Piece(text[one.start : one.end], one.start, one.start == chosen)
        here = one.end
    if here < end:
        yield Piece(text[here:end])
