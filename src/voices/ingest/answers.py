"""Answers that say nothing, and questions as people asked them, without the codes of survey software."""

import base64
import binascii
import re
import unicodedata

from voices.ingest.characters import folded

_NOTHING = re.compile(
    r"""(?:non\s)?(?:
    r\s?a\s?s | s\s?o | n\s?[ac] | nsp | neant | non | nan | idem | x+ | vide | aucune? | nul | rien | sans
    | rien\s(?:a|de|du|d')\s?(?:ajouter|dire|signaler|redire|plus|special|particulier|tout|autre|declarer)(?:\s.{0,12})?
    | (?:sans|pas\sde?|pas\sd'|aucune?)\s?(?:objet|reponse|avis|commentaires?|remarques?|opinion|idees?|precision)
    (?:\sparticuliere?s?)?
    | (?:je\s)?(?:ne\s)?(?:sais|sait)\spas | non\s(?:merci|rien|plus|concernee?|renseignee?|applicable) | c'est\stout
    | (?:je\s)?(?:ne\s)?(?:prefere|souhaite|veux|desire)\s(?:ne\s)?pas\s(?:y\s)?repondre
    | (?:cf|voir|comme|idem|meme\schose)\s(?:que\s)?(?:plus\shaut|ci\sdessus|precedente?|precedemment|avant)
    )?(?:\smerci)?""",
    re.VERBOSE,
)
_CODE = r"(?:[A-Z]{1,4}\d{1,4}){1,3}[A-Za-z]?(?:[\[(_.][A-Za-z0-9]{1,8}[\])]?)?"
_SURVEY_CODE = re.compile(rf"^(?:\[{_CODE}\]\s*[-–—.:)]?|{_CODE}(?:\s*[-–—.:)]|\s)|\d{{1,3}}\s*[-–—.:)])\s*(?=\D)")
_BASE64 = re.compile(r"^([A-Za-z0-9+/]{8,}={0,2})\s+-\s+")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|&nbsp;")


def says_nothing(answer: str) -> bool:
    """Whether an answer is a way of not answering: « RAS », « rien à ajouter », « / », « non » alone…"""
    if len(answer) > 60:
        return False
    drawn = any(unicodedata.category(char) == "So" for char in answer)
    return not drawn and _NOTHING.fullmatch(folded(answer)) is not None


def clean_question(heading: str) -> str:
    """The question without what software puts before it: « Q169 - », « G2Q1[SQ001]. », base64 identifiers, HTML."""
    text = " ".join(_MARKUP.sub(" ", heading).split())
    if (coded := _BASE64.match(text)) and _is_identifier(coded[1]):
        text = text[coded.end() :]
    return _SURVEY_CODE.sub("", text).strip() or text


def _is_identifier(text: str) -> bool:
    """Whether it is « Question:169 » in base64, perhaps after a Q."""
    return any(re.fullmatch(rb"[A-Za-z]+:[\w-]+", _decoded(part)) for part in (text, text.removeprefix("Q")))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
