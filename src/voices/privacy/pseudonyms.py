"""Which name replaces which, in one testimony.

Each class of names (gender, vowel or consonant first) is shuffled by the testimony's id; the first person met takes
the first name, the next the second. Every name met is replaced: a real « Mathilde » cannot be told from a pseudonym.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

from voices.privacy.detection import Part
from voices.privacy.lists import Gender, plain, pseudonyms

_VOWELS = "aeiou"
_ELISIONS = ("'", "’")


@dataclass(frozen=True, slots=True)
class Named:
    """A name met in a testimony: what is to be kept when it is replaced."""

    key: str
    surname: bool
    gender: Gender
    vowel: bool

    @property
    def title(self) -> str:
        """The class of pseudonyms that may replace it."""
        return f"{'nom' if self.surname else self.gender.value} {'voyelle' if self.vowel else 'consonne'}"


def cast(
    testimony_id: str, parts: Iterable[tuple[Part, str]], *, never: Collection[str] = frozenset()
) -> Mapping[str, str]:
    """The pseudonym of each name, by key. `parts` come with what stands just before them in their text.

    `never` are plain names that are not to be given: those that were, and those that are somebody's.
    """
    named = _gathered(list(parts))
    real = {word for name in named for word in (name.key, *name.key.split(), *name.key.split("-"))} | set(never)
    given: dict[str, str] = {}
    for title in dict.fromkeys(name.title for name in named):
        wanted = [name.key for name in named if name.title == title]
        free = [name for name in _palette(testimony_id, title) if plain(name) not in real]
        given |= dict(zip(wanted, _enough(free, len(wanted)), strict=True))
    return given


def dressed(pseudonym: str, original: str) -> str:
    """The pseudonym in the case of what it replaces: « kevin » gives « bruno », « KEVIN » gives « BRUNO »."""
    if original[1:2] == ".":  # « H. Delmas »: an initial again, so that two names side by side stay two
        pseudonym = f"{pseudonym[0]}. {pseudonym}"
    if original.islower():
        return pseudonym.lower()
    return pseudonym.upper() if original.isupper() and len(original) > 1 else pseudonym


def _gathered(parts: Sequence[tuple[Part, str]]) -> list[Named]:
    """The distinct names in order. One mention says enough: that it is a surname, its gender, that it is elided."""
    by_key: dict[str, list[tuple[Part, str]]] = {}
    for part, before in parts:
        by_key.setdefault(part.key, []).append((part, before))
    return [
        Named(
            key,
            surname=any(part.surname for part, _ in found),
            gender=next((p.gender for p, _ in found if p.gender is not Gender.UNTOLD), Gender.UNTOLD),
            vowel=_vowel(key) or any(before in _ELISIONS for _, before in found),
        )
        for key, found in by_key.items()
    ]


def _vowel(key: str) -> bool:
    return key[0] in _VOWELS or (key[0] == "y" and key[1:2] not in tuple(_VOWELS))


def _palette(testimony_id: str, title: str) -> list[str]:
    def rank(name: str) -> bytes:
        return hashlib.sha256(f"{testimony_id}\0{title}\0{name}".encode()).digest()

    return sorted(pseudonyms()[title], key=rank)


def _enough(names: Sequence[str], wanted: int) -> list[str]:
    """At least that many pseudonyms: past the list, an initial (« Pauline B. »), then a number tells them apart."""
    every, base = list(names), names or ("Personne",)
    marks = chain((f"{letter}." for letter in "BCDFGHLMNPRSTV"), map(str, count(2)))
    while len(every) < wanted:
        mark = next(marks)
        every += [f"{name} {mark}" for name in base]
    return every[:wanted]
