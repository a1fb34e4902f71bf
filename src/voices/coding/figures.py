"""The figures of an evaluation, and how they are shown. Standard library only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from voices.coding.labelled import Labelled
from voices.coding.layout import Layout
from voices.domain import Sense


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its 95 % interval (bootstrap over testimonies)."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{_number(self.value)} [{_number(self.low)} – {_number(self.high)}]"


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """The figures of one yes/no label: a code, or trust. `passages` have it."""

    name: str
    passages: int
    precision: float
    recall: float
    f1: Figure
    average_precision: Figure
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well a coder does. `sense_…` are over (passage, code) pairs that people coded; `subcode_f1` likewise.

    `counts` is label to sense (or "oui") to number of passages; `compared` is F1 by way of coding and label;
    `writer_sets` is, for each set left out, (passages, macro-F1).
    """

    passages: int
    testimonies: int
    counts: Mapping[str, Mapping[str, int]]
    labels: tuple[LabelFigures, ...]
    macro_f1: Figure
    sense_accuracy: Figure
    sense_majority: float
    sense_f1: Mapping[str, float]
    sense_calibration_error: float
    subcode_f1: Mapping[str, float]
    title: str = ""
    encoder: str = ""
    seed: int = 0
    folds: int | None = None
    compared: Mapping[str, Mapping[str, Figure]] = field(default_factory=dict)
    writer_sets: Mapping[str, tuple[int, float]] = field(default_factory=dict)

    def presence(self) -> dict[str, Figure]:
        """F1 by label."""
        return {label.name: label.f1 for label in self.labels}

    def as_json(self) -> dict[str, Any]:
        """Everything, in types that JSON knows."""
        return asdict(self)

    def as_markdown(self) -> str:
        """A page in French, with its tables."""
        return "\n".join(_page(self)) + "\n"


def counts_of(passages: Sequence[Labelled], layout: Layout) -> dict[str, dict[str, int]]:
    """How many passages have each code, by sense; each sub-code; trust; no code."""
    found = {
        code: {sense.value: sum(one.codes.get(code) == sense for one in passages) for sense in Sense}
        for code in layout.codes
    }
    found["confiance"] = {"oui": sum(one.trust for one in passages)}
    for sub, _ in layout.subcodes:
        found[sub] = {"oui": sum(sub in one.subcodes for one in passages)}
    found["aucun code"] = {"oui": sum(not one.codes for one in passages)}
    return found


def _page(found: Evaluation) -> Iterator[str]:
    yield "# Évaluation du codeur"
    yield ""
    yield f"{found.title}. {found.passages} passages de {found.testimonies} témoignages. Encodeur : `{found.encoder}`."
    yield f"Graine : {found.seed}. Entre crochets : intervalle à 95 %, par rééchantillonnage des témoignages."
    yield ""
    yield "Aucune personne réelle ne parle dans le corpus livré ; ceux qui l’ont écrit et codé sont d’une même école :"
    yield "sur des paroles de terrain, attendre moins bien, et vérifier sur un échantillon codé à la main."
    if found.folds:
        yield ""
        yield "Refaire ces chiffres : `voices evaluate corpora/gold/coded_passages.jsonl --out docs/evaluation.md`"
        yield "(avec son propre fichier à la place du corpus livré, ce sont d’autres chiffres)."
    yield from _presence(found)
    yield from _senses(found)
    yield from _subcodes(found)
    if found.compared:
        yield from _compared(found)
    if found.writer_sets:
        yield from _sets(found)


def _presence(found: Evaluation) -> Iterator[str]:
    yield from ("", "## Présence", "")
    yield "| | passages | précision | rappel | F1 | précision moyenne | erreur de calibration |"
    yield "|---|---|---|---|---|---|---|"
    for one in found.labels:
        cells = (_number(one.precision), _number(one.recall), one.f1, one.average_precision)
        yield f"| {one.name} | {one.passages} | {' | '.join(map(str, cells))} | {_number(one.calibration_error)} |"
    yield ""
    yield f"Macro-F1 des trois codes : **{found.macro_f1}**."


def _senses(found: Evaluation) -> Iterator[str]:
    yield from ("", "## Sens, là où le code est posé par une personne", "")
    by_sense = ", ".join(f"{sense} {_number(value)}" for sense, value in found.sense_f1.items())
    majority = _number(found.sense_majority)
    yield f"Exactitude : **{found.sense_accuracy}** (toujours dire le sens le plus fréquent du code : {majority})."
    yield f"F1 : {by_sense}. Erreur de calibration : {_number(found.sense_calibration_error)}."
    yield ""
    yield "| passages | + | - | ± |"
    yield "|---|---|---|---|"
    for name, counts in found.counts.items():
        if set(counts) == {sense.value for sense in Sense}:
            yield f"| {name} | {' | '.join(str(counts[sense.value]) for sense in Sense)} |"
    yield ""
    yield f"Sans aucun code : {found.counts['aucun code']['oui']} passages."


def _subcodes(found: Evaluation) -> Iterator[str]:
    yield from ("", "## Sous-codes suggérés, là où le code est posé par une personne", "")
    yield from ("| sous-code | passages | F1 |", "|---|---|---|")
    for name, value in found.subcode_f1.items():
        yield f"| {name} | {found.counts[name]['oui']} | {_number(value)} |"


def _compared(found: Evaluation) -> Iterator[str]:
    names = [*found.presence(), "macro"]
    yield from ("", "## Comparaison (F1), mêmes plis", "")
    yield f"| | {' | '.join(names[:-1])} | macro des trois codes |"
    yield "|---" * (len(names) + 1) + "|"
    for way, figures in found.compared.items():
        yield f"| {way} | {' | '.join(str(figures[name]) for name in names)} |"


def _sets(found: Evaluation) -> Iterator[str]:
    yield from ("", "## Un groupe d’auteurs laissé de côté à chaque fois", "")
    yield from ("| groupe jugé | passages | macro-F1 |", "|---|---|---|")
    for name, (passages, value) in found.writer_sets.items():
        yield f"| {name} | {passages} | {_number(value)} |"


def _number(value: float) -> str:
    """Two decimals, French style."""
    return f"{value:.2f}".replace(".", ",")
