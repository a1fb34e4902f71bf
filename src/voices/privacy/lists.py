"""Lists of first names and surnames: Faker's, by country, and our own; how names are compared."""

import importlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from voices.letters import without_accents
from voices.privacy.open_data import given_elsewhere, given_in_france, lexicon, places

_HERE = Path(__file__).parent
_FRENCH = ("fr_FR", "fr_BE", "fr_CH", "fr_CA", "fr_DZ")
_OTHERS = ("pt_PT", "es_ES", "it_IT", "pl_PL", "tr_TR", "de_DE", "en_GB", "ro_RO", "tw_GH", "ha_NG")
_SURNAMES = ("fr_FR", "fr_BE", "fr_CA", "fr_DZ", "pt_PT", "es_ES", "it_IT", "tr_TR", "tw_GH")


class Gender(StrEnum):
    """The gender of a first name: what replaces it has the same, so that sentences agree."""

    WOMAN = "femme"
    MAN = "homme"
    UNTOLD = "epicene"


_GENDERS = {"f": Gender.WOMAN, "h": Gender.MAN, "x": Gender.UNTOLD}
_OFTEN = 4_000
"""Given so often in France since 1900, a first name is believed in lower case too."""
_OFTEN_A_WORD = 300
"""A word given so often as a first name may be one, where the context says so."""


@dataclass(frozen=True, slots=True)
class FirstName:
    """What is known of a first name: `common` in France (believed even in lower case), `word` also a French word."""

    gender: Gender
    common: bool
    word: bool


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """The text in lower case, without accents, with straight apostrophes: « Bénédicte » and « benedicte » are one."""
    text = text.lower()
    if text.isascii():
        return text
    text = text.replace("’", "'").replace("œ", "oe").replace("æ", "ae").replace("ı", "i").replace("ł", "l")
    text = text.replace("đ", "d")
    return without_accents(text)


def sound(name: str) -> str:
    """A rough spelling of how a name sounds: « hugette » and « Huguette », « océanne » and « Océane » give one."""
    name = re.sub(r"c(?=[ei])", "s", plain(name).replace("ph", "f").replace("y", "i").replace("ck", "k"))
    name = re.sub(r"c(?!h)", "k", name).replace("ch", "x")
    name = name.replace("qu", "k").replace("gui", "gi").replace("gue", "ge").replace("h", "").replace("z", "s")
    return re.sub(r"(.)\1+", r"\1", name).rstrip("e")


@cache
def first_names() -> Mapping[str, FirstName]:
    """First names by their plain form."""
    words = frozenset(sections("mots.txt")["prenoms"])
    genders: dict[str, set[Gender]] = {}
    common = _our_genders()
    for locales, table in ((_FRENCH, common), (_OTHERS, genders)):
        for locale in locales:
            provider = _provider(locale)
            for gender, attribute in ((Gender.WOMAN, "first_names_female"), (Gender.MAN, "first_names_male")):
                for name in getattr(provider, attribute, ()):
                    table.setdefault(plain(name), set()).add(gender)
    every = _of_open_data(words)
    every |= {
        name: FirstName(_one(found), False, name in words)
        for name, found in genders.items()
        if name in words or name not in lexicon()
    }
    every |= {name: FirstName(_one(found), True, name in words) for name, found in common.items()}
    return {name: known for name, known in every.items() if len(name) > 1}


def _of_open_data(words: frozenset[str]) -> dict[str, FirstName]:
    """First names of Insee and of Wikidata; one that is a word too is a first name only where it was given often."""
    found = {
        name: FirstName(_GENDERS[gender], False, False)
        for name, gender in given_elsewhere().items()
        if name not in lexicon() and name not in places()
    }
    for name, (gender, count) in given_in_france().items():
        if name in places() and count < _OFTEN:
            continue
        if name not in lexicon():
            believed = len(name) > 3 and count >= (_OFTEN if name not in places() else 10 * _OFTEN)
            found[name] = FirstName(_GENDERS[gender], believed, name in words)
        elif count >= _OFTEN_A_WORD:
            found[name] = FirstName(_GENDERS[gender], False, True)
    return found


@cache
def surnames() -> frozenset[str]:
    """Surnames in their plain form; many are words too (« Petit »), so none is believed alone."""
    return frozenset(plain(name) for locale in _SURNAMES for name in getattr(_provider(locale), "last_names", ()))


@cache
def sounds() -> frozenset[str]:
    """How the common first names of five letters and more sound, those that are words left out."""
    return frozenset(
        sound(name) for name, known in first_names().items() if known.common and not known.word and len(name) > 4
    )


@cache
def pseudonyms() -> Mapping[str, tuple[str, ...]]:
    """The names that replace names, by class: « femme voyelle », « nom consonne »…"""
    return {title: tuple(names) for title, names in sections("pseudonymes.txt").items() if title}


@cache
def reserved_surnames() -> frozenset[str]:
    """Surnames that are nothing else, in plain form: those we give and the most common ones. Believed alone."""
    given = frozenset(plain(n) for title in ("nom consonne", "nom voyelle") for n in pseudonyms()[title])
    return given | frozenset(plain(name) for name in sections("prenoms.txt")["noms"])


@lru_cache(maxsize=50_000)
def known(text: str) -> FirstName | None:
    """What the lists know of a first name; « Jean-Lou » is known by its first half."""
    names = first_names()
    found = names.get(plain(text))
    if found is None and "-" in text:
        head, *rest = text.split("-")
        half = names.get(plain(head))
        if half and (half.common or not half.word) and all(len(part) > 1 for part in rest):
            capitals = all(part[0].isupper() for part in text.split("-"))
            if capitals or all(plain(part) in names for part in rest):
                return FirstName(half.gender, common=True, word=False)
    return found


@cache
def everyday_surnames() -> frozenset[str]:
    """Surnames that are everyday words or first names too (« Petit », « Martin »)."""
    return frozenset(sections("mots.txt")["noms"])


def _our_genders() -> dict[str, set[Gender]]:
    table: dict[str, set[Gender]] = {}
    ours = sections("prenoms.txt")
    for title, genders in (
        ("femmes", {Gender.WOMAN}),
        ("hommes", {Gender.MAN}),
        ("surnoms", {Gender.WOMAN, Gender.MAN}),
    ):
        for name in ours[title]:
            table.setdefault(plain(name), set()).update(genders)
    for title, names in pseudonyms().items():
        gender = title.split()[0]
        if gender != "nom":
            for name in names:
                table.setdefault(plain(name), set()).update({Gender(gender)})
    return table


def _one(genders: Iterable[Gender]) -> Gender:
    found = set(genders)
    return found.pop() if len(found) == 1 else Gender.UNTOLD


def _provider(locale: str) -> object:
    provider: object = importlib.import_module(f"faker.providers.person.{locale}").Provider
    return provider


def sections(file: str) -> dict[str, list[str]]:
    """The words of one of this room's list files, by section title (« = femmes »)."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in lines(file):
        if line.startswith("= "):
            title = line[2:]
        else:
            found.setdefault(title, []).extend(line.split())
    return found


def lines(file: str) -> list[str]:
    """The lines of one of this room's list files, comments left out."""
    text = (_HERE / file).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
