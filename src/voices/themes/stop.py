"""Words that never make a theme, a keyword or a label; `empty_words.txt` holds them, a section a kind."""

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
