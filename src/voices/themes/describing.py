"""A theme in a sentence or two, composed from its counts: where it is told, what is lived in it or lacking."""

from collections.abc import Sequence
from dataclasses import dataclass

_MANY = 0.5
"""Two places that hold more than this share of the testimonies are named."""
_AS_MUCH = 0.8
"""A code told this many times as often as the one told most is told as much: it is named with it."""


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
    """What is known of a theme. `places`: testimonies by place, the most first. `unsure`: no name sums it up."""

    testimonies: int
    passages: int
    places: Sequence[tuple[str, int]]
    codes: Sequence[Told]
    unsure: bool = False


def describe(facts: Facts) -> str:
    """French sentences, every word of them a count; the theme's size, told wherever it is named, is not in them."""
    parts = (_unsure(facts), _where(facts), _what(facts))
    return " ".join(part for part in parts if part)


def _unsure(facts: Facts) -> str:
    if not facts.unsure:
        return ""
    return "Aucun nom ne le résume\u202f: moins d’un passage sur cinq dit un de ces mots."


def _where(facts: Facts) -> str:
    """The places where most of it is told, with the testimonies that are there."""
    places = facts.places
    if not places:
        return ""
    if len(places) == 1:
        return f"On n’en parle qu’à {_quoted(places[0][0])}."
    enough = _MANY * facts.testimonies
    first = places[:1] if places[0][1] > enough else places[:2]
    if sum(count for _, count in first) <= enough:
        return "Aucun lieu n’y domine."
    (name, count), *others = first
    told = f"à {_quoted(name)} ({_counted(count, 'témoignage')} sur {_number(facts.testimonies)})"
    told += "".join(f" et à {_quoted(other)} ({_number(some)})" for other, some in others)
    return f"On en parle {'surtout ' if len(places) > len(first) else ''}{told}."


def _what(facts: Facts) -> str:
    """The code told most and those told as much, each in how many passages and in which sense."""
    most = max((one.all for one in facts.codes), default=0)
    if not most:
        return "Aucun des codes n’y est mis."
    told = [one for one in facts.codes if one.all >= _AS_MUCH * most]
    first, *others = sorted(told, key=lambda one: -one.all)
    said = f"{_quoted(first.label)} y est dit dans {_counted(first.all, 'passage')} sur {_number(facts.passages)}"
    listed = [
        f"{said} ({_senses(first)})",
        *(f"{_quoted(one.label)} dans {_number(one.all)} ({_senses(one)})" for one in others),
    ]
    return f"{_joined(listed)}."


def _senses(told: Told) -> str:
    counts = (("présence", told.presence), ("manque", told.lack), ("mixte", told.mixed))
    some = [(word, count) for word, count in counts if count]
    return some[0][0] if len(some) == 1 else ", ".join(f"{word} {_number(count)}" for word, count in some)


def _joined(parts: Sequence[str]) -> str:
    return " et ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def _quoted(name: str) -> str:
    return f"«\u202f{name}\u202f»"


def _counted(number: int, of: str) -> str:
    return f"{_number(number)} {of}{'s' if number > 1 else ''}"


def _number(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
