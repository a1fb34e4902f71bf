"""How well the coder does on testimonies it has not read, next to simpler ways."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from voices.coding import resampling
from voices.coding.baselines import Simpler, dictionary, simpler
from voices.coding.figures import Evaluation, Figure
from voices.coding.fitting import Flags, Table, fit, layout_of, tabulate
from voices.coding.folds import Split, splits, writer_splits
from voices.coding.judged import Judged
from voices.coding.labelled import Labelled
from voices.coding.layout import Layout
from voices.coding.measuring import f1_by_label, figures_of
from voices.coding.model import CoderModel
from voices.domain import Codebook
from voices.ports import Encoder, Progress

THE_CODER = "Codeur"


class Steps:
    """Counts the coders trained."""

    def __init__(self, progress: Progress | None, *, total: int) -> None:
        self.progress, self.done, self.total = progress, 0, total

    def one(self) -> None:
        """One more."""
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)


def evaluate(
    labelled: Sequence[Labelled],
    encoder: Encoder,
    codebook: Codebook,
    *,
    folds: int,
    seed: int,
    also: Sequence[Labelled] = (),
    plain: Encoder | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """The figures of the coder, cross-validated by testimony and by writer's set, and those of simpler ways.

    Calibration and thresholds are fitted inside the folds; `also` are passages that every fold learns from. `plain`
    is the ordinary encoder of the simpler ways, the coder's own where None. `progress` counts coders trained, after the
    encoding.
    """
    table, layout = tabulate(labelled, encoder, also=also), layout_of(codebook)
    ordinary = table if plain is None or plain.identity == encoder.identity else tabulate(labelled, plain, also=also)
    beside = simpler(ordinary, layout, codebook, plain or encoder, seed=seed)
    parts, sets = list(splits(labelled, folds, seed=seed)), [split for _, split in writer_splits(labelled)]
    apart = len(sets) > 1
    steps = Steps(progress, total=2 * (len(parts) + apart * len(sets)))
    known = _beside(_held_out(table, layout, parts, encoder.identity, seed, steps), beside, parts, steps)
    found = replace(known, title=_crossed(folds), encoder=encoder.identity, folds=folds)
    if not apart:
        return found
    new = _beside(_held_out(table, layout, sets, encoder.identity, seed, steps), beside, sets, steps)
    title = f"Un groupe d’auteurs laissé de côté à chaque fois, {len(sets)} groupes"
    return replace(found, new_voices=replace(new, title=title, encoder=encoder.identity))


def cross_validate(table: Table, layout: Layout, identity: str, *, folds: int, seed: int, steps: Steps) -> Evaluation:
    """The figures of coders that each judge the testimonies they have not read."""
    judged = _held_out(table, layout, list(splits(table.passages, folds, seed=seed)), identity, seed, steps)
    figures = figures_of(judged, seed=seed)
    return replace(figures, title=_crossed(folds), encoder=identity, seed=seed, folds=folds)


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


def _held_out(table: Table, layout: Layout, parts: Sequence[Split], identity: str, seed: int, steps: Steps) -> Judged:
    """Every row judged by a coder that learnt from the other parts."""
    judged = Judged(table, layout)
    for learn, judge in parts:
        judged.take(fit(table.rows(learn), layout, encoder_identity=identity, seed=seed), judge)
        steps.one()
    return judged


def _beside(judged: Judged, others: Simpler, parts: Sequence[Split], steps: Steps) -> Evaluation:
    """The figures, with those of the simpler ways on the same parts."""
    said: dict[str, Flags] = {}
    for learn, judge in parts:
        for name, flags in others.say(learn, judge).items():
            said.setdefault(name, np.zeros_like(judged.truth))[judge] = flags
        steps.one()
    figures = figures_of(judged, seed=others.seed)
    return replace(figures, seed=others.seed, compared=_compared(judged, said, others.seed))


def _compared(judged: Judged, said: dict[str, Flags], seed: int) -> dict[str, dict[str, Figure]]:
    """F1 by way of coding and label, the coder last."""
    times = resampling.draw([one.testimony_id for one in judged.table.passages], seed=seed)
    ways = {**said, THE_CODER: judged.said}
    return {name: f1_by_label(judged.truth, flags, judged.layout, times) for name, flags in ways.items()}
