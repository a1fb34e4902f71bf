"""A theme in one sentence, composed from its counts: who tells it, where, what is lived in it or lacking."""

from collections.abc import Sequence
from dataclasses import dataclass

_MANY = 0.5
"""Two places that hold more than this share of the testimonies are named."""
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


def describe(facts: Facts) -> str:
    """One French sentence, or two; every word of it is a count."""
    return " ".join(part for part in (f"{_who(facts)}{_where(facts)}.", _what(facts)) if part)


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
    elif presence or lack:
        sense = f"autant comme une présence ({presence}) que comme un manque ({lack})"
    else:
        sense = "à la fois comme une présence et comme un manque"
    also = f" et à la fois comme l’un et l’autre ({first.mixed})" if first.mixed and (presence or lack) else ""
    return f"On y lit d’abord «\u202f{first.label}\u202f», dans {_counted(first.all)} de ces passages, {sense}{also}."


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
