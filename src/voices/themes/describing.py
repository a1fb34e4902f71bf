"""A theme in one sentence, composed from its counts: who tells it, where, what is lived in it or lacking."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_MANY = 0.5
"""Two places that hold more than this share of the testimonies are named."""
_SUMS_UP = 0.2
"""A label sums a theme up where at least this share of its passages say a word of it."""
_ARTICLES = frozenset({"l", "d", "le", "la", "les", "un", "une", "des", "de", "du", "au", "aux", "a"})
_SHORT = 3
_CLEAR = 1.5
"""One sense prevails where it is told so many times as often as the other."""


@dataclass(frozen=True, slots=True)
class Told:
    """A code in a theme: its label, how many passages tell its presence, its lack, both."""

    label: str
    presence: int
    lack: int
    mixed: int

    @property
    def all(self) -> int:
        """The passages that tell it, in whatever sense."""
        return self.presence + self.lack + self.mixed


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a theme. `places`: testimonies by place, the most first."""

    testimonies: int
    passages: int
    places: Sequence[tuple[str, int]]
    codes: Sequence[Told]
    named: int | None = None
    """How many of its passages say a word of its label; None where that was not counted."""


def describe(facts: Facts) -> str:
    """One French sentence, or two; every word of it is a count."""
    parts = (f"{_who(facts)}{_where(facts)}.", _what(facts), _named(facts))
    return " ".join(part for part in parts if part)


def named(label: str, texts: Iterable[str]) -> int:
    """How many of the texts say a word of that label, case and accents folded, its articles and plurals apart."""
    words = [word for word in re.findall(r"\w+", _folded(label)) if word not in _ARTICLES]
    says = re.compile(rf"\b(?:{'|'.join(re.escape(_bare(word)) for word in words)})(?:s|x|es)?\b") if words else None
    return sum(bool(says.search(_folded(text))) for text in texts) if says else 0


def _bare(word: str) -> str:
    return word[:-1] if len(word) > _SHORT and word.endswith(("s", "eaux")) else word


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def _named(facts: Facts) -> str:
    """A label that few of the passages say is no summary: it is told."""
    if facts.named is None or facts.named >= _SUMS_UP * facts.passages:
        return ""
    say = "passage dit" if facts.named < 2 else "passages disent"
    return f"Son nom ne le résume pas\u202f: {_few(facts.named)} {say} un de ses mots."


def _who(facts: Facts) -> str:
    voices, passages = facts.testimonies, facts.passages
    tell = "témoignage en parle" if voices == 1 else "témoignages en parlent"
    return f"{_counted(voices)} {tell}, en {_counted(passages)} passage{'s' if passages > 1 else ''}"


def _where(facts: Facts) -> str:
    places = facts.places
    if not places:
        return ""
    if len(places) == 1:
        return (
            f", tous à «\u202f{places[0][0]}\u202f»" if facts.testimonies > 1 else f", à «\u202f{places[0][0]}\u202f»"
        )
    first = places[:1] if places[0][1] > _MANY * facts.testimonies else places[:2]
    if sum(count for _, count in first) > _MANY * facts.testimonies and len(first) < len(places):
        named = " et ".join(f"«\u202f{name}\u202f» ({count})" for name, count in first)
        return f", dans {len(places)} lieux, surtout {named}"
    return f", dans {len(places)} lieux" + ("" if len(places) == 2 else " sans qu’aucun ne domine")


def _what(facts: Facts) -> str:
    first = max(facts.codes, key=lambda one: one.all, default=None)
    if first is None or not first.all:
        return "Aucun des codes n’y est mis."
    presence, lack = first.presence, first.lack
    if presence > _CLEAR * lack:
        sense = f"plutôt comme une présence ({presence}) que comme un manque ({lack})" if lack else "comme une présence"
    elif lack > _CLEAR * presence:
        sense = (
            f"plutôt comme un manque ({lack}) que comme une présence ({presence})" if presence else "comme un manque"
        )
    elif presence == lack and lack:
        sense = f"autant comme une présence ({presence}) que comme un manque ({lack})"
    elif presence or lack:
        sense = f"comme une présence ({presence}) ou comme un manque ({lack})"
    else:
        sense = "à la fois comme une présence et comme un manque"
    also = f" et à la fois comme l’un et l’autre ({first.mixed})" if first.mixed and (presence or lack) else ""
    return f"On y lit d’abord «\u202f{first.label}\u202f», dans {_counted(first.all)} de ces passages, {sense}{also}."


def _few(number: int) -> str:
    return f"seul{'s' if number > 1 else ''} {_counted(number)}" if number else "aucun"


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
