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

_TLD = "fr|com|org|net|eu|be|ch|io|info|asso|re|bzh|gg|me|tv|app|co|ly|ma|dz|tn|sn|uk|xyz|site|paris"
_LINK = re.compile(
    r"(?:https?\s?:\s?//|www\s?\.)\s?[^\s<>«»\"]+"
    rf"|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:{_TLD})\b(?:/[^\s<>«»\"]*)?"
    r"|(?<![\w.])@\w[\w.-]{2,}"
    r"|\b(?:trois w|www|w w w|triple w|double v double v double v)\s+(?:point\s+)?\w+"
    r"(?:[\s-]+(?!point\b)\w+){0,3}?(?:\s+point\s+\w{1,30}){1,4}(?:\s+slash\s+\w{1,40}){0,3}"
    r"|(?<![\w-])[\w-]{1,30}(?:\s+(?:tiret|point)\s+[\w-]{1,30}){0,4}\s+point\s+(?:fr|com|org|net)\b"
    r"(?:\s+slash\s+[\w-]{1,40}){0,3}"
    r"|(?<![\w.])\w{1,30}[_.]\w{0,30}\b(?=\s+(?:sur|su)\s+(?:insta|snap|tiktok|facebook|fb|twitter|discord))",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|discord|pseudo)\s?:\s?(?P<name>\w[\w.]{2,})", re.IGNORECASE
)
_AROBASE = r"(?:arr?o[bv]a[sz]e?|\bat\b|a commercial)"
_AT = r"(?:@\s?|\s@\s|\s?[\[(]\s?(?:at|a|arr?obase?)\s?[\])]\s?)"
_DOT = r"(?:\s?[\[(]\s?(?:dot|point|pt)\s?[\])]\s?|\.|,(?=[a-z])|\s\.\s?(?=(?:fr|com|org|net|eu|be)\b))"
_SAID = r"(?:tiret(?: du? ?(?:bas|haut|huit|8|6|six))?|underscore|point|trait d['’]union)"
_HOST = (
    r"(?:g[ -]?mail|hot ?mail|yahoo|orange|la ?poste|wanadoo|sfr|free|outlook|icloud|proton(?: ?mail)?|live|bbox"
    r"|exemple|example)"
)
_EMAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,30}}){{1,4}}"
    rf"|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{2,40}}"
    rf"|(?<![\w.+-])[\w.+'’-]{{1,40}}(?:\s+{_SAID}\s+[\w.+-]{{1,30}}|\s+(?:\d{{1,4}}|\w(?=\s))){{0,6}}\s+{_AROBASE}"
    rf"\s+\w+(?:[\s-]+(?:tiret\s+)?(?!point\b)\w+){{0,2}}?(?:\s+(?:point|dot)\s+\w{{2,20}}|\.\w{{2,20}}){{1,3}}"
    rf"|(?<![\w.+-])[\w.+-]{{1,40}}(?:\s+{_SAID}\s+[\w.+-]{{1,30}}){{0,6}}\s+"
    rf"(?:{_AROBASE}\s+{_HOST}|chez\s+{_HOST}(?=\s*(?:point|\.)\s*\w))(?:\s*(?:point|\.)\s*\w{{2,3}}\b)?"
    rf"|(?<![\w.+-])[\w+-]{{1,40}}(?:\s+{_SAID}\s+[\w+-]{{1,30}}){{0,6}}\s+arr?oba[sz]e?\s+\w+",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}[ \u00a0]?\d{2}(?:[ .\u00a0\u202f-]{0,2}[A-Z0-9]){11,30}\b", re.IGNORECASE)
_BETWEEN = " .-\u00a0\u202f"
_NIR = re.compile(
    r"(?<!\d)[1-478](?:[ ./\u00a0\u202f-]{0,3}\d){5}[ ./\u00a0\u202f-]{0,3}[\dABab](?:[ ./\u00a0\u202f-]{0,3}\d){6}"
    r"(?:[ ./\u00a0\u202f-]{0,3}(?:cl[ée]\s?:?\s?)?\d ?\d)?(?!\d)"
)
_NIR_CUE = re.compile(r"s[ée]cu|\bss\b|\bnir\b|assur[ée]e?\b|immatriculation", re.IGNORECASE)
_APART = r"[\s.\-/,_\u00a0\u202f]{0,3}"
_PHONE = re.compile(
    rf"(?<![\d+])(?:(?:\+|00)[\s.]?33{_APART}(?:\(0\)|[0oO])?|\(0\)|\((?=0[1-9]\))0|[0oO]){_APART}[1-9]"
    rf"(?:{_APART}[\doO]){{8}}(?![\doO])"
    r"|(?<=[@#])0[1-9]\d{8}(?!\d)"
)
_PHONE_WITHOUT_ZERO = re.compile(
    rf"(?i:t[ée]l"
    rf"(?:[ée]phone)?|portable|num[ée]ro|num|appel\w*|joindre|fixe|mobile)[^\d\n]{{0,25}}(?P<number>[1-9]{_APART}\d\d(?:{_APART}\d\d){{3}})(?![\d/])"
)
_IN_TWO = re.compile(r"(?<!\d)(0[1-79](?:[ .-]?\d\d){0,3})(?!\d)([^\d\n€]{2,40}?)(\d\d(?:[ .-]?\d\d){0,3})(?!\d)")
_FOREIGN = re.compile(r"(?<!\d)(?:\+|00)[1-9]\d{0,2}(?:[\s.\-/()\u00a0\u202f]{0,2}\d){6,12}(?!\d)")
_UNITS = "z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
_TENS = "vingts?|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante"
_DIGIT = rf"(?:{_UNITS}|{_TENS}|cents?|z[ée]ro|\d{{1,2}})"
_NEXT_DIGIT = rf"(?:[\s,.\-/]+(?:(?:et|puis|euh|alors)[\s,-]+){{0,2}}{_DIGIT}\b)"
_SPOKEN = re.compile(
    rf"\b(?:z[ée]ro|plus (?:trente|33)[ -]?(?:trois)?){_NEXT_DIGIT}{{5,24}}"
    rf"|\b[0oO][\s,.-]*[1-9](?={_NEXT_DIGIT}{{4}})(?=(?:[\s,.\-/]+\w+){{0,8}}?[\s,.\-/]+"
    rf"(?:{_UNITS}|{_TENS})\b){_NEXT_DIGIT}{{4,24}}"
    rf"|\b[oô][\s,.-]+(?:six|sept|un|deux|trois|quatre|cinq|neuf)\b{_NEXT_DIGIT}{{5,24}}",
    re.IGNORECASE,
)
_SPOKEN_NUMBER = rf"(?:{_UNITS}|{_TENS}|cent)(?:[ -](?:et[ -])?(?:{_UNITS}|{_TENS}|cent)){{0,4}}"
_WAY = (
    r"rue|ruelle|avenue|av\.?|boulevard|bd\.?|bld\.?|boul\.|place|pl\.|impasse|imp\.|chemin|ch\.|all[ée]e|quai|square|"
    r"cours|route|rte|sentier|passage|faubourg|fbg|villa|esplanade|promenade|mont[ée]e|venelle|rond-point|lotissement|"
    r"r[ée]sidence|mail|chauss[ée]e|traverse|voie|"
    r"cit[ée]|hameau|clos|villas|lot\.|r\.|r(?= [A-Zvpjgh])|avenu|alle|rou?te|sq\.|c[ôo]te|corniche|levée|zone"
)
_LINKWORD = r"(?:(?:de la|de l['’]|du|des|de|d['’]|la|les|le|l['’]|aux|au|à la|à|en|sous|sur|lès)\s*)"
_STREET_WORD = r"(?:(?:St|Ste|Gal|Mal|Dr|Pdt|[A-Z])\.|[A-ZÀ-Þ\d][\w’'-]*)"
_ADDRESS = re.compile(
    rf"(?<![\w,.])(?:\d{{1,4}}|\b(?i:{_SPOKEN_NUMBER}))(?:\s?(?i:bis|ter|quater|[A-D])\b)?\s?,?\s+"
    r"(?:de la |de l['’]|du |de )?"
    rf"(?P<way>(?i:{_WAY}))\s+(?P<links>{_LINKWORD}{{0,4}})"
    rf"(?P<name>(?!\d{{1,2}} [a-zéû]{{3,9}}\b){_STREET_WORD}(?:[ -]{_LINKWORD}{{0,4}}{_STREET_WORD}){{0,8}}"
    r"|\d{1,2} "
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)(?: \d{2,4})?"
    r"|[^\W\d_]{3,}(?:-[^\W\d_]+)*(?:\s"
    r"(?:moulin|jaur[eè]s|hugo|ferry|zola|curie|michel|gambetta|leclerc|picasso|neruda|guesde|vallant|vaillant|rolland|foch|blum|mermoz))?)"
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
    for match in _ACCOUNT.finditer(text):
        yield match.span("name")
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
        while found and not iban.is_valid(re.sub(r"[\W_]", "", found), check_country=False):
            found = found[:-1].rstrip(_BETWEEN)
        if len(found) >= 15:
            yield start, start + len(found)
        elif re.match(r"FR\d{2}", match.group(), re.IGNORECASE) and _digits(match.group()) >= 20:
            yield match.span()


def _social_security(text: str) -> Iterator[tuple[int, int]]:
    """Social-security numbers: right by their key, or, miscopied, where the words before say what they are."""
    for match in _NIR.finditer(text):
        from stdnum.fr import nir

        said = _NIR_CUE.search(text, max(0, match.start() - 60), match.start()) is not None
        if said or nir.is_valid(re.sub(r"[^\dAB]", "", match.group().upper())):
            yield match.span()


def _telephones(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_PHONE, _SPOKEN):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _PHONE_WITHOUT_ZERO.finditer(text):
        yield match.span("number")
    for match in _IN_TWO.finditer(text):
        if _digits(match[1]) + _digits(match[3]) == 10 and _digits(match[1]) >= 4:
            yield match.span(1)
            yield match.span(3)
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
        told = named or bool(match["links"])
        if spoken and not (told and match.group().split()[0].lower() not in ("un", "une")):
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
