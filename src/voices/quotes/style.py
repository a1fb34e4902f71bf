"""How good a stretch is on the page, whatever it says: does it stand alone, does it read well."""

import re
from collections.abc import Callable
from math import prod

SHORTEST, LONGEST = 12, 60
"""Words: quotes of this length read best."""

_WORD = re.compile(r"[^\W_]+")
_IMPERSONAL = r"(?!il (?:y a|faut|fallait|fait|faisait|pleut|paraît|était une fois|m.a fallu)\b)"
_POINTING = r"(?!ce (?:qu[ie]?|matin|jour|soir|midi)\b)"
_HANGING = re.compile(
    _IMPERSONAL + _POINTING + r"(?:et|mais|ou|donc|or|puis|alors|du coup|parce que?|sinon|ensuite|là,|elles?|ils?|lui|"
    r"eux|ça|cela|celui|celle|ceux|celles|ces?|cette|cet|en fait|oui|ouais|non|nan|voilà|bah|ben|bon|enfin|euh|heu|"
    r"bref|quoi|pareil|un peu)(?!\w)",
    re.IGNORECASE,
)
"""How a stretch starts that leans on the words before it."""
_FILLER = re.compile(
    r"\b(?:euh|heu|hum|hein|ben|bah|bof|voilà|quoi|bref|genre|enfin|bon|franchement|tu vois|tu sais|vous voyez|"
    r"vous savez|du coup|en fait|ouais|disons|comment dire|j.sais pas)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\b(?:je|j|tu|il|elle|on|nous|vous|ils|elles|qui|c|ça|ce)\b", re.IGNORECASE)
"""A subject pronoun: where there is one there is a verb."""
_ONESELF = re.compile(r"\b(?:je|j|me|m|moi|mon|ma|mes|nous|notre|nos)\b", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:bonjour|bonsoir|salut|coucou|chers?|chères?|cordialement|merci|bien à vous|objet)\b", re.IGNORECASE
)
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DATED = re.compile(
    rf"\b(?:{_MONTHS}) (?:19|20)\d\d\b|\ble (?:\d{{1,2}}|1er) (?:{_MONTHS})\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"(?:lettre|courrier|courriel|carte|mot|témoignage) (?:de|du|à|d[’'])(?!\w)|à l[’']attention d"
    r"|(?:(?:mon |ma |mes )?(?:chers?|chères?)|madame|monsieur)\b[^.!?…\n]*,$",
    re.IGNORECASE,
)
_NAME = r"(?:[A-ZÀ-Þ][\w’'-]+|[A-ZÀ-Þ]\.)"
_SIGNED = re.compile(rf"{_NAME}(?:\s(?:(?:de|du|la|le|des|et)\s){{0,2}}{_NAME}){{1,3}}(?:,[^.!?…]{{0,30}})?|{_NAME}")
_CLOSED = re.compile(
    r"(?:bien à (?:vous|toi)|amicalement|amitiés|sincèrement|bien cordialement|respectueusement|bises|bisous|signé)\b"
    r"[^.!?…]{0,40}[,.!]?",
    re.IGNORECASE,
)
_LONGEST_FRAME = 18
_WHOLE = re.compile(r"[.!?…»\"”)]$")
_MARKS = re.compile(r"\[(?!…\])|@|\d[\d .]{5,}")
_OPENING = " \n«–—-\"'’…[("


def n_words(text: str) -> int:
    """How many words a text has; an elided « j' » is one."""
    return len(_WORD.findall(text))


def bears(sentence: str) -> bool:
    """Whether a sentence says something: not a greeting, not a bare « Voilà, quoi. »."""
    greets = _GREETING.match(sentence.lstrip(_OPENING)) is not None
    return n_words(_FILLER.sub("", sentence)) >= 3 and not greets and not frames(sentence)


def frames(sentence: str) -> bool:
    """Whether a sentence is a letter's frame and no word of its body: a heading, a date, a salutation, a signature."""
    bare = sentence.strip().lstrip(_OPENING)
    if _CLOSED.fullmatch(bare):
        return True
    if n_words(bare) > _LONGEST_FRAME or _SUBJECT.search(bare) or bare[-1:] in (".", "!", "?", "…"):
        return False
    return any((_HEADED.match(bare), _SIGNED.fullmatch(bare), _DATED.search(bare)))


def opens(sentence: str) -> bool:
    """Whether a sentence can be the first of a quote: it says something, and leans on nothing before it."""
    return bears(sentence) and not hangs(sentence)


def idles(sentence: str) -> bool:
    """Whether a sentence is made of fillers: « Bon, voilà. »."""
    return _FILLER.search(sentence) is not None and n_words(_FILLER.sub("", sentence)) < 2


def answers(text: str) -> bool:
    """Whether a text starts like an answer without its question: a first sentence without a verb (« Du sommeil. »)."""
    return _SUBJECT.search(re.split(r"(?<=[.!?…])\s", text.strip())[0]) is None


def reads_well(text: str) -> float:
    """How well a stretch stands alone and reads, in [0, 1]: the product of what each look at it gives."""
    return prod(look(text) for look in _LOOKS) if n_words(text) else 0.0


def hangs(text: str) -> bool:
    """Whether a text starts with a word that leans on what comes before it (« Elle », « Et puis »)."""
    return _HANGING.match(text.lstrip(_OPENING)) is not None


def _length(text: str) -> float:
    return min(1.0, n_words(text) / SHORTEST, LONGEST / n_words(text))


def _stands_alone(text: str) -> float:
    return 0.55 if hangs(text) else 1.0


def _has_a_verb(text: str) -> float:
    return 1.0 if _SUBJECT.search(text) else 0.6


def _speaks_of_oneself(text: str) -> float:
    return 1.0 if _ONESELF.search(text) else 0.9


def _is_fluent(text: str) -> float:
    return max(0.4, 1 - 4 * len(_FILLER.findall(text)) / n_words(text))


def _is_whole(text: str) -> float:
    first = next((c for c in text if c.isalpha()), "a")
    return (1.0 if first.isupper() else 0.8) * (1.0 if _WHOLE.search(text.rstrip()) else 0.8)


def _is_not_shouted(text: str) -> float:
    letters = [c for c in text if c.isalpha()]
    return 0.4 if sum(c.isupper() for c in letters) > 0.5 * len(letters) else 1.0


def _is_clean(text: str) -> float:
    """Marks of a transcript (« [rires] ») or of a replaced contact, long numbers: 0.7."""
    return 0.7 if _MARKS.search(text) else 1.0


_LOOKS: tuple[Callable[[str], float], ...] = (
    _length,
    _stands_alone,
    _has_a_verb,
    _speaks_of_oneself,
    _is_fluent,
    _is_whole,
    _is_not_shouted,
    _is_clean,
)
