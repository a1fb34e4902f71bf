"""E-mail addresses: written, disguised (« (at) »), spaced out, and dictated (« les amis arobase exemple point fr »).

What is dictated has no shape before its « arobase »: all the words are taken back to what announces an address
(« c'est », « écrivez à », a colon), or, where nothing does, the words that a « point » or a « tiret » ties together.
"""

import re
from collections.abc import Iterator

from voices.privacy.spoken import NUMBER

_AT = r"(?:@{1,2}\s?|\s@\s|\s?[\[({<*]\s?(?:at|[aà]|@|chez|arr?obase?)\s?[\])}>*]\s?|_at_|-at-)"
_DOT = r"(?:\s?[\[({]\s?(?:dot|point|pt)\s?[\])}]\s?|\.{1,2}|,(?=[a-z])|\s\.\s?(?=(?:fr|com|org|net|eu|be)\b))"
_PROVIDER = (
    r"(?:g[ -]?mail|hot ?mail|yahoo|orange|la ?poste|wanadoo|sfr|free|outlook|icloud|proton(?: ?mail)?|live|bbox"
    r"|numericable|neuf|aol|gmx|posteo|riseup|exemple|example)"
)
_WRITTEN = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,30}}){{1,4}}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{2,40}"
    r"|(?<![\w.+-])\w{1,30}[._\d-][\w.+-]{0,40}\s@[\w-]{1,40}(?:\.[\w-]{1,30}){0,3}\.(?:fr|com|org|net|eu|be|ch|info)\b"
    r"|(?<![\w.+-])\w{1,30}[._\d][\w.+-]{0,40}\s(?:at|[aà]|chez|arobase)\s[\w-]{1,40}(?:\.[\w-]{1,30}){0,3}"
    r"\.(?:fr|com|org|net|eu|be|ch|info|bzh|example|exemple)\b"
    r"|(?<![\w.+-])[\w.+-]{1,64}\sat\s[\w-]{1,40}(?:\.[\w-]{1,30}){0,3}\.(?:fr|com|org|net|eu|be|ch|example)\b"
    rf"|(?<![\w.+-])[\w.+-]{{1,64}}\s(?:[àa]|chez)\s{_PROVIDER}\.(?:com|fr|net|org|me|ch|be|eu)\b",
    re.IGNORECASE,
)
SAID_MARK = r"(?:tirets?(?: du? ?(?:bas|haut|huit|8|6|six))?|under ?score|pointe?|trait d['’]union|slash|plus)"
"""A pattern: the marks of an address, said aloud."""
_NOT_AN_ADDRESS = r"(?!(?:euh|heu|hein|non|attend\w*|ben|bah|enfin|pardon|je|c['’]est|quoi|voilà)\b)"
_HESITATION = r"(?:(?:euh|heu|alors|donc|attends|attendez|ensuite|apr[èe]s)\s*,?\s+)"
_PAUSE = rf"(?:(?:\s*,\s*|\s+){_HESITATION}{{0,2}})"
_SPELLED = r"\w(?:\s\w){1,20}\b"
_SAID_HOST = (
    rf"(?:{_SPELLED}|{_NOT_AN_ADDRESS}[\w-]+(?:{_PAUSE}(?!pointe?\b|arr?ob)[\w'’-]+){{0,5}}?)"
    rf"(?:(?:{_PAUSE}(?:pointe?|dot|virgule(?= (?:fr|com|org|net)\b)){_PAUSE}|\s?\.\s?)"
    rf"(?:[\w-]{{2,20}}|\w(?:\s\w){{1,2}}\b)){{1,3}}"
)
_SAID_AT = r"(?:[àa] ?r?robas?[sz]e?|arr?o[bv]as?[sz]?e?|a commercial|a rond|at sign)"
_DICTATED = re.compile(
    rf"(?<!\w){_SAID_AT}{_PAUSE}(?:{_SAID_HOST}|{_PROVIDER}\b|{_NOT_AN_ADDRESS}\w+)"
    rf"|(?<!\w)at\s{_SPELLED}\spointe?\s(?:\w\s\w(?:\s\w)?\b|\w{{2,4}}\b)"
    rf"|(?<!\w)(?:at|chez){_PAUSE}{_PROVIDER}\s*(?:point|\.)\s*\w{{2,4}}\b"
    rf"|(?<!\w)at{_PAUSE}{_NOT_AN_ADDRESS}[\w-]+(?:{_PAUSE}(?!point\b)[\w-]+){{0,3}}?{_PAUSE}(?:point|dot){_PAUSE}"
    r"(?:fr|com|org|net|eu)\b"
    r"|(?<!\w)(?:g ?mail|hotmail|yahoo|wanadoo|outlook|laposte|proton ?mail)\s*(?:point|\.)\s*(?:com|fr|net|ch)\b",
    re.IGNORECASE,
)
_SPACED = re.compile(
    r"\s?@\s(?=\w)[\w-]{1,40}(?:(?:\.|\s\.\s?|\spoint\s)[\w-]{2,30}){1,4}|(?<=\w)@[\w-]{1,40}(?:\s\.\s?|\spoint\s)[\w-]{2,20}",
    re.IGNORECASE,
)
_THE_SIGN = re.compile(
    r"(?:\b[ld]['’]|(?<!tiret )(?<!point )\b(?:une?|le|la|cette?|signe|touche|caractère|mot)\s)$", re.IGNORECASE
)

_PIECE = re.compile(r"\w[\w.+'’-]*|[^\w\s]|\n")
_MARK = re.compile(rf"{SAID_MARK}|bas|haut|du|d['’]union|trait|[._+-]", re.IGNORECASE)
_TIED = re.compile(rf"\w|\d+|{NUMBER}|deux", re.IGNORECASE)
_WORDS_BEFORE = """
c'est cest est était sera à sur mail mails mel courriel courriels email emails e-mail mél adresse adresses
l'adresse d'adresse écris écrire écrit écrivez m'écrire m'écrit écrivez-moi écris-moi écrivez-nous envoie
envoies envoyer envoyez envoyé envoie-moi envoyez-moi alors donc euh heu hein ben bah attends attendez voilà
note notez noté noter lis dicte dicter donne donner donné contact contacts contacter contactez joindre dis dit
disait puis bon non oui ou pour par que qui mon ma son sa votre notre leur je tu il elle on ils elles ça marqué
inscrit répond réponds faut mettre mettez met mets tapez taper tape suffit ct mais parce site lien page internet
compte suivez suivre ici était-ce serait reste toujours encore même aussi minuscules gmail après avant c'était
s'appelle d'abord vais vas va vient viens peux peut pouvez ai as a avait chercher cherche cherchez voir regarde
regardez épelé épelle épeler épelez c o e é
"""
_ANNOUNCES = frozenset(_WORDS_BEFORE.split())
"""Words that come before an address and are no part of it."""
_HESITATIONS = frozenset(("euh", "heu", "alors", "donc", "attends", "attendez", "ensuite", "après", "puis", "et"))
_NAMES_OF_DESKS = frozenset(("contact", "contacts", "courriel", "adresse", "site", "compte", "internet", "mail"))
"""Words that announce an address, and that may be the address itself: « contact arobase… »."""
_MAY_END_A_NAME = frozenset(("moi", "toi", "vous", "nous"))
_MOST_WORDS = 12


def mails(text: str) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses are."""
    for match in _DICTATED.finditer(text):
        start = beginning(text, match.start())
        if start is not None and not _THE_SIGN.search(text, max(0, match.start() - 12), match.start()):
            yield start, match.end()
    for match in _SPACED.finditer(text):
        start = _tied(text, match.start())
        if start is not None and re.search(r"\s", text[start : match.end()]):
            yield start, match.end()
    for match in _WRITTEN.finditer(text):
        yield match.span()


def beginning(text: str, end: int) -> int | None:
    """Where what is dictated up to a place begins: after what announces it; None where no word precedes."""
    start: int | None = None
    announced = False
    later = "@"
    words = 0
    pieces = list(_PIECE.finditer(text, max(0, end - 120), end))
    for count, piece in enumerate(reversed(pieces)):
        word = piece.group().lower().replace("’", "'")
        words += len(word) > 1 and not _is_mark(word)
        if words > _MOST_WORDS:
            break
        before = pieces[-count - 2].group() if count + 1 < len(pieces) else ""
        if word in ",-" and (start is None or any(_is_mark(side) or len(side) == 1 for side in (before, later))):
            continue
        if word in _HESITATIONS and (start is None or _is_mark(later)):
            continue
        spelled = len(word) == 1 and word.isalnum() and (_is_mark(later) or len(later) == 1 or later == "comme")
        part = spelled or (word in _NAMES_OF_DESKS and (start is None or _is_mark(later)))
        if not (word[0].isalnum() or word == "_") or (word in _ANNOUNCES and not part):
            announced = True
            break
        if word in _MAY_END_A_NAME and start is not None:
            announced = True
            break
        start, later = piece.start(), word
    else:
        announced = not pieces or pieces[0].start() == 0 or end <= 120
    return start if announced else _tied(text, end)


def _tied(text: str, end: int) -> int | None:
    """Where the words begin that « point », « tiret », a lone letter or a figure tie to a place."""
    start: int | None = None
    later = ""
    for piece in reversed(list(_PIECE.finditer(text, max(0, end - 120), end))):
        word = piece.group()
        if word == ",":
            continue
        if not (word[0].isalnum() or word in "._+-"):
            break
        if start is not None and not (_is_mark(word) or _is_mark(later) or _TIED.fullmatch(later)):
            break
        if start is not None and word.lower() in _ANNOUNCES and not _is_mark(later):
            break
        start, later = piece.start(), word
    return start


def _is_mark(word: str) -> bool:
    return _MARK.fullmatch(word) is not None
