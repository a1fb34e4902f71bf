"""The code book that reviewers follow: the last version of the base, or the shipped one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from voices import coding
from voices.domain import Code, Codebook, OwnCode, Sense, Subcode
from voices.store.models import CodebookVersion


@dataclass(frozen=True, slots=True)
class Book:
    """The codes of the book, and those of the evaluators' own."""

    codebook: Codebook
    own: tuple[OwnCode, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Every code, in the order of the book."""
        return (*(one.id for one in self.codebook.codes), *(one.id for one in self.own))

    def label(self, code: str) -> str:
        """What people call that code; its id where the book no longer has it."""
        named = {one.id: one.label for one in self.codebook.codes} | {one.id: one.label for one in self.own}
        return named.get(code, code)

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


@lru_cache(maxsize=4)
def _book(version: tuple[int, datetime] | None) -> Book:
    """A version never changes: it is read once."""
    if version is None:
        return Book(coding.codebook())
    said: dict[str, Any] = CodebookVersion.objects.get(pk=version[0]).book
    codes = tuple(_code(one) for one in said["codes"])
    codebook = Codebook(said["version"], codes, tuple(said.get("not_coded", ())), tuple(said.get("rules", ())))
    return Book(codebook, tuple(_own(one) for one in said.get("own", ())))


def _code(said: Mapping[str, Any]) -> Code:
    subcodes = tuple(
        Subcode(one["id"], one["label"], one["includes"], tuple(one.get("examples", ())))
        for one in said.get("subcodes", ())
    )
    return Code(said["id"], said["label"], said["motto"], said["definition"], said["lack"], subcodes)


def _own(said: Mapping[str, Any]) -> OwnCode:
    return OwnCode(said["id"], said["label"], said["definition"], said.get("lack"))
