"""Contact details and numbers that lead to a person: telephones, e-mails, addresses, links, IBAN, NIR.

Shapes are regular expressions; what is doubtful is settled by the validators of phonenumbers and python-stdnum.
Numbers said aloud (« zéro six douze… ») and addresses dictated (« arobase ») are found too.
"""

import re
from collections.abc import Callable, Iterator

from voices.privacy.protection import Span

MARKS = {
    "lien": "[lien]",
    "courriel": "[courriel]",
    "iban": "[IBAN]",
    "securite_sociale": "[numéro de sécurité sociale]",
    "telephone": "[téléphone]",
    "adresse": "[adresse]",
}
"""What stands in the text instead, by kind."""

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>«»\"]+"
    r"|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:fr|com|org|net|eu|be|ch|io|info|asso|re|bzh)\b(?:/[^\s<>«»\"]*)?"
    r"|(?<![\w.])@\w[\w.]{2,}",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:@|\s@\s|\s?(?:\[at\]|\(at\)|\[arobase\]|\(arobase\))\s?)[\w-]+(?:\s?\[dot\]\s?[\w-]+|\.[\w-]+)+"
    r"|(?<![\w.+-])\w[\w.+-]*(?:\s+(?:point|tiret|underscore|tiret du (?:bas|huit|8|6|six))\s+\w+){0,6}\s+arr?obase"
    r"\s+\w+(?:\s+tiret\s+\w+)*(?:\s+point\s+\w+|\.\w+)+",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_NIR = re.compile(
    r"(?<!\d)[1-478](?:[ .\u00a0\u202f-]?\d){4}[ .\u00a0\u202f-]?[\dAB](?:[ .\u00a0\u202f-]?\d){7}"
    r"(?:[ .\u00a0\u202f-]{0,3}\d{2})?(?!\d)"
)
_NIR_CUE = re.compile(r"s[ée]cu|\bss\b|\bnir\b|assur[ée]e?\b|immatriculation", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\d+])(?:(?:\+|00)[\s.]?33[\s.]*(?:\(0\)|0)?|\(0\)|0)[\s.\-/\u00a0\u202f]?[1-9](?:[\s.\-/\u00a0\u202f]?\d){8}(?!\d)"
)
_FOREIGN = re.compile(r"(?<!\d)(?:\+|00)[1-9]\d{0,2}(?:[\s.\-/()\u00a0\u202f]{0,2}\d){6,12}(?!\d)")
_UNITS = "z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
_TENS = "vingts?|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante"
_SPOKEN = re.compile(
    rf"\b(?:z[ée]ro|plus trente[ -]trois)(?:[\s,.-]+(?:et[\s-]+)?(?:{_UNITS}|{_TENS}|\d{{1,2}})\b){{5,24}}"
    rf"|\b0[1-9](?:[\s,.-]+(?:et[\s-]+)?(?:{_UNITS}|{_TENS})\b){{4,24}}",
    re.IGNORECASE,
)
_SPOKEN_NUMBER = rf"(?:{_UNITS}|{_TENS}|cent)(?:[ -](?:et[ -])?(?:{_UNITS}|{_TENS}|cent)){{0,4}}"
_WAY = (
    r"rue|ruelle|avenue|av\.?|boulevard|bd\.?|bld\.?|boul\.|place|pl\.|impasse|imp\.|chemin|ch\.|all[ée]e|quai|square|"
    r"cours|route|rte|sentier|passage|faubourg|fbg|villa|esplanade|promenade|mont[ée]e|venelle|rond-point|lotissement|"
    r"r[ée]sidence|mail|chauss[ée]e|traverse|voie"
)
_LINKWORD = r"(?:(?:de la|de l['’]|du|des|de|d['’]|la|les|le|l['’]|aux|au|à la|à|en|sous|sur|lès)\s*)"
_STREET_WORD = r"(?:(?:St|Ste|Gal|Mal|Dr|Pdt|[A-Z])\.|[A-ZÀ-Þ\d][\w’'-]*)"
_ADDRESS = re.compile(
    rf"(?<![\w,.])(?:\d{{1,4}}|\b(?i:{_SPOKEN_NUMBER}))(?:\s?(?i:bis|ter|quater|[A-D])\b)?\s?,?\s+"
    r"(?:de la |de l['’]|du )?"
    rf"(?P<way>(?i:{_WAY}))\s+(?P<links>{_LINKWORD}{{0,4}})"
    rf"(?P<name>{_STREET_WORD}(?:[ -]{_LINKWORD}{{0,4}}{_STREET_WORD}){{0,8}}"
    r"|[^\W\d_]{3,}(?:-[^\W\d_]+)*(?:\s(?:moulin|jaur[eè]s|hugo|ferry|zola|curie|michel))?)"
)
_BEFORE_A_NUMBERED_ADDRESS = re.compile(r"(?:\bdu|\ble|\bles|\bces|\bdes|\bdans)\s+$", re.IGNORECASE)


def contacts(text: str) -> tuple[Span, ...]:
    """The contact details of a text, in order, never overlapping; where two rules meet, the first of MARKS wins."""
    found: list[Span] = []
    taken = bytearray(len(text))
    for kind, finder in _FINDERS.items():
        for start, end in finder(text):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Span(start, end, kind))
    return tuple(sorted(found, key=lambda span: span.start))


def _links(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINK.finditer(text):
        if not text.startswith("@", match.end()):
            yield match.start(), match.start() + len(match.group().rstrip(".,;:!?)…"))


def _emails(text: str) -> Iterator[tuple[int, int]]:
    for match in _EMAIL.finditer(text):
        yield match.start(), match.end()


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    """IBANs by their check digits; a trailing word that the shape swallowed is given back."""
    for match in _IBAN.finditer(text):
        from stdnum import iban

        found, start = match.group(), match.start()
        while found and not iban.is_valid(found, check_country=False):
            found = found[:-1].rstrip()
        if len(found) >= 15:
            yield start, start + len(found)
        elif re.match(r"FR\d{2}", match.group(), re.IGNORECASE) and _digits(match.group()) >= 20:
            yield match.span()


def _social_security(text: str) -> Iterator[tuple[int, int]]:
    """Social-security numbers: right by their key, or, miscopied, where the words before say what they are."""
    for match in _NIR.finditer(text):
        from stdnum.fr import nir

        said = _NIR_CUE.search(text, max(0, match.start() - 60), match.start()) is not None
        if said or nir.is_valid(re.sub(r"[^\dAB]", "", match.group())):
            yield match.span()


def _telephones(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_PHONE, _SPOKEN):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _FOREIGN.finditer(text):
        if _is_foreign_number(match.group()):
            yield match.span()


def _is_foreign_number(number: str) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(number, "FR"))
    except phonenumbers.NumberParseException:
        return False


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Street addresses with a number. « Le 3 allée de fraises » counts rows, it is nobody's address."""
    for match in _ADDRESS.finditer(text):
        named = match["name"][0].isupper() or match["name"][0].isdigit()
        spoken = not match.group()[0].isdigit()
        if spoken and not (named and match.group().split()[0].lower() not in ("un", "une")):
            continue
        counted = _BEFORE_A_NUMBERED_ADDRESS.search(text[max(0, match.start() - 8) : match.start()]) is not None
        if named or not counted:
            yield match.span()


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


_FINDERS: dict[str, Callable[[str], Iterator[tuple[int, int]]]] = {
    "courriel": _emails,
    "lien": _links,
    "iban": _ibans,
    "securite_sociale": _social_security,
    "telephone": _telephones,
    "adresse": _addresses,
}
