"""Passages coded by people: what a coder is trained on and measured against. Standard library only."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from voices.domain import Codebook, Sense
from voices.errors import ReadingError

_SHOWN_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Labelled:
    """A passage with what a person coded. `question` and `previous` are context, never coded."""

    testimony_id: str
    number: int
    text: str
    codes: Mapping[str, Sense]
    trust: bool = False
    subcodes: tuple[str, ...] = ()
    question: str | None = None
    previous: str | None = None
    place: str | None = field(default=None, compare=False)
    channel: str | None = field(default=None, compare=False)
    place_type: str | None = field(default=None, compare=False)

    @property
    def writer_set(self) -> str:
        """What stands before the first hyphen of the testimony's id: who wrote it, in the shipped corpus."""
        return self.testimony_id.partition("-")[0]


def read_labelled(path: Path, codebook: Codebook) -> tuple[Labelled, ...]:
    """The coded passages of a JSON Lines file (fields: corpora/gold/README.md), in the order of the file.

    `previous`, where the line does not tell it, is filled with the passage before in the same testimony.
    Raises ReadingError when the file cannot be read, or with every faulty line, by number.
    """
    parents = {sub.id: code.id for code in codebook.codes for sub in code.subcodes}
    senses = {code.id for code in codebook.codes}
    passages: list[Labelled] = []
    faults: list[str] = []
    seen: set[tuple[object, object]] = set()
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        found = list(_line_faults(line, senses, parents, seen))
        faults += [f"ligne {number} : {fault}" for fault in found]
        if not found:
            passages.append(_labelled(json.loads(line)))
    if faults or not passages:
        raise ReadingError(
            _problem(path, faults), "Corriger le fichier ; ses champs sont décrits dans corpora/gold/README.md."
        )
    return _with_previous(passages)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise ReadingError(f"Le fichier {path.name} ne s’ouvre pas.", "Vérifier le chemin donné.") from error
    except UnicodeDecodeError as error:
        raise ReadingError(f"Le fichier {path.name} n’est pas en UTF-8.", "L’enregistrer en UTF-8.") from error


def _problem(path: Path, faults: Sequence[str]) -> str:
    if not faults:
        return f"Le fichier {path.name} ne contient aucun passage codé."
    more = f" ; et {len(faults) - _SHOWN_FAULTS} autres" if len(faults) > _SHOWN_FAULTS else ""
    return f"Le fichier {path.name} a des lignes fautives : {' ; '.join(faults[:_SHOWN_FAULTS])}{more}."


def _line_faults(
    line: str, codes: set[str], parents: Mapping[str, str], seen: set[tuple[object, object]]
) -> Iterator[str]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        yield "ce n’est pas du JSON"
        return
    if not isinstance(row, dict):
        yield "ce n’est pas un objet JSON"
        return
    yield from _field_faults(row)
    yield from _code_faults(row.get("codes"), codes)
    yield from _subcode_faults(row, parents)
    key = (str(row.get("testimony_id")), str(row.get("passage_no")))
    if key in seen:
        yield "ce passage est déjà plus haut"
    seen.add(key)


def _field_faults(row: Mapping[str, Any]) -> Iterator[str]:
    for name in ("testimony_id", "text"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            yield f"« {name} » manque ou n’est pas un texte"
    if type(row.get("passage_no")) is not int:
        yield "« passage_no » manque ou n’est pas un nombre entier"
    if not isinstance(row.get("confiance", False), bool):
        yield "« confiance » n’est pas vrai ou faux"
    for name in ("question", "previous", "place", "channel", "place_type"):
        if not isinstance(row.get(name), str | None):
            yield f"« {name} » n’est pas un texte"


def _code_faults(found: object, codes: set[str]) -> Iterator[str]:
    if not isinstance(found, dict):
        yield "« codes » manque ou n’est pas un objet"
        return
    for code, sense in found.items():
        if code not in codes:
            yield f"code inconnu « {code} »"
        if sense not in [one.value for one in Sense]:
            yield f"sens inconnu pour « {code} » (attendu : +, - ou ±)"


def _subcode_faults(row: Mapping[str, Any], parents: Mapping[str, str]) -> Iterator[str]:
    found = row.get("subcodes", [])
    if not isinstance(found, list):
        yield "« subcodes » n’est pas une liste"
        return
    present = row.get("codes") if isinstance(row.get("codes"), dict) else {}
    for sub in found:
        if not isinstance(sub, str) or sub not in parents:
            yield f"sous-code inconnu « {sub} »"
        elif parents[sub] not in (present or {}):
            yield f"sous-code « {sub} » sans son code « {parents[sub]} »"


def _labelled(row: Mapping[str, Any]) -> Labelled:
    return Labelled(
        testimony_id=row["testimony_id"],
        number=row["passage_no"],
        text=row["text"],
        codes={code: Sense(sense) for code, sense in row["codes"].items()},
        trust=row.get("confiance", False),
        subcodes=tuple(row.get("subcodes", ())),
        question=row.get("question"),
        previous=row.get("previous"),
        place=row.get("place"),
        channel=row.get("channel"),
        place_type=row.get("place_type"),
    )


def _with_previous(passages: Sequence[Labelled]) -> tuple[Labelled, ...]:
    texts = {(one.testimony_id, one.number): one.text for one in passages}
    return tuple(
        replace(one, previous=one.previous or texts.get((one.testimony_id, one.number - 1))) for one in passages
    )
