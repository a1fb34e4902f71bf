"""Numbers said aloud: « zéro six trente-neuf, quatre-vingt-dix-huit » read as the digits that one would dial.

A run is what is said in one breath: numbers with nothing between them but spaces, commas, hyphens, or « et », « puis ».
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SIMPLE = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_UNITS = {word: value for value, word in enumerate(_SIMPLE.split())} | {"zero": 0, "zéros": 0, "zeros": 0, "une": 1}
_TENS = {
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}
_HUNDRED = ("cent", "cents")
_VALUES = _UNITS | _TENS | dict.fromkeys(_HUNDRED, 100)
_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
NUMBER = rf"(?:{_WORD})(?:[ -](?:et[ -])?(?:{_WORD})){{0,4}}"
"""A pattern: a whole number in letters."""

_TOKEN = re.compile(
    rf"(?<!\w)(?:{_WORD}|\d{{1,12}}|oh?(?=[\s,.-]{{1,3}}(?:{_WORD})\b)|ô(?=[\s,.-]{{1,3}}(?:{_WORD})\b))(?!\w)",
    re.IGNORECASE,
)
_PAUSE = re.compile(
    r"(?:[\s,.;\-/…\u2010-\u2014]"
    r"|(?<!\w)(?:et|puis|euh|heu|alors|donc|voilà|ben|virgule|espace|point|tiret|double|triple)(?!\w)){1,12}",
    re.IGNORECASE,
)
_WRITTEN_PAUSE = re.compile(r"[ .\-\u00a0\u202f\u2013]{1,3}")
_JOINED = re.compile(r"[ -](?:et[ -])?", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """A number of the text: where it is and the digits that it dials (« zéro » : 0, « vingt et un » : 21)."""

    start: int
    end: int
    digits: str
    spoken: bool


@dataclass(frozen=True)
class Run:
    """Numbers that follow each other in one breath."""

    numbers: tuple[Number, ...]

    @property
    def start(self) -> int:
        """Where its first number begins."""
        return self.numbers[0].start

    @property
    def end(self) -> int:
        """Where its last number ends."""
        return self.numbers[-1].end

    @property
    def digits(self) -> str:
        """All that it dials."""
        return "".join(number.digits for number in self.numbers)

    @property
    def spoken(self) -> bool:
        """Whether one number at least is in letters."""
        return any(number.spoken for number in self.numbers)

    @property
    def counts(self) -> bool:
        """Whether it goes up one by one, as people who count do: « zéro, un, deux, trois »."""
        values = [int(number.digits) for number in self.numbers]
        return len(values) > 2 and all(later - value == 1 for value, later in itertools.pairwise(values))


def runs(text: str) -> list[Run]:
    """The runs of numbers of a text, in letters and in figures, in order."""
    found: list[list[re.Match[str]]] = []
    for token in _TOKEN.finditer(text):
        if found and _one_breath(text, found[-1][-1], token):
            found[-1].append(token)
        else:
            found.append([token])
    return [Run(tuple(_numbers(text, tokens))) for tokens in found]


def _one_breath(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    """« et puis » is within a number that is spoken; between figures it parts two numbers."""
    if after.start() - before.end() > 20:
        return False
    written = before.group().isdigit() and after.group().isdigit()
    pause = _WRITTEN_PAUSE if written else _PAUSE
    return pause.fullmatch(text, before.end(), after.start()) is not None


def _numbers(text: str, tokens: Sequence[re.Match[str]]) -> Iterator[Number]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.group().isdigit():
            yield Number(token.start(), token.end(), token.group(), spoken=False)
            at += 1
            continue
        value, length = _read(text, tokens, at)
        yield Number(token.start(), tokens[at + length - 1].end(), str(value), spoken=True)
        at += length


def _read(text: str, tokens: Sequence[re.Match[str]], at: int) -> tuple[int, int]:
    """The number in letters that begins at a token: its value, and how many words it takes."""
    hundreds, length = 0, 0
    first = _value(text, tokens, at)
    if first == 100:
        hundreds, length = 100, 1
    elif first is not None and 1 < first < 10 and _value(text, tokens, at + 1, joined=True) == 100:
        hundreds, length = first * 100, 2
    if not hundreds:
        return _below_a_hundred(text, tokens, at)
    rest = _value(text, tokens, at + length, joined=True)
    if rest is None or rest in (0, 100):
        return hundreds, length
    value, words = _below_a_hundred(text, tokens, at + length)
    return hundreds + value, length + words


def _below_a_hundred(text: str, tokens: Sequence[re.Match[str]], at: int) -> tuple[int, int]:
    first = _value(text, tokens, at) or 0
    second = _value(text, tokens, at + 1, joined=True)
    if first == 4 and second == 20:
        return _with_units(text, tokens, 80, at, 2, most=19)
    if first == 10 and second in (7, 8, 9):
        return 10 + second, 2
    if first >= 20:
        return _with_units(text, tokens, first, at, 1, most=19 if first == 60 else 9)
    return first, 1


def _with_units(
    text: str, tokens: Sequence[re.Match[str]], tens: int, at: int, length: int, *, most: int
) -> tuple[int, int]:
    unit = _value(text, tokens, at + length, joined=True)
    if unit is None or not 0 < unit <= most:
        return tens, length
    if unit == 10:
        more = _value(text, tokens, at + length + 1, joined=True)
        if more in (7, 8, 9):
            return tens + 10 + more, length + 2
    return tens + unit, length + 1


def _value(text: str, tokens: Sequence[re.Match[str]], at: int, *, joined: bool = False) -> int | None:
    """The value of a word, None for figures, past the end, or where it must be joined to the word before and is not."""
    if at >= len(tokens):
        return None
    if joined and not _JOINED.fullmatch(text, tokens[at - 1].end(), tokens[at].start()):
        return None
    word = tokens[at].group().lower()
    return None if word.isdigit() else _VALUES.get(word, 0)
