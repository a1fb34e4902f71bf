"""What stands in a text and nobody said: in square brackets, an address, a number, a name, a laugh."""

import re

_BRACKETS = re.compile(r"\[[^\[\]\n]*\]")


def stretches(text: str) -> list[tuple[int, int]]:
    """Where each begins and ends, its brackets included."""
    return [found.span() for found in _BRACKETS.finditer(text)]
