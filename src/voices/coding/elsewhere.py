"""Figures of a way of coding that another command measured, kept in a small JSON file. Standard library only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from voices.coding.figures import Figure
from voices.errors import ReadingError


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """F1 by label (and `macro`) of one way, each writer's set left out in turn; `told` says what was run, and where."""

    name: str
    told: str
    figures: Mapping[str, Figure]


def read(path: Path) -> tuple[Elsewhere, ...]:
    """The ways measured in that file; none where there is no file. Raises ReadingError when it cannot be understood."""
    if not path.exists():
        return ()
    try:
        return tuple(_way(row) for row in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ReadingError(f"Le fichier de mesures {path.name} ne se lit pas.", "Refaire cette mesure.") from error


def write(path: Path, ways: Sequence[Elsewhere]) -> None:
    """Adds those ways to the file; one of the same name replaces the old one."""
    kept = {one.name: one for one in (*read(path), *ways)}
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = json.dumps([asdict(one) for one in kept.values()], ensure_ascii=False, indent=1)
    path.write_text(rows + "\n", encoding="utf-8")


def _way(row: Mapping[str, Any]) -> Elsewhere:
    return Elsewhere(row["name"], row["told"], {name: Figure(**one) for name, one in row["figures"].items()})
