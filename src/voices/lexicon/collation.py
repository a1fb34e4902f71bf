"""The order of words in a French dictionary: « é » beside « e », « œ » as « oe », capitals with small letters.

Python sorts « élève » after « zone »; the computer's own French order is not installed everywhere.
"""

import re
import unicodedata

from voices.letters import without_accents

Key = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_WORD = re.compile(r"[^\W_]+")
_OPENED = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "Oe", "Æ": "Ae"})


def words(text: str) -> list[str]:
    """The words of the text, punctuation left out."""
    return _WORD.findall(text)


def key(*some: str) -> Key:
    """What to sort those words by, taken one after the other: letters first, then accents, then capitals."""
    apart = [unicodedata.normalize("NFD", word.translate(_OPENED)) for word in some]
    bare = tuple(without_accents(word.lower()) for word in apart)
    return bare, tuple(word.lower() for word in apart), tuple(word.swapcase() for word in apart)


def of(text: str) -> Key:
    """What to sort a text by."""
    return key(*words(text))
