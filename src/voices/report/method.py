"""What the machine says of itself, in two: what everybody reads, and what a specialist asks for."""

from collections.abc import Mapping

READ_BY_ALL = ("Ce que vaut un code posé", "Limites", "Consentement supposé")
"""The labels of what stands in the part on the method; all the rest is in the technical sheet."""
_CALLED = {"Limites": "Limites de la machine"}
_PLAINLY = {
    "Sur des paroles de terrain, attendre moins bien.": "Sur des paroles de terrain, elle se trompe sans doute plus.",
    ": il se trompe souvent": ": elle se trompe souvent",
    "Le codage de la machine se relit": "Ce que pose la machine se relit",
}
"""What coders trained some time ago say of themselves, and how a reader who is no specialist is told it."""


def plain(machine: Mapping[str, str]) -> dict[str, str]:
    """What everybody reads, in the order of `READ_BY_ALL`."""
    return {_CALLED.get(label, label): _said(machine[label]) for label in READ_BY_ALL if label in machine}


def technical(machine: Mapping[str, str]) -> dict[str, str]:
    """All the rest, as the machine tells it."""
    return {label: text for label, text in machine.items() if label not in READ_BY_ALL}


def _said(text: str) -> str:
    for technically, plainly in _PLAINLY.items():
        text = text.replace(technically, plainly)
    return text
