"""Figures in French words: numbers, agreements, shares, dates, lists."""

import re
from collections.abc import Iterable, Sequence

NARROW = "\u202f"
HARD = "\u00a0"
MANY_ENOUGH = 20
"""Under this many passages a percentage says more than the data know: counts are given instead."""

# Nouns that are counted: plural, and whether they are feminine (« aucune »).
NOUNS = {
    "voix": ("voix", True),
    "lieu": ("lieux", False),
    "citation": ("citations", True),
    "comparaison": ("comparaisons", True),
    "réponse": ("réponses", True),
}
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_MARKED = re.compile(r"(?<=[^\s;:!?«])[ \u00a0\u202f]*([;:!?]+(?=\s|$|[»)”\"])|»)")
_OPENED = re.compile(r"«[ \u00a0\u202f]*")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def number(value: int) -> str:
    """1234 → « 1 234 », thousands set apart by a narrow no-break space."""
    return f"{value:,}".replace(",", NARROW)


def count(value: int, noun: str) -> str:
    """How many, with its noun: « aucun passage », « 1 passage », « 1 234 passages »."""
    plural, feminine = NOUNS.get(noun, (f"{noun}s", False))
    if value == 0:
        return f"{'aucune' if feminine else 'aucun'} {noun}"
    return f"{number(value)}{HARD}{noun if value == 1 else plural}"


def agree(value: int, singular: str, plural: str) -> str:
    """The form that agrees with a number: in French, 0 and 1 take the singular."""
    return singular if value < 2 else plural


def percent(part: int, whole: int, *, enough: int = MANY_ENOUGH) -> str | None:
    """« 12 % », never 0 % nor 100 % unless exact; None where `whole` is not `enough` for a percentage."""
    if whole < enough:
        return None
    rounded = (200 * part + whole) // (2 * whole)
    if rounded == 0 and part:
        return f"moins de 1{NARROW}%"
    if rounded == 100 and part < whole:
        return f"plus de 99{NARROW}%"
    return f"{rounded}{NARROW}%"


def share(part: int, whole: int) -> str:
    """« 12 % de 230 passages » where there are enough of them, « sur 14 passages » otherwise."""
    rate = percent(part, whole)
    if rate is None:
        return f"sur {count(whole, 'passage')}" if whole else "sur aucun passage"
    return f"{rate} des {count(whole, 'passage')}"


def listed(items: Sequence[str], *, last: str = "et") -> str:
    """« a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def of(noun: str) -> str:
    """« de lien », « d’accueil »: the preposition elided before a vowel."""
    return f"d’{noun}" if noun[:1].lower() in "aàâeéèêiîoôuùy" else f"de {noun}"


def decimal(value: float) -> str:
    """0.8 → « 0,80 »."""
    return f"{value:.2f}".replace(".", ",")


def capital(sentence: str) -> str:
    """The same words with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


def year(iso: str | None) -> str | None:
    """The year of an ISO date, or None where the date is not told or not ISO."""
    match = _DATE.match(iso or "")
    return match[1] if match else None


def date_words(iso: str) -> str:
    """« 12 mars 2024 », « mars 2024 » or « 2024 »; what is not an ISO date is given as it is."""
    match = _DATE.match(iso)
    if not match or (match[2] and not 1 <= int(match[2]) <= 12):
        return iso
    words = [match[1]]
    if match[2]:
        words.insert(0, MONTHS[int(match[2]) - 1])
    if match[3]:
        words.insert(0, "1er" if match[3] == "01" else str(int(match[3])))
    return HARD.join(words)


def period(dates: Iterable[str | None]) -> str | None:
    """« entre mars 2022 et juin 2024 », « en 2023 »: what the dates span; None where no date is known.

    As fine as the least precise date, and never finer than the month.
    """
    known = [date for date in dates if date and _DATE.match(date)]
    if not known:
        return None
    width = min(7, *(len(date) for date in known), 7)
    cut = sorted(date[:width] for date in known)
    first, last = date_words(cut[0]), date_words(cut[-1])
    return f"en {first}" if first == last else f"entre {first} et {last}"


def spaced(text: str) -> str:
    """The same words with the no-break spaces of French: before « ; », « : », « ! », « ? », and inside « »."""
    return _OPENED.sub(f"«{NARROW}", _MARKED.sub(rf"{NARROW}\1", text))


def cut(text: str, longest: int) -> str:
    """The text, or its beginning up to a word's end and « … »."""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rsplit(None, 1)[0]}…"
