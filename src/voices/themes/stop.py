"""Words that never make a theme, a keyword or a label; `empty_words.txt` holds them, a section a kind."""

import re
from pathlib import Path


def _sections() -> dict[str, frozenset[str]]:
    sections: dict[str, frozenset[str]] = {}
    for block in Path(__file__).with_name("empty_words.txt").read_text(encoding="utf-8").split("\n\n"):
        head, _, body = block.partition("\n")
        sections[head[1 : head.index("]")]] = frozenset(body.split())
    return sections


_SECTIONS = _sections()
FILLERS = _SECTIONS["fillers"]
"""Hesitations, discourse markers and greetings, as lemmas or as written."""
STOP = frozenset[str]().union(*_SECTIONS.values())
"""All of them: fillers, all-purpose verbs, nouns and adjectives, time and number."""
_DRAWN_OUT = re.compile(
    r"m+h*m*|h+m+h*|e+u+h+|h+e+u+|b+e*u*h+|b+[ae]+[hn]+|p+f+|t+s+|a+h+|o+h+|h+e+i+n+|h+[ae]+|h+o+p+|ou+a+i+s+"
)


def is_filler(word: str) -> bool:
    """Whether that word, as written or as a lemma, is a filler, however long it was drawn out (« mmh », « euuuh »)."""
    return word in FILLERS or _DRAWN_OUT.fullmatch(word) is not None
