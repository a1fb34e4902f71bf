"""Passages as JSON lines: everything, losslessly, one passage a line."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from voices.domain import Certainty, CodedPassage, Coding, Evidence, Neighbour, Passage, Sense, Study, WhyOutside
from voices.errors import ReadingError


def write(path: Path, study: Study) -> None:
    """One line a passage: itself, where it comes from, its coding, its theme."""
    testimonies = {testimony.id: testimony for testimony in study.reading.testimonies}
    coded = {coding.passage_id: coding for coding in study.codings}
    themes = {name: theme.id for theme in study.themes.themes for name in theme.passage_ids}
    with path.open("wb") as file:
        for passage in study.passages:
            testimony, coding = testimonies[passage.testimony_id], coded.get(passage.id)
            line: dict[str, Any] = {
                "passage": passage,
                "origine": testimony.origin,
                "consentement": testimony.consent.value,
                "codage": coding,
                "theme": themes.get(passage.id),
            }
            if study.own:
                line["codes_ajoutes"] = {one.code.id: one.probabilities.get(passage.id) for one in study.own}
            file.write(to_json(line) + b"\n")


def read(path: Path) -> tuple[tuple[Passage, CodedPassage | None], ...]:
    """Each passage with its coding. Raises ReadingError where a line is not one of ours."""
    found = []
    # Not `splitlines`: a text may hold characters that it takes for line ends (U+2028).
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            try:
                data = json.loads(line)
                found.append((_passage(data["passage"]), _coded(data["codage"])))
            except (ValueError, KeyError, TypeError):
                # `from None`: the cause would quote the line, which may be a testimony's words.
                raise ReadingError(
                    f"{path.name}, ligne {number} : ce n’est pas un passage écrit par voices.",
                    "Refaire les tableaux avec « voices run ».",
                ) from None
    return tuple(found)


def _passage(data: Mapping[str, Any]) -> Passage:
    return Passage(**{**data, "sentences": tuple((start, end) for start, end in data["sentences"])})


def _coded(data: Mapping[str, Any] | None) -> CodedPassage | None:
    if data is None:
        return None
    certainties = {code: Certainty(certainty) for code, certainty in data["certainties"].items()}
    codings = tuple(_coding(item) for item in data["codings"])
    why = data.get("why") and WhyOutside(data["why"])
    return CodedPassage(**{**data, "codings": codings, "certainties": certainties, "why": why})


def _coding(data: Mapping[str, Any]) -> Coding:
    evidence = data["evidence"]
    return Coding(
        **{
            **data,
            "sense": Sense(data["sense"]),
            "certainty": Certainty(data["certainty"]),
            "subcodes": tuple(data["subcodes"]),
            "evidence": _evidence(evidence) if evidence else None,
        }
    )


def _evidence(data: Mapping[str, Any]) -> Evidence:
    near = {name: tuple(_neighbour(item) for item in data[name]) for name in ("neighbours", "against")}
    return Evidence(**{**data, **near})


def _neighbour(data: Mapping[str, Any]) -> Neighbour:
    return Neighbour(**{**data, "codes": {code: Sense(sense) for code, sense in data["codes"].items()}})
