"""How well the coder does on testimonies it has not read, next to simpler ways."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from voices.coding import resampling
from voices.coding.baselines import Simpler, dictionary, simpler
from voices.coding.figures import Evaluation, Figure
from voices.coding.fitting import Flags, Table, fit, layout_of, tabulate
from voices.coding.folds import Split, splits, writer_splits
from voices.coding.judged import Judged, Words, words_of
from voices.coding.labelled import Labelled
from voices.coding.layout import Layout
from voices.coding.measuring import f1_by_label, figures_of
from voices.coding.model import CoderModel
from voices.coding.spread import in_order
from voices.domain import Codebook
from voices.ports import Encoder, Progress

THE_CODER = "Codeur"


class Steps:
    """Counts the parts judged."""

    def __init__(self, progress: Progress | None, *, total: int) -> None:
        self.progress, self.done, self.total = progress, 0, total

    def one(self) -> None:
        """One more."""
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)


@dataclass(frozen=True, slots=True)
class Trial:
    """What every part is judged with: the coder's table, and the simpler ways beside it, if any."""

    table: Table
    layout: Layout
    identity: str
    seed: int
    beside: Simpler | None = None


def evaluate(
    labelled: Sequence[Labelled],
    encoder: Encoder,
    codebook: Codebook,
    *,
    folds: int,
    seed: int,
    also: Sequence[Labelled] = (),
    plain: Encoder | None = None,
    processes: int = 1,
    reading: Progress | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """The figures of the coder, cross-validated by testimony and by writer's set, and those of simpler ways.

    Calibration and thresholds are fitted inside the folds; `also` are passages that every fold learns from. `plain`
    is the ordinary encoder of the simpler ways, the coder's own where None. `reading` counts texts encoded, `progress`
    the parts judged. The figures are the same whatever the number of processes.
    """
    layout = layout_of(codebook)
    table = tabulate(labelled, encoder, also=also, progress=reading)
    ordinary = table
    if plain and plain.identity != encoder.identity:
        ordinary = tabulate(labelled, plain, also=also, progress=reading)
    beside = simpler(ordinary, layout, codebook, plain or encoder, seed=seed)
    trial = Trial(table, layout, encoder.identity, seed, beside)
    parts, sets = list(splits(labelled, folds, seed=seed)), [split for _, split in writer_splits(labelled)]
    apart = sets if len(sets) > 1 else []
    steps = Steps(progress, total=len(parts) + len(apart))
    said = list(_said_of(trial, [*parts, *apart], processes, steps))
    known = _beside(trial, parts, said[: len(parts)])
    found = replace(known, title=_crossed(folds), folds=folds)
    if not apart:
        return found
    title = f"Un groupe d’auteurs laissé de côté à chaque fois, {len(sets)} groupes"
    return replace(found, new_voices=replace(_beside(trial, sets, said[len(parts) :]), title=title))


def cross_validate(trial: Trial, *, folds: int, processes: int = 1, steps: Steps) -> Evaluation:
    """The figures of coders that each judge the testimonies they have not read."""
    parts = list(splits(trial.table.passages, folds, seed=trial.seed))
    figures = _beside(trial, parts, list(_said_of(trial, parts, processes, steps)))
    return replace(figures, title=_crossed(folds), folds=folds)


def evaluate_on(labelled: Sequence[Labelled], model: CoderModel, encoder: Encoder, *, seed: int) -> Evaluation:
    """The figures of a trained coder on passages that it must not have learnt from.

    The bars of acceptance are chosen on one half of the testimonies and tried on the other, each in turn.
    Raises ModelError when the encoder is not the coder's.
    """
    model.require(encoder)
    table = tabulate(labelled, encoder)
    judged = Judged(table, model.layout)
    judged.take(model, np.arange(len(labelled)))
    for half, (_, rows) in enumerate(splits(labelled, 2, seed=seed)):
        judged.part[rows] = half
    compared = _compared(judged, {"Dictionnaire de mots clés": dictionary(table, model.layout)}, seed)
    title = f"Codeur {model.identity} sur un fichier donné"
    return replace(figures_of(judged, seed=seed), title=title, encoder=encoder.identity, seed=seed, compared=compared)


def _crossed(folds: int) -> str:
    return f"Validation croisée par témoignage, {folds} plis"


Said = tuple[Words, dict[str, Flags]]
"""What the coder says of a part, and what the simpler ways say of it."""


def _said_of(trial: Trial, parts: Sequence[Split], processes: int, steps: Steps) -> Iterator[Said]:
    """What is said of each part by those that learnt from the others."""
    for said in in_order(_judge, trial, parts, processes=processes):
        steps.one()
        yield said


def _judge(trial: Trial, part: Split) -> Said:
    learn, judge = part
    model = fit(trial.table.rows(learn), trial.layout, encoder_identity=trial.identity, seed=trial.seed)
    others = trial.beside.say(learn, judge) if trial.beside else {}
    return words_of(model, trial.table.rows(judge)), others


def _beside(trial: Trial, parts: Sequence[Split], said: Sequence[Said]) -> Evaluation:
    """The figures, with those of the simpler ways on the same parts."""
    judged = Judged(trial.table, trial.layout)
    ways: dict[str, Flags] = {}
    for (_, rows), (words, others) in zip(parts, said, strict=True):
        judged.put(words, rows)
        for name, flags in others.items():
            ways.setdefault(name, np.zeros_like(judged.truth))[rows] = flags
    compared = _compared(judged, ways, trial.seed) if trial.beside else {}
    figures = figures_of(judged, seed=trial.seed)
    return replace(figures, encoder=trial.identity, seed=trial.seed, compared=compared)


def _compared(judged: Judged, said: dict[str, Flags], seed: int) -> dict[str, dict[str, Figure]]:
    """F1 by way of coding and label, the coder last."""
    times = resampling.draw([one.testimony_id for one in judged.table.passages], seed=seed)
    ways = {**said, THE_CODER: judged.said}
    return {name: f1_by_label(judged.truth, flags, judged.layout, times) for name, flags in ways.items()}
