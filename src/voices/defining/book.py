"""The code book that people and machine follow: the last version of the base, or the shipped one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from voices import coding
from voices.domain import Code, Codebook, OwnCode, Sense, Subcode
from voices.store.models import CodebookVersion

GONE = "retiré de la grille"


@dataclass(frozen=True, slots=True)
class Book:
    """The codes of the book, and those of the evaluators' own. `former` names the codes that earlier versions had."""

    codebook: Codebook
    own: tuple[OwnCode, ...] = ()
    former: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every code, in the order of the book."""
        return (*(one.id for one in self.codebook.codes), *(one.id for one in self.own))

    def label(self, code: str) -> str:
        """What people call that code; where the book no longer has it, what it was called, or its id."""
        named = {one.id: one.label for one in self.codebook.codes} | {one.id: one.label for one in self.own}
        return named.get(code) or (f"{self.former[code]} ({GONE})" if code in self.former else code)

    def subcodes(self, code: str) -> tuple[Subcode, ...]:
        """Its sub-codes; codes of the evaluators' own have none."""
        return next((one.subcodes for one in self.codebook.codes if one.id == code), ())

    def lines(self, code: str, sense: Sense | None, subcodes: tuple[str, ...]) -> tuple[str, ...]:
        """What the book says of that coding; what it says of the code where there is no sense."""
        if code in {one.id for one in self.codebook.codes}:
            return self.codebook.lines(code, sense, subcodes) if sense else (self.codebook.code(code).definition,)
        return tuple(one.definition for one in self.own if one.id == code)


def book() -> Book:
    """The book in force."""
    return _book(CodebookVersion.objects.order_by("-number").values_list("pk", "made_at").first())


def book_at(number: int) -> Book:
    """The book of that version; 0 is the shipped one. Raises CodebookVersion.DoesNotExist."""
    return _book(CodebookVersion.objects.values_list("pk", "made_at").get(number=number) if number else None)


def number_now() -> int:
    """The number of the version in force; 0 where nobody changed the shipped book."""
    return CodebookVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0


@lru_cache(maxsize=32)
def _book(version: tuple[int, datetime] | None) -> Book:
    """A version never changes: it is read once."""
    if version is None:
        return Book(coding.codebook())
    row = CodebookVersion.objects.get(pk=version[0])
    codes, own = tuple(_code(one) for one in row.book["codes"]), tuple(_own(one) for one in row.book.get("own", ()))
    not_coded, rules = tuple(row.book.get("not_coded", ())), tuple(row.book.get("rules", ()))
    return Book(Codebook(row.book["version"], codes, not_coded, rules), own, _former(row))


def _former(row: CodebookVersion) -> dict[str, str]:
    """Own codes of earlier versions by id, as they were last called."""
    books = CodebookVersion.objects.filter(number__lt=row.number).order_by("number").values_list("book", flat=True)
    return {one["id"]: one["label"] for said in books for one in said.get("own", ())}


def _code(said: Mapping[str, Any]) -> Code:
    subcodes = tuple(
        Subcode(one["id"], one["label"], one["includes"], tuple(one.get("examples", ())))
        for one in said.get("subcodes", ())
    )
    texts = (said["id"], said["label"], said["motto"], said["definition"], said["lack"])
    return Code(*texts, subcodes, tuple(said.get("examples", ())), tuple(said.get("counterexamples", ())))


def _own(said: Mapping[str, Any]) -> OwnCode:
    lists = (tuple(said.get("examples", ())), tuple(said.get("counterexamples", ())))
    return OwnCode(said["id"], said["label"], said["definition"], said.get("lack"), *lists)
