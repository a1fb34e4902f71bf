"""Which encoding a French text was written in: BOM, then strict UTF-8, then the one that gives French words.

Before Unicode, French text comes from Windows (cp1252), from old Macs (mac_roman) or from DOS (cp850). Each reads the
bytes of the others without complaint, so the choice is made on what the characters do: a French accented letter stands
inside a word, « opens before a space, ’ sits between two letters, a capital never follows a small letter.
"""

import codecs
import re
from dataclasses import dataclass, replace
from itertools import islice

from voices.ingest.agreeing import agreed

LABELS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 (petit-boutiste)",
    "utf-16-be": "UTF-16 (gros-boutiste)",
    "utf-32-le": "UTF-32 (petit-boutiste)",
    "utf-32-be": "UTF-32 (gros-boutiste)",
    "cp1252": "Windows (cp1252)",
    "mac_roman": "Macintosh (mac_roman)",
    "cp850": "MS-DOS (cp850)",
}
LEGACY = ("cp1252", "mac_roman", "cp850")

# UTF-32 comes first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4_000  # characters beyond ASCII looked at: more would not change the choice
_CLOSE = 1.0  # below this difference between the two best sums, a second opinion is asked
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_LYING = "Le fichier se dit en UTF-16 et n’en est pas\u202f: il est lu en UTF-8."
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

# How likely a French text is to use each character beyond ASCII, as rounded natural logarithms of its share.
_COMMON = {
    **dict.fromkeys("é", -0.6),
    **dict.fromkeys("àè’", -2.0),
    **dict.fromkeys("êç«»\u00a0", -3.0),
    **dict.fromkeys("ôîûùâœ…–—É", -4.0),
    **dict.fromkeys("ïëÀÊÇ€°“”‘üÈÎÔŒ•", -5.5),
}
_RARE = -9.0
_HARDLY_FRENCH = -6.0  # the mean where most characters beyond ASCII are rare or misplaced; French is about -1.5
_MISPLACED = -6.0


@dataclass(frozen=True, slots=True, repr=False)
class Decoded:
    """A text, the Python name of the encoding it was read in, and what to say of it (French sentences)."""

    text: str
    encoding: str
    details: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Decoded({self.encoding}, {len(self.text)} caractères)"


def decode(data: bytes) -> Decoded:
    """The text of these bytes, without BOM, with the encoding that was chosen and how sure the choice is."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            return _decoded(rest, "utf-8", (_LYING,)) if _lies(rest, encoding) else _decoded(rest, encoding)
    if wide := _unmarked_utf16(data):
        return _decoded(data, wide)
    if _is_utf8(data):
        return _decoded(data, "utf-8")
    encoding, sure = _legacy(data)
    sure = sure and french_likelihood(data.decode(encoding, errors="replace")) >= _HARDLY_FRENCH
    doubt = () if sure else ("L’encodage du fichier est incertain\u202f: vérifier les lettres accentuées.",)
    return _decoded(data, encoding, doubt)


def without_nuls(decoded: Decoded) -> Decoded:
    """The same text without its NUL characters, and how many there were said."""
    count = decoded.text.count("\0")
    if not count:
        return decoded
    told = f"{agreed(count, 'caractère nul retiré')}\u202f: vérifier que le texte est entier."
    return replace(decoded, text=decoded.text.replace("\0", ""), warnings=(*decoded.warnings, told))


def looks_garbled(text: str) -> bool:
    """Whether UTF-8 was once read as something else in this text (« Ã© » for « é »), at least twice."""
    return len(re.findall("Ã[\u00a0-\u00bf\u0192\u2030\u2021\u02c6]|â€[™œ¦\u009d“”˜]|√[©®†™¥]|‚Ä[ôú¶]", text)) >= 2


def french_likelihood(text: str) -> float:
    """How much the characters beyond ASCII are used as French uses them: mean log-likelihood, 0 is best."""
    scores = [_score(text, match.start()) for match in islice(_BEYOND_ASCII.finditer(text), _SAMPLE)]
    return sum(scores) / len(scores) if scores else 0.0


def _decoded(data: bytes, encoding: str, warnings: tuple[str, ...] = ()) -> Decoded:
    text = data.decode(encoding, errors="replace")
    broken = text.count(_BROKEN)
    if broken:
        warnings += (f"{agreed(broken, 'caractère illisible remplacé')} par «\u202f{_BROKEN}\u202f».",)
    return Decoded(text, encoding, (f"Encodage\u202f: {LABELS[encoding]}.",), warnings)


def _lies(data: bytes, encoding: str) -> bool:
    """Whether bytes said to be UTF-16 are UTF-8: French in UTF-16 has a zero byte in each letter of the alphabet."""
    return encoding.startswith("utf-16") and data != b"" and b"\0" not in data and _strictly_utf8(data)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows by its zero bytes: nearly one in two, all on the same side."""
    sample = data[:20_000]
    if len(sample) < 4:
        return None
    half = len(sample) // 2
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else None


def _is_utf8(data: bytes) -> bool:
    """Strict UTF-8, or UTF-8 with broken bytes (a file cut short, damaged, two files pasted together).

    In the old encodings an accented letter stands among plain ones, which makes no character of UTF-8: two that are
    sound for one that is broken are no chance.
    """
    if _strictly_utf8(data):
        return True
    text = data.decode("utf-8", errors="replace")
    broken = text.count(_BROKEN)
    return sum(1 for _ in islice(_BEYOND_ASCII.finditer(text), 3 * broken)) >= 3 * broken


def _strictly_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _legacy(data: bytes) -> tuple[str, bool]:
    """The likeliest of the three old encodings, and whether the choice is clear."""
    sums = {encoding: _total(data.decode(encoding, errors="replace")) for encoding in LEGACY}
    best, second = sorted(LEGACY, key=lambda encoding: -sums[encoding])[:2]
    if sums[best] - sums[second] >= _CLOSE:
        return best, True
    return _second_opinion(data, (best, second)), False


def _total(text: str) -> float:
    return sum(_score(text, match.start()) for match in islice(_BEYOND_ASCII.finditer(text), _SAMPLE))


def _second_opinion(data: bytes, candidates: tuple[str, ...]) -> str:
    import chardet  # 0.1 s, and needed by very few files

    # Without a `no_match_encoding` chardet answers None, with a warning, where it cannot decide.
    answer = chardet.detect(
        data, include_encodings=list(candidates), no_match_encoding=candidates[0], compat_names=False
    )
    found = str(answer["encoding"] or candidates[0])
    return next((one for one in candidates if codecs.lookup(one) == codecs.lookup(found)), candidates[0])


def _score(text: str, at: int) -> float:
    """Log-likelihood of the character there, given its two neighbours."""
    char = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return _COMMON.get(char, _RARE) + (0.0 if _in_place(char, before, after) else _MISPLACED)


def _in_place(char: str, before: str, after: str) -> bool:
    if char.isalpha():
        return _letter_in_place(char, before, after)
    if char == "’":
        return before.isalpha()
    if char == "«":
        return not before.isalnum() and (after in " \u00a0\u202f" or after.isalnum())
    if char == "»":
        return not after.isalnum()
    if char == "\u00a0":
        return before in "«–—-" or after in "»:;!?%€" or before.isdigit()
    return not (before.isalpha() and after.isalpha())


def _letter_in_place(char: str, before: str, after: str) -> bool:
    """A capital opens a word; « à » and « ù » end one; other small letters stand inside."""
    if char.isupper():
        return not before.islower()
    if char in "àù":
        return not after.isalpha()
    if before.isalpha():
        return True
    return after.isalpha() and char in "éêœîôâ"
