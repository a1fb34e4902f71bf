"""What differs from one book to another: pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voices.defining.book import Book
from voices.domain import Code, OwnCode, Subcode


class Kind(StrEnum):
    """What happens to it."""

    ADDED = "ajouté"
    REMOVED = "retiré"
    RENAMED = "renommé"
    REWORDED = "réécrit"


class What(StrEnum):
    """What it is."""

    CODE = "code"
    SUBCODE = "sous-code"
    OWN = "code ajouté"
    RULES = "règles"
    NOT_CODED = "ce qui ne se code pas"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of it, before and after; empty where there is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs. `label` is what it was called, what it is called where it is new."""

    kind: Kind
    what: What
    id: str
    label: str
    texts: tuple[Text, ...] = ()


_Thing = Code | OwnCode | Subcode
_LABEL = "Nom"


def changes(before: Book, after: Book) -> tuple[Change, ...]:
    """What differs, in the order of the book; nothing where both say the same."""
    one, other = before.codebook, after.codebook
    found = [*_of(What.CODE, one.codes, other.codes, _code_texts)]
    was, now = ([sub for code in book.codes for sub in code.subcodes] for book in (one, other))
    found += _of(What.SUBCODE, was, now, _subcode_texts)
    found += _of(What.OWN, before.own, after.own, _own_texts)
    found += _list(What.NOT_CODED, one.not_coded, other.not_coded)
    return (*found, *_list(What.RULES, one.rules, other.rules))


def _of(
    what: What, before: Sequence[_Thing], after: Sequence[_Thing], texts: Callable[[_Thing | None], dict[str, str]]
) -> Iterator[Change]:
    was, now = {one.id: one for one in before}, {one.id: one for one in after}
    for name in dict.fromkeys((*was, *now)):
        old, new = texts(was.get(name)), texts(now.get(name))
        told = tuple(Text(key, old[key], new[key]) for key in new if old[key] != new[key])
        if told:
            known = was.get(name) or now[name]
            yield Change(_kind(name in was, name in now, told), what, name, known.label, told)


def _kind(was: bool, now: bool, texts: Sequence[Text]) -> Kind:
    if not (was and now):
        return Kind.ADDED if now else Kind.REMOVED
    return Kind.RENAMED if any(text.name == _LABEL for text in texts) else Kind.REWORDED


def _list(what: What, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Change]:
    if before != after:
        yield Change(Kind.REWORDED, what, "", what.value, (Text("Texte", "\n".join(before), "\n".join(after)),))


def _code_texts(one: _Thing | None) -> dict[str, str]:
    code = one if isinstance(one, Code) else Code("", "", "", "", "")
    return {
        _LABEL: code.label,
        "Devise": code.motto,
        "Définition": code.definition,
        "Manque": code.lack,
        "Exemples": "\n".join(code.examples),
        "Contre-exemples": "\n".join(code.counterexamples),
    }


def _subcode_texts(one: _Thing | None) -> dict[str, str]:
    sub = one if isinstance(one, Subcode) else Subcode("", "", "")
    return {_LABEL: sub.label, "Ce qu’il comprend": sub.includes, "Exemples": "\n".join(sub.examples)}


def _own_texts(one: _Thing | None) -> dict[str, str]:
    code = one if isinstance(one, OwnCode) else OwnCode("", "", "")
    return {
        _LABEL: code.label,
        "Définition": code.definition,
        "Manque": code.lack or "",
        "Exemples": "\n".join(code.examples),
        "Contre-exemples": "\n".join(code.counterexamples),
    }
