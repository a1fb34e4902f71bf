"""Forms in which the book is written: a code with its sub-codes, an own code, the rules, a file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import slugify

from voices import coding
from voices.defining.book import Book
from voices.defining.written import free
from voices.domain import Code, OwnCode, Subcode

_LINES = "Une phrase par ligne."
_BEGUN = {"required": "À remplir, ou cocher «\u202fretirer\u202f»."}


class Lines(forms.CharField):
    """Several texts, one a line."""

    def __init__(self, *, label: str, rows: int = 3, help_text: str = "") -> None:
        widget = forms.Textarea({"rows": rows})
        super().__init__(label=label, help_text=help_text, required=False, widget=widget, max_length=40_000)

    def to_python(self, value: object) -> tuple[str, ...]:  # type: ignore[override]
        """The lines, without those that are blank; a list of lines is taken too."""
        text = "\n".join(value) if isinstance(value, (list, tuple)) else str(value or "")
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    def prepare_value(self, value: object) -> object:
        """The lines as they are written in the page."""
        return "\n".join(value) if isinstance(value, (list, tuple)) else value

    def has_changed(self, initial: object, data: object) -> bool:
        """Whether the lines differ: none are none, however that is written."""
        return self.to_python(initial) != self.to_python(data)

    def run_validators(self, value: object) -> None:
        """Each line is short enough for the book: `defining` says."""
        super().run_validators("\n".join(cast(Sequence[str], value)))


def _text(label: str, rows: int = 3, *, help_text: str = "", required: bool = True) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=4000, widget=widget, help_text=help_text, required=required)


class CodeForm(forms.Form):
    """One of the three A; its name does not change."""

    motto = forms.CharField(label="Devise", max_length=200, help_text="En quelques mots, à la première personne.")
    definition = _text("Présence", help_text="Ce qui se dit quand c’est là.")
    lack = _text("Manque", help_text="Ce qui se dit quand cela fait défaut.")
    examples = Lines(label="Exemples", help_text=_LINES)
    counterexamples = Lines(label="Contre-exemples", help_text=f"{_LINES} Ce qui s’en approche, et n’en est pas.")


class SubcodeForm(forms.Form):
    """A sub-code. One that is there keeps its id, whatever it is called."""

    id = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    label = forms.CharField(label="Nom", max_length=80, error_messages=_BEGUN)
    includes = _text("Ce qu’il comprend", 2)
    examples = Lines(label="Exemples", rows=2, help_text=_LINES)


class OwnForm(forms.Form):
    """A code that evaluators add."""

    label = forms.CharField(label="Nom", max_length=80)
    definition = _text("Définition", help_text="Ce que l’on cherche, en une ou deux phrases. La machine la lit.")
    lack = _text(
        "Manque",
        2,
        required=False,
        help_text="Comment il se dit quand il fait défaut. Laissez vide si ce code n’a pas de contraire.",
    )
    examples = Lines(label="Exemples", rows=4, help_text=f"{_LINES} Trois ou quatre aident déjà la machine.")
    counterexamples = Lines(
        label="Contre-exemples", rows=3, help_text=f"{_LINES} Ce qui s’en approche, et n’en est pas."
    )


class RulesForm(forms.Form):
    """What is not coded, and the rules at the borders."""

    not_coded = Lines(label="Ce qui ne se code pas", rows=8, help_text="Une ligne par cas.")
    rules = Lines(label="Règles de frontière", rows=18, help_text="Une ligne par règle, numérotées dans cet ordre.")


class FileForm(forms.Form):
    """A book handed in as a file."""

    fichier = forms.FileField(
        label="Fichier de la grille", help_text="En TOML ou en JSON, comme ceux que la page Grille exporte."
    )


class NoteForm(forms.Form):
    """Why a version is made."""

    note = forms.CharField(
        label="Pourquoi ce changement",
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text="Une phrase, pour celles et ceux qui liront ces versions plus tard.",
    )


Subcodes = formset_factory(SubcodeForm, extra=1, can_delete=True, max_num=30)


def initial_of(one: Code | OwnCode) -> dict[str, Any]:
    """What a form starts from."""
    names = ("label", "motto", "definition", "lack", "examples", "counterexamples")
    return {name: getattr(one, name, "") for name in names}


def subcodes_of(code: Code) -> list[dict[str, Any]]:
    """The same, of its sub-codes."""
    return [
        {"id": one.id, "label": one.label, "includes": one.includes, "examples": one.examples} for one in code.subcodes
    ]


def with_code(book: Book, code: Code, said: Mapping[str, Any], subs: "BaseFormSet[SubcodeForm]") -> Book:
    """The book with that code as the forms say it."""
    kept: list[Subcode] = []
    for form in subs.forms:
        one = form.cleaned_data
        if one.get("label") and not one.get("DELETE"):
            name = one["id"] if one["id"] in {sub.id for sub in code.subcodes} else _id(book, one["label"], kept)
            kept.append(Subcode(name, one["label"], one["includes"], one["examples"]))
    new = replace(code, **{name: said[name] for name in CodeForm.base_fields}, subcodes=tuple(kept))
    codes = tuple(new if one.id == code.id else one for one in book.codebook.codes)
    return replace(book, codebook=replace(book.codebook, codes=codes))


def with_own(book: Book, code: OwnCode | None, said: Mapping[str, Any]) -> Book:
    """The book with that own code as the form says it; a new one after the others where `code` is None."""
    name = code.id if code else _id(book, said["label"], [])
    new = OwnCode(
        name, said["label"], said["definition"], said["lack"] or None, said["examples"], said["counterexamples"]
    )
    others = book.own if code else (*book.own, new)
    return replace(book, own=tuple(new if one.id == name else one for one in others))


def without(book: Book, code: OwnCode) -> Book:
    """The book without that own code."""
    return replace(book, own=tuple(one for one in book.own if one.id != code.id))


def _id(book: Book, label: str, more: Sequence[Subcode]) -> str:
    """An id for what has that name: free, and never that of another, even of a code that is gone."""
    shipped = (sub.id for code in coding.codebook().codes for sub in code.subcodes)
    ours = (sub.id for code in book.codebook.codes for sub in code.subcodes)
    taken = {"confiance", *book.ids, *book.former, *shipped, *ours, *(one.id for one in more)}
    said = slugify(label).replace("-", "_").strip("_")[:40].strip("_")
    base = said if free(said) else f"code_{said}" if free(f"code_{said}") else "code"
    names = (base, *(f"{base}_{rank}" for rank in range(2, 1000)))
    return next(one for one in names if one not in taken)
