"""What speaks for a boundary between two units of a turn: their words, their typography, the room on each side."""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate

from voices.passages.sentences import Unit

Features = dict[str, float]

_OPENINGS: Mapping[str, str] = {
    "then": r"(?:et )?(?:puis|après|ensuite|alors|depuis|maintenant|aujourd.hui|le lendemain)\b",
    "once": r"(?:et )?(?:une? (?:jour|soir|fois|matin|nuit|samedi|dimanche|lundi|mardi|mercredi|jeudi|vendredi)"
    r"|l['’](?:autre|année|hiver|été|automne)|la (?:première|dernière|semaine|deuxième|troisième|veille)"
    r"|le (?:premier|jour|soir|mois|dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi|\d+)|au (?:début|bout|mois)"
    r"|ce (?:jour|soir|matin)|cette (?:année|semaine|fois)|en (?:janvier|février|mars|avril|mai|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre|\d{4})|quand|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|il y a (?:un|deux|trois|quatre|cinq|six|\d+) )",
    "shift": r"(?:sinon|par contre|bon\b|ah\b|autre|aparté|pour (?:le|la|les|ce|finir|info)|à part|quant|ps\b|p\.|nb\b"
    r"|voilà|bref|enfin\b|en revanche|franchement|honnêtement|ce qui|ce que|le plus|moi\b|nous\b|je (?:dois|voulais"
    r"|précise|signale|vous|te|tiens|joins)|j.ajoute)",
    "but": r"(?:mais|sauf|pourtant|cependant|toutefois|or)\b",
    "and": r"(?:et|donc|du coup|parce|car|ou|ni)\b",
    "they": r"(?:et )?(?:elles?|ils?|lui|eux|celui|celle|ceux)\b",
    "that": r"(?:ça|cela|c['’]|ce n|ceci|ce (?:fut|sont))",
    "self": r"(?:je|j['’]|on|mon|ma|mes|notre|nos)\b",
    "there_is": r"(?:il y|y (?:a|avait)|il (?:faut|a fallu|faudrait))",
    "you": r"(?:vous|tu|votre|vos|merci|continuez|bonjour|salut|cordialement|bisous|bises|allez|n.hésitez)\b",
    "no": r"(?:oui|non|pas|rien|jamais|personne|ben|bah|euh)\b",
    "number": r"[\d(+]",
    "quote": r"[«“\"]",
}
"""How a unit opens: what follows in time, a scene that is set, a change of subject, what leans on what was said…"""

_OPENING = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _OPENINGS.items()}
_LEADING = re.compile(r"[\W_]*")
_TRAITS = {
    "past": r"\b(?:(?:ai|as|a|avons|avez|ont|suis|est|sommes|êtes|sont) \w+(?:ée?s?|i[st]?|ue?s?|ert|int)\b"
    r"|\w{2,}(?:ais|ait|aient|ions|iez)\b)",
    "self": r"\b(?:je|j|me|m|moi|mon|ma|mes)\b",
    "others": r"\b(?:ils?|elles?|lui|leur|eux)\b",
    "you": r"\b(?:vous|tu|te|t|toi|votre|vos|ton|ta|tes)\b",
    "figures": r"\d|€|@",
}
"""What a unit is about: when it starts or stops between two units, the subject may have changed."""

_TRAIT = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _TRAITS.items()}
_CONTENT = re.compile(r"\w{4,}")
_TOKEN = re.compile(r"\w+['’]?|[?!…»«]")


def local_features(text: str, units: Sequence[Unit]) -> list[Features]:
    """What speaks for or against a boundary after each unit but the last, in a turn whose text is `text`."""
    said = [text[unit.start : unit.end].replace("’", "'") for unit in units]
    tokens = [_TOKEN.findall(piece.lower()) for piece in said]
    stems = [{word[:6] for word in _CONTENT.findall(piece.lower())} for piece in said]
    traits = [{name for name, pattern in _TRAIT.items() if pattern.search(piece)} for piece in said]
    before = list(accumulate(unit.words for unit in units))
    return [
        _typography(units, i, said)
        | _room(before[i], before[-1] - before[i])
        | _opening(said[i + 1])
        | {f"starts {name}": 1.0 for name in traits[i + 1] - traits[i]}
        | {f"stops {name}": 1.0 for name in traits[i] - traits[i + 1]}
        | _words(tokens[i], tokens[i + 1])
        | {"shared": _shared(stems, i)}
        for i in range(len(units) - 1)
    ]


def length_features(words: int, sentences: int) -> Features:
    """How long a passage of so many words and sentences is."""
    return {
        "words": words / 30,
        "few words": max(0.0, 25 - words) / 10,
        "many words": max(0.0, words - 50) / 10,
        f"sentences {sentences}": 1.0,
    }


def _typography(units: Sequence[Unit], i: int, said: Sequence[str]) -> Features:
    return {
        f"ending {units[i].ending}": 1.0,
        "short before": float(units[i].words <= 4),
        "short after": float(units[i + 1].words <= 5),
        "asked before": float(said[i].rstrip(" \u202f\xa0»").endswith("?")),
        "asked after": float(said[i + 1].rstrip(" \u202f\xa0»").endswith("?")),
        "trailing": float(said[i].endswith(("...", "…"))),
    }


def _room(before: int, after: int) -> Features:
    """How many words of the turn lie on each side: nobody changes subject for three words."""
    room = {f"after<{words}": float(after < words) for words in (12, 25, 45, 70)}
    room["before<45"] = float(before < 45)
    return room | {f"turn<{words}": float(before + after < words) for words in (60, 90, 150)}


def _opening(text: str) -> Features:
    start = _LEADING.match(text)
    bare = text[start.end() if start else 0 :]
    return {f"opens {name}": 1.0 for name, pattern in _OPENING.items() if pattern.match(bare) or pattern.match(text)}


def _words(here: Sequence[str], after: Sequence[str]) -> Features:
    """The words on each side, and by themselves the first ones and the last ones."""
    names = {f"< {word}" for word in here} | {f"> {word}" for word in after}
    names |= {f">1 {' '.join(after[:1])}", f">2 {' '.join(after[:2])}"}
    names |= {f"<1 {' '.join(here[:1])}", f"<-2 {' '.join(here[-2:])}"}
    return dict.fromkeys(names, 1.0)


def _shared(stems: Sequence[set[str]], i: int) -> float:
    """How much of the vocabulary of the three units before comes back in the two units after."""
    before, after = set[str]().union(*stems[max(0, i - 2) : i + 1]), set[str]().union(*stems[i + 1 : i + 3])
    return len(before & after) / (1 + min(len(before), len(after)))
