"""What a testimony was given for: to what uses, through which channels, until when, and how that is known.

Standard library only, immutable. What follows from it is decided in `privacy.consent`, and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Consent(StrEnum):
    """What a testimony was given for, from the narrowest to the widest."""

    WITHDRAWN = "retire"
    UNKNOWN = "inconnu"
    ANALYSIS = "analyse"
    ANONYMOUS_QUOTES = "citations_anonymes"
    NAMED_QUOTES = "citations_prenom"


class Purpose(StrEnum):
    """What a testimony is about to be used for."""

    ANALYSIS = "analyse"
    ANONYMOUS_QUOTES = "citations_anonymes"
    NAMED_QUOTES = "citations_prenom"


class Outlet(StrEnum):
    """A channel of publication, from the nearest to the farthest: where quotes go when they leave the house."""

    INTERNAL = "interne"
    FUNDER = "financeur"
    WEB = "site"
    PRESS = "presse"


OUTLETS = tuple(Outlet)
"""All the channels: what is agreed to where nothing else is said, and what is asked where nobody says where it goes."""


class Way(StrEnum):
    """How a consent was collected."""

    UNTOLD = ""
    WRITTEN = "ecrit"
    SPOKEN = "oral"
    BOX = "case"


@dataclass(frozen=True, slots=True)
class Terms:
    """The limits of a consent to be quoted: by these channels alone, up to that day included (None: no end)."""

    outlets: tuple[Outlet, ...] = OUTLETS
    until: date | None = None


ANYHOW = Terms()
"""No limit."""


@dataclass(frozen=True, slots=True)
class Collected:
    """Who collected a consent, and how."""

    by: str = ""
    way: Way = Way.UNTOLD


UNTOLD = Collected()
"""Nobody says."""


def narrowest(several: Iterable[Terms]) -> Terms:
    """What all of these terms allow: the channels they share, up to the first of their ends."""
    found = list(several)
    shared = tuple(one for one in OUTLETS if all(one in terms.outlets for terms in found))
    return Terms(shared, min((terms.until for terms in found if terms.until), default=None))
