"""The large lists made from open data (`listes/SOURCES.md`): words of French, places, first names, surnames."""

import gzip
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_LISTS = Path(__file__).parent / "listes"


@cache
def lexicon() -> frozenset[str]:
    """The forms of every French word that is not a proper noun, in plain form."""
    return frozenset(_lines("lexique"))


@cache
def places() -> frozenset[str]:
    """Communes, regions, countries, large towns, brands, in plain form."""
    return frozenset(_lines("lieux"))


@cache
def surnames_of_the_world() -> frozenset[str]:
    """Surnames that are no French word."""
    return frozenset(_lines("noms")) - lexicon()


@cache
def given_in_france() -> Mapping[str, tuple[str, int]]:
    """First names given in France since 1900: gender (f, h, x), how many times."""
    rows = (line.split() for line in _lines("prenoms"))
    return {name: (gender, int(count)) for name, gender, count in rows}


@cache
def given_elsewhere() -> Mapping[str, str]:
    """First names of other countries, those given in France left out: gender (f, h, x)."""
    rows = (line.split() for line in _lines("prenoms_monde"))
    return {name: gender for name, gender, *_ in rows}


def _lines(name: str) -> list[str]:
    with gzip.open(_LISTS / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
        return file.read().split("\n")
