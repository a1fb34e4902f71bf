"""The parts of a report: which are told, in what order, and what its authors say beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "en-bref": "En bref",
        "recueil": "Qui a parlé, et qui n’a pas parlé",
        "codes": "Accueil, Appartenance, Action",
        "seuil": "Du seuil à l’action",
        "themes": "Thèmes",
        "contre-courant": "Voix à contre-courant",
        "depuis": "Ce qui a changé depuis le dernier rapport",
        "methode": "Méthode, fiabilité et limites",
        "annexe": "Annexes",
    }
)
"""The anchor and the title of each part, in the order in which a report tells them."""

ALWAYS = frozenset({"contre-courant", "methode"})
"""What no report leaves out: what was lacking, and how far the rest may be trusted."""

TEMPLATES: Mapping[str, str] = MappingProxyType(
    {
        "en-bref": "summary.html",
        "recueil": "gathered.html",
        "codes": "codes.html",
        "seuil": "threshold.html",
        "themes": "topics.html",
        "contre-courant": "against.html",
        "depuis": "since.html",
        "methode": "method.html",
        "annexe": "annex.html",
    }
)

_NO_NOTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts told, in their order; none named: all of them. `notes` are the words of its authors, by part.

    A note may bear on a part (a key of `PARTS`) or on one code (its id), whose words then stand at the end of it.
    """

    parts: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=lambda: _NO_NOTES)

    @property
    def told(self) -> tuple[str, ...]:
        """The parts told: those named, those that no report leaves out, and the annexes, which list what they count."""
        chosen = [part for part in dict.fromkeys(self.parts) if part in PARTS] or list(PARTS)
        missing = [part for part in PARTS if part in ALWAYS and part not in chosen]
        return tuple(sorted((*chosen, *missing), key=lambda part: part == "annexe"))

    def lines(self, about: str) -> tuple[str, ...]:
        """The paragraphs of the note on that part or code; none where there is none."""
        return tuple(line for line in map(str.strip, self.notes.get(about, "").splitlines()) if line)

    def kept(self) -> dict[str, Any]:
        """The plan as it can be kept in JSON."""
        return {"parts": list(self.parts), "notes": dict(self.notes)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Plan":
        """What `kept` gave; the plain plan where it gave nothing."""
        return cls(tuple(kept.get("parts", ())), dict(kept.get("notes", {})))


PLAIN_PLAN = Plan()
"""All the parts, in their order, without a note."""
