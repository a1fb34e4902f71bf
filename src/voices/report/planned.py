"""The plan of a report from a file: its parts, their order, the words of its authors."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from voices.errors import VoicesError
from voices.report.plan import PARTS, Plan

_REMEDY = (
    'L’écrire ainsi : parties = ["en-bref", "themes"], puis, sous [mots], themes = "…". '
    f"Les parties sont : {', '.join(PARTS)}."
).replace(" :", "\u202f:")


def read_plan(path: Path, *, codes: Iterable[str]) -> Plan:
    """The plan that a TOML file says: `parties`, a list of parts, and `[mots]`, a note for a part or a code.

    Raises VoicesError, with every fault at once, where it cannot be read or names what is no part nor code.
    """
    if not path.is_file():
        raise VoicesError(f"Il n’y a pas de plan « {path.name} ».", _REMEDY)
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VoicesError(f"Le plan « {path.name} » ne se lit pas.", _REMEDY) from error
    faults = list(_faults(said, {*PARTS, *codes} - {"codes"}))
    if faults:
        raise VoicesError(f"Le plan « {path.name} » ne peut pas servir : {' ; '.join(faults)}.", _REMEDY)
    return Plan(tuple(said.get("parties", ())), dict(said.get("mots", {})))


def _faults(said: dict[str, Any], about: set[str]) -> Iterable[str]:
    for key in said.keys() - {"parties", "mots"}:
        yield f"« {key} » n’est pas connu"
    parts, notes = said.get("parties", []), said.get("mots", {})
    if not isinstance(parts, list) or not isinstance(notes, dict):
        yield "« parties » est une liste, « mots » une table"
        return
    yield from (f"« {part} » n’est pas une partie" for part in parts if part not in PARTS)
    yield from (f"« {name} » n’est ni une partie ni un code" for name in notes if name not in about)
    yield from (
        f"le mot sur « {name} » n’est pas un texte" for name, said in notes.items() if not isinstance(said, str)
    )
