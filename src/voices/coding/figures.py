"""The figures of an evaluation. Standard library only."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its 95 % interval (bootstrap over testimonies)."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{number(self.value)} [{number(self.low)} – {number(self.high)}]"


def number(value: float) -> str:
    """Two decimals, French style."""
    return f"{value:.2f}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """The figures of one yes/no label: a code, or trust. `passages` have it."""

    name: str
    passages: int
    precision: Figure
    recall: Figure
    f1: Figure
    average_precision: Figure
    calibration_error: Figure


@dataclass(frozen=True, slots=True)
class SenseFigures:
    """The figures of one sense, over the `pairs` (passage, code) that people coded so.

    `recall`: the code is found there, whatever sense is said. `coded_f1`: F1 of the code with that very sense.
    `f1`: F1 of the sense where people put the code.
    """

    pairs: int
    recall: Figure
    coded_f1: Figure
    f1: Figure


@dataclass(frozen=True, slots=True)
class Bin:
    """Passages of like probability: how many, the mean probability said, the share where it is true."""

    passages: int
    probability: float
    frequency: Figure


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What can be decided without a person at a level asked. None where nothing is so decided.

    `share` of the passages is accepted. Among them: `put_right` of the `put` codes are right, `sense_right` with their
    sense too; `left_right` of the codes left out are absent; `nothing_right` of the `nothing` passages without any code
    have none.
    """

    level: float
    share: Figure
    put: int
    put_right: Figure | None
    sense_right: Figure | None
    left_right: Figure | None
    nothing: int
    nothing_right: Figure | None


@dataclass(frozen=True, slots=True)
class CertaintyFigures:
    """The answers of one certainty (`voices.domain.Certainty`) on codes. None where there are none.

    `put` codes were put and `put_right` of them are right, `sense_right` with their sense too; `left` were left out and
    `left_right` of them are absent. Of the passages, `share` has that certainty as its least; `nothing` of those have
    no code put, and `nothing_right` of these really have none.
    """

    name: str
    put: int
    put_right: Figure | None
    sense_right: Figure | None
    left: int
    left_right: Figure | None
    share: Figure
    nothing: int
    nothing_right: Figure | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The prediction sets of one code at one nominal level: the share that holds the true answer.

    `present` and `absent` are that share where the code is there, and where it is not: each is promised `level`.
    `single` is the share of sets that hold one answer only.
    """

    name: str
    level: float
    covered: Figure
    present: Figure | None
    absent: Figure | None
    single: Figure


@dataclass(frozen=True, slots=True)
class Part:
    """Macro-F1 of presence on some of the passages."""

    name: str
    passages: int
    macro_f1: Figure


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well a coder does. `sense_…` are over (passage, code) pairs that people coded; `subcode_f1` likewise.

    `counts` is label to sense (or "oui") to number of passages; `calibration_error` is the mean over codes;
    `certainties` go from the surest; `coverage` is by code, then by level;
    `reliability` is label to bins of equal counts; `parts` is what passages are told apart by (`writer_set`, `channel`,
    `place_type`, `length`) to their figures; `compared` is F1 by way of coding and label; `new_voices` has the same
    figures with each writer's set left out in turn.
    """

    passages: int
    testimonies: int
    counts: Mapping[str, Mapping[str, int]]
    labels: tuple[LabelFigures, ...]
    macro_f1: Figure
    calibration_error: Figure
    sense_accuracy: Figure
    sense_majority: float
    senses: Mapping[str, SenseFigures]
    sense_calibration_error: Figure
    subcode_f1: Mapping[str, Figure]
    reliability: Mapping[str, tuple[Bin, ...]]
    acceptance: tuple[Acceptance, ...]
    certainties: tuple[CertaintyFigures, ...]
    coverage: tuple[Coverage, ...]
    parts: Mapping[str, tuple[Part, ...]]
    title: str = ""
    encoder: str = ""
    seed: int = 0
    folds: int | None = None
    compared: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    new_voices: "Evaluation | None" = None

    def presence(self) -> dict[str, Figure]:
        """F1 by label."""
        return {label.name: label.f1 for label in self.labels}

    def as_json(self) -> dict[str, Any]:
        """Everything, in types that JSON knows."""
        return asdict(self)
