"""What a person is called, compared as people write it: word by word, accents, capitals and small words aside."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from voices.privacy import cues

_COMBINING = re.compile(r"[\u0300-\u036f]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ı": "i", "ł": "l", "đ": "d", "_": " "})
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d(?:[\s.\-/_()·\u2010-\u2014]{0,3}\d){5,}")
_SMALL = cues.PARTICLES | cues.TITLES.keys()
_PART = 3
"""From so many letters on, a word is also looked for inside longer ones."""


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A name or a number, as something was written: its words, those glued to the next ones, its telephones' digits."""

    words: frozenset[str]
    glued: frozenset[str]
    numbers: frozenset[str]

    def says(self, one: str) -> bool:
        """Whether that part of a query is in it: its digits, the start of a word, or, from three letters, any part."""
        if is_number(one):
            return any(one in number for number in self.numbers)
        starts = any(each.startswith(one) for each in (*self.words, *self.glued))
        return starts or (len(one) >= _PART and any(one in word for word in self.words))


def written(text: str) -> Written:
    """How it compares."""
    words = words_of(text)
    glued = ("".join(words[rank:]) for rank in range(len(words)))  # « Le Goff » is also « Legoff »
    return Written(frozenset(words), frozenset(glued), frozenset(numbers_of(text)))


def asked(query: str) -> tuple[str, ...]:
    """The parts of a query: telephones as their digits, then words, without titles and small words if others stay."""
    numbers = tuple(numbers_of(query))
    words = words_of(_NUMBER.sub(" ", query))
    telling = [word for word in words if word not in _SMALL]
    return (*numbers, *dict.fromkeys(telling or (() if numbers else words)))


def words_of(text: str) -> list[str]:
    """Its words, in order, in small letters without accents, cut at hyphens and apostrophes."""
    return _WORD.findall(plain(text))


def plain(text: str) -> str:
    """The text in small letters without accents, in any alphabet. Quick, for whole texts."""
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text.lower())).translate(_LIGATURES)


def numbers_of(text: str) -> Iterator[str]:
    """The digits of each long number, a French telephone as it is dialled in France."""
    for match in _NUMBER.finditer(text):
        digits = "".join(str(int(char)) for char in match.group() if char.isdecimal())
        yield re.sub(r"^(?:00)?330?(?=[1-9]\d{8}$)", "0", digits)


def is_number(one: str) -> bool:
    """Whether that part of a query is the digits of a number, and no word."""
    return one.isdecimal() and len(one) > 5


def together(text: str, parts: tuple[str, ...], hidden: frozenset[str]) -> bool:
    """Whether all of these words stand near each other in a text, in any order; `hidden` are no names of anybody."""
    latest: dict[str, int] = {}
    reach = len(parts) + 2
    for rank, word in enumerate(words_of(text)):
        if word in parts and word not in hidden:
            latest[word] = rank
            if len(latest) == len(parts) and rank - min(latest.values()) < reach:
                return True
    return False
