"""The only types that may hold real names. Their `repr` shows none of their words.

Only `ingest`, `privacy`, `store` and `pipeline` may import this module.
"""

from dataclasses import dataclass, field

from voices.domain import ANYHOW, Consent, FileReport, Origin, Role, Terms
from voices.terms import UNTOLD, Collected


@dataclass(frozen=True, slots=True, repr=False)
class RawTurn:
    """One speaker's stretch as it came: label, words, when it begins in the recording (seconds)."""

    text: str
    role: Role
    speaker: str | None = None
    empty: bool = False
    seconds: float | None = None

    def __repr__(self) -> str:
        return f"RawTurn(role={self.role.value}, {len(self.text)} caractères)"


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What a file says of who speaks (name, e-mail, telephone columns): never leaves `privacy`."""

    names: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Identity({len(self.names)} noms, {len(self.contacts)} coordonnées)"


@dataclass(frozen=True, slots=True, repr=False)
class RawTestimony:
    """One document as it came, turns in order, NFC and `\\n` only. `id` comes from its bytes, not from its name."""

    id: str
    turns: tuple[RawTurn, ...]
    origin: Origin = field(default_factory=Origin)
    consent: Consent = Consent.UNKNOWN
    identity: Identity = field(default_factory=Identity)
    terms: Terms = ANYHOW
    collected: Collected = UNTOLD

    def __repr__(self) -> str:
        return f"RawTestimony(id={self.id}, {len(self.turns)} tours)"


@dataclass(frozen=True, slots=True)
class RawReading:
    """What `ingest` gives: the testimonies as they came, and one report a file."""

    testimonies: tuple[RawTestimony, ...]
    files: tuple[FileReport, ...]
