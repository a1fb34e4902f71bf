"""Social-security numbers: written, miscopied, without their key or with it apart, read aloud."""

import re
from collections.abc import Iterator, Sequence

from voices.privacy.spoken import Run, runs

_APART = r"[ ./_\u00a0\u202f\u2010-\u2014-]{0,3}"
_KEY = (
    r"(?:[ ,;.(\u00a0]{0,3}(?:et |avec |puis )?(?:la |une |sa )?(?:cl[ée]f?(?: de contr[ôo]le)?)"
    r"(?: c['’]est| est)?\s?:?\s?)"
)
_NUMBER = re.compile(
    rf"(?<![\d+])[1-478](?:{_APART}[\doO]){{5}}{_APART}[\dABab](?:{_APART}[\doO]){{6}}"
    rf"(?:(?:{_APART}|{_KEY})\d ?\d)?(?!\d)"
)
_CUE = re.compile(
    r"s[ée]cu|\bss\b|\bnir\b|\bn[°o]ss\b|assur[ée]e?s?\b|immatricul|vitale|\bcpam\b|\bameli\b|\binsee\b|cl[ée]f?\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"s[ée]cu|\bss\b|\bnir\b|\bn[°o]ss\b|vitale", re.IGNORECASE)
_NEARLY = re.compile(
    rf"(?<![\d+])[1-478]{_APART}\d\d{_APART}(?:0[1-9]|1[0-2])(?:{_APART}[\dABab]{{2}})(?:{_APART}\d){{0,9}}(?![\d€])"
)
_BEGINNING = re.compile(r"[12]\d\d(?:0[1-9]|1[0-2])\d*")
_BIRTH = re.compile(r"[12]\d\d(?:0[1-9]|1[0-2]|[2-4]\d|[5-9]\d)(?:\d\d|2[AB])\d{6}(?:\d\d)?")
"""What the digits tell: a woman or a man, the year, the month (above 20 where it is unknown), the place, the rank."""
_GROUPED = re.compile(r"[12]([ .-])\d\d\1\d\d\1\d[\dABab]\1\d{3}\1\d{3}(?!\d)")
_KEY_SAID = re.compile(r"[\s,;:]{0,3}|[^\n\d.!?]{0,25}\bcl[ée]f?\b[^\n\d.!?]{0,20}", re.IGNORECASE)
_CORSICA = re.compile(r"[\s,]{1,3}(?:a|b|b[ée])[\s,]{1,3}", re.IGNORECASE)
_LONGEST_GAP = 80
_BEFORE, _AFTER = 60, 25


def social_security(text: str) -> Iterator[tuple[int, int]]:
    """Where social-security numbers are: right by their key, or by their shape and the words around them."""
    for match in _NUMBER.finditer(text):
        if _is_one(text, match):
            yield match.span()
    for match in _NEARLY.finditer(text):
        if _NAMED.search(text, max(0, match.start() - _BEFORE), match.start()):
            yield match.span()
    said = runs(text)
    for position, run in enumerate(said):
        article = text[run.start : run.end].lower() == "une"
        if run.spoken and not article and run.numbers[0].digits in ("1", "2", "3", "4", "7", "8"):
            yield from _read_aloud(text, said[position : position + 12])


def _is_one(text: str, match: re.Match[str]) -> bool:
    from stdnum.fr import nir

    written = match.group()
    if _told(text, match.start(), match.end()) or _GROUPED.match(written):
        return True
    return bool(nir.is_valid(re.sub(r"[^\dAB]", "", written.upper())))


def _told(text: str, start: int, end: int) -> bool:
    before = _CUE.search(text, max(0, start - _BEFORE), start)
    return (before or _CUE.search(text, end, end + _AFTER)) is not None


def _read_aloud(text: str, said: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """A number read aloud, its key with it, in one breath or, where the words before say what it is, in several."""
    told = _told(text, said[0].start, said[0].end)
    named = _NAMED.search(text, max(0, said[0].start - _BEFORE), said[0].start) is not None
    pieces, digits = [(said[0].start, said[0].end)], said[0].digits
    for run in said[1:]:
        start, end = pieces[-1]
        if _CORSICA.fullmatch(text, end, run.start) and len(digits) == 6:
            pieces[-1] = (start, run.end)
            digits += "A" + run.digits
            continue
        if len(run.digits) == 1 and run.start - end <= _LONGEST_GAP and named:
            continue
        key = len(run.digits) <= 2 and _KEY_SAID.fullmatch(text, end, run.start)
        again = told and run.start - end <= _LONGEST_GAP and len(run.digits) > 1 and len(digits) < 13
        if not (run.spoken or key) or not (key or again) or len(digits) + len(run.digits) > 16:
            break
        if key:
            pieces[-1] = (start, run.end)
        else:
            pieces.append((run.start, run.end))
        digits += run.digits
    whole = len(digits) in (13, 15) and _BIRTH.fullmatch(digits)
    loose = len(pieces) == 1 and 12 <= len(digits) <= 16 and _BEGINNING.fullmatch(digits)
    if whole or loose or (told and 11 <= len(digits) <= 16) or (named and _BEGINNING.fullmatch(digits)):
        yield from pieces
