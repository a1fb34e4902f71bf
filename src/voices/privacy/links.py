"""Links and the names of accounts: written, dictated, on networks."""

import re
from collections.abc import Iterator

from voices.privacy.mails import beginning

_SURE = (
    r"fr|com|org|net|eu|be|ch|io|info|asso|re|bzh|gg|me|tv|app|co|ly|ma|dz|tn|sn|uk|xyz|site|paris|example|exemple|invalid"
    r"|nc|pf|gp|gf|mq|yt|pm|wf|cm|ci|bf|ml|cd|cg|ga|tg|bj|mg|mu|km|dj|ht|vn|ru|ua|pl|ro|pt|cz|gr|ie|dk|fi|hu|bg|sk|hr|rs"
    r"|ge|am|kz|tr|eg|lb|jp|kr|cn|br|mx|cl|nl|lu|mc|de|it|coop|corsica|alsace|online|shop|store|blog|page|link|dev|xn"
)
_AMBIGUOUS = frozenset(
    ("ma", "me", "re", "co", "de", "it", "ml", "ci", "ga", "ie", "am", "ge", "site", "page", "app", "blog", "info")
)
"""Endings that are words too: « c fini.ma mère » has lost its space, it is no site."""
_LINK = re.compile(
    r"(?:https?\s?:\s?//|www\s?\.)\s?[^\s<>«»\"]+"
    rf"|(?<![\w@.-])(?:[a-z0-9à-ÿ-]{{1,63}}\.){{1,6}}(?P<ending>{_SURE})\b(?:/[^\s<>«»\"]*)?"
    r"|(?<![\w@.-])(?:[a-z0-9à-ÿ-]{2,63}\.){1,6}(?-i:[a-z]{2,24})/[^\s<>«»\"]+"
    r"|(?<![\w.])@\w[\w.-]{2,}",
    re.IGNORECASE,
)
_AFTER_A_CUE = re.compile(
    r"\b(?:sites?|page|lien|blog|adresse web|url|internet|en ligne sur|visibles? sur|inscrire sur|aller sur)\W{1,4}"
    r"(?:(?:c['’]est|web|est|internet)\W{1,4}){0,2}(?P<name>(?:[a-z0-9à-ÿ-]{2,63}\.){1,6}[a-z]{2,24}\b(?:/[^\s<>«»\"]*)?)",
    re.IGNORECASE,
)
_SLASH = r"(?:\s+(?:slash|barre oblique)\s+[\w-]{1,40}(?:\s+(?:tiret|point)(?: du bas)?\s+[\w-]{1,40}){0,3}){0,4}"
_WORLD_WIDE = re.compile(
    r"\b(?:(?:h\s?t\s?t\s?p\s?s?\s+(?:deux points\s+)?(?:(?:double\s+)?slash\s+){1,2})?"
    r"(?:trois (?:fois )?(?:w|double v[ée]?)|www|w w w|triple (?:w|double v[ée]?)|double v[ée]?(?: double v[ée]?){2})"
    r"|h\s?t\s?t\s?p\s?s?\s+(?:deux points\s+)?(?:double\s+)?slash(?:\s+slash)?)"
    rf"\s+(?:point\s+)?\w+(?:[\s-]+(?!point\b)\w+){{0,5}}?(?:\s+point\s+\w{{1,30}}(?:\s+tiret\s+\w{{1,30}}){{0,4}}){{1,4}}"
    rf"{_SLASH}",
    re.IGNORECASE,
)
_SAID = r"(?:fr|com|org|net|bzh|nc|be|ch|lu|mc|bj|sn|ml|tg|ci|cm|cd|mg|dz|tn|fm|tv|asso|exemple|example)"
_DICTATED = re.compile(
    rf"(?:\s{{1,3}}(?:tiret|point)\s{{1,3}}[\w-]{{1,30}}){{0,5}}\s{{1,3}}point\s{{1,3}}{_SAID}\b{_SLASH}",
    re.IGNORECASE,
)
_NETWORK = (
    r"(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|discord|skype|linkedin|facebook|fb|telegram|twitch|you ?tube"
    r"|mastodon|threads|bluesky|pseudo)"
)
_ACCOUNTS = (
    re.compile(r"(?<![\w#])(?P<name>\w{2,32}#\d{4})(?!\w)"),
    re.compile(
        r"\b(?:insta(?:gram)?|snap(?:chat)?|tik ?tok|twitter|discord|skype|pseudo)\s?:\s?(?P<name>\w[\w.]{2,})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_NETWORK}\s{{0,2}}(?:,\s?)?(?::|=|c['’ ]?est|c\b|je suis|jsuis|chui|moi c['’]est)?\s{{0,2}}"
        r"(?P<name>_{0,3}[^\W_]{1,30}(?:(?:_{1,3}|\.(?-i:(?=[a-z\d_]))_{0,3})[^\W_]{1,30}){1,5}_{0,3}"
        r"|(?-i:[a-zà-ÿ]{2,20}\d{0,4}_|[a-zà-ÿ]{2,20}\d{1,4}\b))(?!\w|[.@/]\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_NETWORK}\b[^\n]{{0,50}}?(?<![\w.@/])(?P<name>[a-z][^\W_]{{0,20}}(?:_{{1,3}}[^\W_]{{1,20}})+)(?![\w@]|\.\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_NETWORK}\b[^\n.\d]{{0,20}}\b(?P<name>arr?obase\s+\w+(?:\s+(?:point|tiret(?: du bas)?)\s+\w+){{0,3}})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w.@])(?P<name>\w{{1,30}}[_.]\w[\w.]{{0,30}})\b(?=\s+(?:sur|su)\s+(?:mon\s+)?{_NETWORK})", re.IGNORECASE
    ),
)


def links(text: str) -> Iterator[tuple[int, int]]:
    """Where links and accounts are."""
    for account in _ACCOUNTS:
        for match in account.finditer(text):
            yield match.span("name")
    for match in _WORLD_WIDE.finditer(text):
        yield match.span()
    for match in _DICTATED.finditer(text):
        start = beginning(text, match.start())
        if start is not None:
            yield start, match.end()
    for match in _LINK.finditer(text):
        if not text.startswith("@", match.end()) and not _lost_its_space(text, match):
            yield _trimmed(match.start(), match.group())
    for match in _AFTER_A_CUE.finditer(text):
        yield _trimmed(match.start("name"), match["name"])


def _lost_its_space(text: str, match: re.Match[str]) -> bool:
    """« c fini.ma mère » : two sentences, not a site, unless something around says that it is one."""
    if (match["ending"] or "").lower() not in _AMBIGUOUS or re.search(r"[-\d/]|\..*\.", match.group()):
        return False
    goes_on = re.match(r"\s+[a-zà-ÿ]", text[match.end() : match.end() + 4]) is not None
    return goes_on and not re.search(
        r"(?:\bsur|\bsite|\bpage|\blien|:)\s*$", text[max(0, match.start() - 8) : match.start()]
    )


def _trimmed(start: int, found: str) -> tuple[int, int]:
    """Without the punctuation of the sentence, nor the bracket that was open before."""
    found = found.rstrip(".,;:!?…")
    if found.endswith(")") and "(" not in found:
        found = found.rstrip(")").rstrip(".,;:!?…")
    return start, start + len(found)
