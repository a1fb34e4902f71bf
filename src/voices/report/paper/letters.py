"""What paper can bear of a text: the letters that our fonts have; others have a sign in their place."""

import re
import unicodedata
from functools import cache
from pathlib import Path

UNKNOWN = "\u25af"
"""An upright box, where no font of ours has the letter."""
_LONGEST = 40
"""A word longer than this may be broken anywhere: by spaces of no width, that copying a line may bring along."""
_LONG = re.compile(rf"\S{{{_LONGEST + 1},}}")
_JOINERS = "\u200c\u200d"
"""Of the signs that are not seen, those that shape Arabic and Indic letters. The others could turn a line around."""


def printable(words: str) -> str:
    """The words as paper can bear them."""
    kept = "".join(_borne(one) for one in words)
    return _LONG.sub(lambda found: "\u200b".join(_slices(found[0])), kept)


def _borne(one: str) -> str:
    if one == "\n" or one in _JOINERS or one in _letters():
        return one
    kind = unicodedata.category(one)
    return " " if one == "\t" or kind == "Zs" else "" if kind in ("Cc", "Cf", "Cs", "Mn") else UNKNOWN


def _slices(word: str) -> list[str]:
    return [word[at : at + _LONGEST] for at in range(0, len(word), _LONGEST)]


@cache
def _letters() -> frozenset[str]:
    """Every letter of a font of ours, but signs that are not seen."""
    lines = (Path(__file__).parent / "fonts" / "letters.txt").read_text(encoding="utf-8").split()
    ranges = (line.split("-") for line in lines)
    found = (chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))
    return frozenset(one for one in found if unicodedata.category(one) not in ("Cc", "Cf", "Cs"))
