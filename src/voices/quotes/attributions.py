"""What stands under a quote: where and when it was gathered, and a first name where the person agreed to it."""

from collections.abc import Mapping
from enum import StrEnum

from voices.domain import Origin, Testimony
from voices.origins import channel_words, kind_words


def attribution(testimony: Testimony) -> str:
    """Where and when a quote was gathered, in French, without any name: « Le Fournil, Annonay, livre d’or, 2024 »."""
    origin = testimony.origin
    year = origin.date[:4] if origin.date else None
    return ", ".join(part for part in (origin.place or "lieu non précisé", channel_words(origin.channel), year) if part)


def discreet(origin: Origin) -> str:
    """An attribution that tells no more than that: « Le Fournil, Annonay », « Une personne, petite cantine »."""
    if origin.place:
        year = origin.date[:4] if origin.date else None
        return ", ".join(part for part in (origin.place, year) if part)
    return ", ".join(part for part in ("Une personne", _kind(origin.place_type)) if part)


def _kind(place_type: str | None) -> str | None:
    """The kind of a place as it is said; nothing where it says nothing."""
    return kind_words(place_type) if place_type != "autre" else None


class Naming(StrEnum):
    """How much an attribution tells, from the most to the least."""

    FIRST_NAME = "prenom"
    PLACE = "lieu"
    KIND = "discret"


def attributions(testimony: Testimony, *, first_name: str | None = None) -> Mapping[Naming, str]:
    """The attributions that one may choose from, the usual one (`Naming.PLACE`) among them.

    `first_name` is given only where the person agreed to be named, and their first name is known.
    """
    place, origin = attribution(testimony), testimony.origin
    kind = _kind(origin.place_type)
    found = {Naming.FIRST_NAME: f"{first_name}, {place}"} if first_name else {}
    return found | {
        Naming.PLACE: place,
        Naming.KIND: ", ".join(part for part in ("Une personne", kind, origin.date and origin.date[:4]) if part),
    }
