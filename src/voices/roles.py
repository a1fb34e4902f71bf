"""What a witness is in the place, by the words people use: « bénévole », « salariée », « habitant du quartier »."""

import re
import unicodedata
from collections.abc import Iterable

ROLES = {
    "benevole": r"benevoles?|volontaires?|services? civiques?",
    "salarie": r"salarie(?:e|s|es)?|permanent(?:e|s|es)?|employe(?:e|s|es)?|animat(?:eur|rice)s?(?: salariee?s?)?|"
    r"coordinat(?:eur|rice)s?|direct(?:eur|rice)s?|maitre(?:sse)?s? de maison|alternante?s?|stagiaires?",
    "elu": r"elu(?:e|s|es)?|conseill(?:er|ere)s? municipa(?:l|le|ux|les)|maires?|adjointe?s? au maire",
    "partenaire": r"partenaires?|financeu(?:r|se)s?|travailleu(?:r|se)s? socia(?:l|le|ux|les)|"
    r"assistante?s? sociales?|prescript(?:eur|rice)s?",
    "convive": r"convives?|habitante?s?|usag(?:er|ere)s?|visiteu(?:r|se)s?|client(?:e|s|es)?|riverain(?:e|s|es)?|"
    r"voisin(?:e|s|es)?|participant(?:e|s|es)?|beneficiaires?|adherent(?:e|s|es)?|accueilli(?:e|s|es)?|familles?",
}
"""Group of roles -> the words that people use for it."""
LABELS = {
    "benevole": "Bénévole",
    "salarie": "Salarié·e",
    "convive": "Convive, habitant·e",
    "partenaire": "Partenaire",
    "elu": "Élu·e",
}
_PATTERNS = {
    group: re.compile(rf"(?:(?:une?|des|les?|la|l'|je suis|ancien(?:ne)?s?) )*(?:{words})(?: .*)?")
    for group, words in ROLES.items()
}


_INCLUSIVE = re.compile(r"(?<=\w)[·.(]\s?(?:e|ne|trice|euse|ère|ere|s)\b\)?(?:[·.]s\b)?")
_LONGEST, _FEW = 60, 4


def role_of(written: str) -> str | None:
    """The group of those words, « benevole », « convive »…; None for words that are in none: these stay as they are."""
    words = _folded(_INCLUSIVE.sub("", written))
    return next((group for group, pattern in _PATTERNS.items() if pattern.fullmatch(words)), None)


def label_of(written: str) -> str:
    """What a page or a table calls that role: its group's name, or the words themselves."""
    group = role_of(written)
    return LABELS[group] if group else written


def plain_role(written: str) -> str | None:
    """Those words, where they are a role and nothing more: a sentence, a number, a name would tell who it is."""
    words = " ".join(unicodedata.normalize("NFC", written).split())
    told = len(words.split()) <= _FEW and not re.search(r"\d|@", words) and not _names_someone(words)
    return words if words and len(words) <= _LONGEST and told else None


def role_of_labels(speakers: Iterable[str | None]) -> str | None:
    """The role that the labels of witnesses tell (« Bénévole », « Salariée 2 »), where they all tell the same one."""
    said = {re.sub(r"\s*\d{1,2}$", "", one or "").strip() for one in speakers}
    groups = {role_of(one) if len(one.split()) == 1 else None for one in said}
    return min(said) if len(groups) == 1 and None not in groups else None


def _names_someone(words: str) -> bool:
    """Whether a word after the first begins with a capital: « Mère de Léo ». What is all in capitals says nothing."""
    return not words.isupper() and any(one[:1].isupper() for one in re.split(r"[\s'’-]+", words)[1:])


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    letters = "".join(one for one in bare if not unicodedata.combining(one))
    return " ".join(re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", letters))
