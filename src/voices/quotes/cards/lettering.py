"""Lines of text of a known width: what a card is laid out with, without a browser.

Widths come with the fonts (`scripts/card_fonts.py`) and leave kerning out, which only narrows: no line is wider than
it is said to be.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parents[1] / "fonts"
_SPACE = r"[ \t\n\r\f\v\u2028\u2029]+"
_PARTED = re.compile(rf"(?<![«]){_SPACE}(?![;:!?»])")
"""Where a line may end: not at a firm space, nor where French wants one, before ; : ! ? and inside « »."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font that comes with voices: the name of its files, and of its family inside."""

    file: str
    family: str

    @property
    def path(self) -> Path:
        """The TrueType file."""
        return FONTS / f"{self.file}.ttf"

    def width(self, text: str, size: float) -> float:
        """How wide the text is at most, at that size."""
        widths = _widths(self.file)
        return sum(widths.get(character, 1000) for character in text) * size / 1000

    def lacking(self, text: str) -> tuple[str, ...]:
        """The characters of the text that it cannot draw, once each."""
        return tuple(dict.fromkeys(character for character in shown(text) if character not in _widths(self.file)))


SPEAKING = Font("vollkorn-medium", "Vollkorn Medium")
NAMING = Font("atkinson-semibold", "Atkinson Hyperlegible Next SemiBold")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size, and how far apart."""

    lines: tuple[str, ...]
    size: float
    leading: float

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return self.leading * len(self.lines)


def shown(text: str) -> str:
    """The text as it is drawn: without the characters that only steer others, white space as one space."""
    seen = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return re.sub(_SPACE, " ", seen).strip()


def fit(
    text: str, font: Font, *, width: float, height: float, largest: float, least: float, leading: float
) -> Block | None:
    """The text in the largest size, from `largest` to `least`, at which it stays in that width and height; or None.

    Its lines are as even as that number of lines allows. `leading` is a share of the size.
    """
    words = [(word, font.width(word, 1)) for word in _PARTED.split(shown(text))]
    space = font.width(" ", 1)
    step = (largest - least) / 60
    for number in range(61):
        size = largest - number * step
        lines = _lines(words, space, width / size)
        if lines is not None and len(lines) * size * leading <= height:
            return Block(_evened(words, space, width / size, lines), size, size * leading)
    return None


Words = Sequence[tuple[str, float]]
"""Words, each with its width at size 1."""


def _lines(words: Words, space: float, width: float) -> tuple[str, ...] | None:
    """As many words a line as it holds; None where a word is wider than a line."""
    lines: list[list[str]] = []
    left = 0.0
    for word, wide in words:
        if wide > width:
            return None
        if lines and space + wide <= left:
            lines[-1].append(word)
            left -= space + wide
        else:
            lines.append([word])
            left = width - wide
    return tuple(" ".join(line) for line in lines)


def _evened(words: Words, space: float, width: float, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The same number of lines, cut at the narrowest width that gives it: no last line of one word."""
    low, high, best = width / 2, width, lines
    for _ in range(12):
        middle = (low + high) / 2
        tried = _lines(words, space, middle)
        if tried is None or len(tried) > len(lines):
            low = middle
        else:
            high, best = middle, tried
    return best


@cache
def _widths(file: str) -> dict[str, int]:
    found: dict[str, int] = json.loads((FONTS / f"{file}.json").read_text(encoding="utf-8"))
    return found
