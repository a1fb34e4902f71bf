"""Why each code was put: the sentence that weighs most, the code book's line, the nearest examples for and against."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voices.domain import Codebook, Coding, Neighbour, Sense
from voices.report import words
from voices.report.corpus import SENSES, Row

SHOWN = 2
"""Examples shown on each side; the study file has them all."""
_LONGEST = 220


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that people coded: its words, or their beginning, and what they said of it."""

    text: str
    codes: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one code was put. `sentence` is None where the passage has only one."""

    code: str
    title: str
    sentence: str | None
    lines: tuple[tuple[str, str], ...]
    """What the code book says: the label of the sub-code, or « manque », and its line."""
    nearest: tuple[Example, ...]
    against: tuple[Example, ...]


def reasons(row: Row, codebook: Codebook) -> Iterator[Reason]:
    """The reason of each code of that passage that has one."""
    for coding in row.coded.codings if row.coded else ():
        if coding.evidence:
            sentence = row.testimony.text[coding.evidence.start : coding.evidence.end].strip()
            yield Reason(
                code=coding.code,
                title=_coded(codebook, coding.code, coding.sense),
                sentence=None if sentence == row.passage.text.strip() else sentence,
                lines=tuple(zip(_labels(coding, codebook), _lines(coding, codebook), strict=True)),
                nearest=_examples(coding.evidence.neighbours, codebook),
                against=_examples(coding.evidence.against, codebook),
            )


def _lines(coding: Coding, codebook: Codebook) -> tuple[str, ...]:
    return codebook.lines(coding.code, coding.sense, coding.subcodes)


def _labels(coding: Coding, codebook: Codebook) -> tuple[str, ...]:
    """What each line of the code book is the line of."""
    labels = {sub.id: sub.label for sub in codebook.code(coding.code).subcodes}
    presence = next((labels[sub] for sub in coding.subcodes if sub in labels), "définition")
    return {Sense.PRESENCE: (presence,), Sense.LACK: ("manque",), Sense.MIXED: (presence, "manque")}[coding.sense]


def _examples(found: tuple[Neighbour, ...], codebook: Codebook) -> tuple[Example, ...]:
    return tuple(Example(_beginning(one.text), _codes(one.codes, codebook)) for one in found[:SHOWN])


def _codes(codes: Mapping[str, Sense], codebook: Codebook) -> str:
    return ", ".join(_coded(codebook, code, sense) for code, sense in codes.items()) or "aucun code"


def _coded(codebook: Codebook, code: str, sense: Sense) -> str:
    return f"{codebook.code(code).label}{words.NARROW}: {SENSES[sense]}"


def _beginning(text: str) -> str:
    return words.cut(" ".join(text.split()), _LONGEST)
