"""One way of writing characters, for every format: NFC, `\\n` alone for line ends, no control characters."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_TYPOGRAPHIC_LIGATURES = {ord(char): unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}


def normalise(text: str) -> tuple[str, int]:
    """The text in NFC with `\\n` line ends, and how many control characters were taken out of it.

    Non-breaking spaces stay: French typography needs them. Normalising twice changes nothing more.
    """
    text = _LINE_ENDS.sub("\n", text)
    text, removed = _CONTROLS.subn("", text)
    return unicodedata.normalize("NFC", text), removed


def plain_name(name: str) -> str:
    """A file's name without the characters that hide, turn or break what a person reads."""
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", name)


def without_ligatures(text: str) -> str:
    """The text with « ﬁ », « ﬂ »… (U+FB00 to U+FB06) written as letters; nothing else is changed."""
    return text.translate(_TYPOGRAPHIC_LIGATURES)


def folded(text: str) -> str:
    """The words alone: small letters, no accents, single spaces, straight apostrophes. Made to compare, not to show."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "oe").lower())
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", text))


def words(text: str) -> frozenset[str]:
    """The words of a list that is easier to read as running text."""
    return frozenset(text.split())
