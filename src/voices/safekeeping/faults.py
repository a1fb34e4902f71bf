"""What the doctor of a site tells: a fault, and how many of what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

DEPOSIT_AGAIN = "Les déposer de nouveau\u202f; la page Dépôts dit qui les avait apportés."


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong. `mend` writes it anew; None where a person must act, as `remedy` says. `then`: who does the rest
    once it is mended.
    """

    subject: str
    told: str
    remedy: str = "Lancer « voices doctor --repair »."
    mend: Callable[[], object] | None = None
    then: str = ""


def many(count: int, one: str, several: str) -> str:
    """« 1 fichier attend », « 3 fichiers attendent »."""
    return f"{count} {one if count == 1 else several}"


def listed(ids: Sequence[int]) -> str:
    """The first ten, and how many there are where there are more."""
    told = ", ".join(map(str, ids[:10]))
    return f"{told}… ({len(ids)})" if len(ids) > 10 else told
