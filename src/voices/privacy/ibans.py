"""IBANs and the French numbers of accounts (RIB), written or read aloud."""

import re
from collections.abc import Iterator

from voices.privacy.spoken import runs

_BETWEEN = " .-/_\n\u00a0\u202f"
_IBAN = re.compile(
    r"(?:\b|(?<=iban))[A-Z] ?[A-Z][ \u00a0]?\d ?\d(?:[ ./_\n\u00a0\u202f-]{0,2}[A-Z0-9]){11,30}\b", re.IGNORECASE
)
_RIB = re.compile(
    r"(?<![\w-])\d{5}"
    r"([ .\u00a0-]{0,2})\d{5}\1(?:[\dA-Z]{11}|(?:[\dA-Z]{2,4}[ \u00a0]){2,4}[\dA-Z]{1,4})\1\d{2}(?![\w-])"
)
_PART = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0][A-Z0-9]{4}){1,6}(?:[ \u00a0][A-Z0-9]{1,3})?\b")
_FIELD = re.compile(
    r"\b(?:compte|banque|guichet)(?: bancaire)?\W{0,3}(?:(?:n[°ºo]|num[ée]ro|est|c['’]est|le)\W{0,3}){0,3}"
    r"(?P<number>(?<!\d)(?:\d{10,11}[A-Z]?|(?<=banque )\d{5}|(?<=guichet )\d{5})\b(?:,? cl[ée] ?:? ?\d\d\b)?)",
    re.IGNORECASE,
)
"""The parts of a RIB, one by one: « code banque 30006, guichet 00001, compte 12345678901, clé 89 »."""
_SAID = re.compile(r"\b(?:f[ .]{0,2}r|iban|rib|compte)\b[ .,:]{0,3}(?:c['’]est |est |le )?", re.IGNORECASE)
_CUE = re.compile(r"\b(?:iban|rib|compte|virements?|virer|vers(?:er|ez|é)|bancaires?)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[\s,]{1,3}(?:[a-z][\s,]{1,3}){1,4}", re.IGNORECASE)
_AROUND = 60
_LONGEST = 400


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Where accounts are: IBANs by their check digits, or, miscopied, where France or the words around tell them."""
    for match in _IBAN.finditer(text):
        yield from _whole(text, match)
    for match in _PART.finditer(text):
        if sum(map(str.isdigit, match.group())) >= 6 and _told(text, match.start()):
            yield match.span()
    for match in _RIB.finditer(text):
        yield match.span()
    for match in _FIELD.finditer(text):
        yield match.span("number")
    for said in _SAID.finditer(text):
        end = _read_aloud(text[said.end() : said.end() + _LONGEST])
        if end:
            yield (said.start() if said.group()[0] in "fF" else said.end()), said.end() + end


def _whole(text: str, match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """A trailing word that the shape swallowed is given back."""
    from stdnum import iban

    found, start = match.group(), match.start()
    while found and not iban.is_valid(re.sub(r"[\W_]", "", found), check_country=False):
        found = found[:-1].rstrip(_BETWEEN)
    if len(found) >= 15:
        yield start, start + len(found)
        return
    digits = sum(map(str.isdigit, match.group()))
    if re.match(r"FR\d{2}", match.group(), re.IGNORECASE) and digits >= 20:
        yield match.span()
    elif match.group()[:2].isupper() and digits >= 12 and _told(text, start):
        end = re.search(r"[\s./_-]+[a-z]", match.group())
        yield start, start + end.start() if end else match.end()


def _read_aloud(text: str) -> int:
    """Where the account ends that is read aloud from the beginning of a text, its letters with it; 0 where none is."""
    said = list(runs(text))
    if not said or said[0].start or not said[0].spoken:
        return 0
    end, digits = said[0].end, len(said[0].digits)
    for run in said[1:]:
        if not _LETTERS.fullmatch(text, end, run.start):
            break
        end, digits = run.end, digits + len(run.digits)
    return end if digits >= 14 else 0


def _told(text: str, start: int) -> bool:
    return _CUE.search(text, max(0, start - _AROUND), start) is not None
