"""A book as a mapping that JSON and TOML can carry, and back; with what the site asks of it beyond what files ask."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.db.models import JSONField

from voices import coding
from voices.defining.book import Book
from voices.domain import Code, Codebook, OwnCode
from voices.errors import SettingsError

THREE = ("accueil", "appartenance", "action")
MOST_OWN = 20
"""Own codes at once: each is a line of the reviewing desk."""
_LONGEST = 4000
_LONGEST_LIST = 200
_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def written(book: Book) -> dict[str, Any]:
    """The book as a mapping; what is empty is left out."""
    said = asdict(book.codebook) | {"own": [asdict(one) for one in book.own]}
    return {name: _filled(value) for name, value in said.items() if value}


def read(said: object) -> Book:
    """The book that such a mapping describes; own codes under `own`, or `code` as in a file of codes.

    Raises SettingsError with every fault found in it.
    """
    if not isinstance(said, Mapping):
        raise SettingsError("Ce fichier ne décrit pas une grille.", _FORM)
    codebook = coding.codebook_of(said)
    entries = said.get("own") or said.get("code")
    book = Book(codebook, coding.own_of(entries, codebook) if entries else ())
    faults = list(_faults(book))
    if faults:
        raise SettingsError(f"Cette grille a des défauts\u202f: {' ; '.join(faults)}.", _FORM)
    return book


_FORM = "Partir du fichier que la page Grille exporte, et le corriger."


def _filled(said: object) -> object:
    if isinstance(said, Mapping):
        return {name: _filled(value) for name, value in said.items() if value not in (None, "", (), [])}
    return [_filled(one) for one in said] if isinstance(said, (list, tuple)) else said


def _faults(book: Book) -> Iterator[str]:
    labels = {one.id: one.label for one in coding.codebook().codes}
    if {one.id: one.label for one in book.codebook.codes} != labels or book.ids[:3] != THREE:
        yield "les trois premiers codes doivent rester Accueil, Appartenance et Action, dans cet ordre"
    if len(book.own) > MOST_OWN:
        yield f"il y a plus de {MOST_OWN} codes ajoutés"
    for name in (*book.ids, *(sub.id for code in book.codebook.codes for sub in code.subcodes)):
        if not free(name):
            yield f"l’identifiant « {name} » ne peut pas servir\u202f: des lettres sans accent et des chiffres"
    if any(len(text) > _LONGEST for text in _texts(book)):
        yield f"un texte dépasse {_LONGEST} signes"
    if any(char < " " and char not in "\n\t" for text in _texts(book) for char in text):
        yield "un texte contient un caractère de contrôle"
    if any(len(one) > _LONGEST_LIST for one in _lists(book)):
        yield f"une liste dépasse {_LONGEST_LIST} lignes"


def free(name: str) -> bool:
    """Whether a code may be called so in the base: an own code is a key of JSON, which lookups must not shadow."""
    return bool(_ID.fullmatch(name)) and len(name) <= 60 and name not in JSONField().get_lookups()


def _texts(book: Book) -> Iterator[str]:
    yield book.codebook.version
    codes: tuple[Code | OwnCode, ...] = (*book.codebook.codes, *book.own)
    for code in codes:
        yield from (code.label, code.definition, code.lack or "", getattr(code, "motto", ""))
    for sub in (sub for one in book.codebook.codes for sub in one.subcodes):
        yield from (sub.label, sub.includes)
    yield from (text for one in _lists(book) for text in one)


def _lists(book: Book) -> Iterator[tuple[str, ...]]:
    codebook: Codebook = book.codebook
    yield from (codebook.rules, codebook.not_coded)
    codes: tuple[Code | OwnCode, ...] = (*codebook.codes, *book.own)
    yield from (one for code in codes for one in (code.examples, code.counterexamples))
    yield from (sub.examples for code in codebook.codes for sub in code.subcodes)
