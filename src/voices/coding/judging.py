"""How well the coder does on testimonies it has not read, next to simpler ways."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from voices.coding import baselines
from voices.coding.figures import Evaluation, Figure, LabelFigures, counts_of
from voices.coding.fitting import Table, fit, layout_of, tabulate
from voices.coding.folds import Split, splits, writer_splits
from voices.coding.labelled import Labelled
from voices.coding.layout import SENSES, Layout
from voices.coding.metrics import average_precision, bootstrap, calibration_error, macro_f1, scores
from voices.coding.model import CoderModel
from voices.domain import Codebook
from voices.ports import Encoder, Progress

Flags = NDArray[np.bool_]


class Judged:
    """What was said of each row by a coder that had not read its testimony."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self.table, self.layout = table, layout
        self.truth = table.truth(layout)
        self.said = np.zeros_like(self.truth)
        self.present = np.zeros(self.truth.shape)
        self.senses = np.full((len(self.truth), len(layout.codes)), -1)
        self.sense_probabilities = np.zeros(self.senses.shape)
        self.subcodes: list[frozenset[str]] = [frozenset()] * len(self.truth)

    def take(self, model: CoderModel, rows: NDArray[np.intp]) -> None:
        """Has the coder judge those rows."""
        held = self.table.rows(rows)
        predicted = model.predict(held.passages, held.vectors)
        self.said[rows], self.present[rows] = model.says(predicted), predicted.present
        self.senses[rows] = predicted.senses.argmax(axis=2)
        self.sense_probabilities[rows] = predicted.senses.max(axis=2)
        for place, row in enumerate(rows):
            parents = [code for code in self.layout.codes if code in self.table.passages[row].codes]
            suggested = [model.suggested(predicted.subcodes[place], code) for code in parents]
            self.subcodes[row] = frozenset(sub for some in suggested for sub in some)

    def true_senses(self) -> NDArray[np.intp]:
        """(n, n_codes): the sense that people gave, -1 where the code is absent."""
        return np.array(
            [
                [SENSES.index(one.codes[code]) if code in one.codes else -1 for code in self.layout.codes]
                for one in self.table.passages
            ]
        )


def evaluate(
    labelled: Sequence[Labelled],
    encoder: Encoder,
    codebook: Codebook,
    *,
    folds: int,
    seed: int,
    progress: Progress | None = None,
) -> Evaluation:
    """The figures of the coder, cross-validated by testimony and by writer's set, and those of simpler ways.

    Calibration and thresholds are fitted inside the folds. `progress` counts coders trained, after the encoding.
    """
    table, layout = tabulate(labelled, encoder), layout_of(codebook)
    sets = list(writer_splits(table.passages))
    steps = Steps(progress, total=2 * folds + len(sets) * (len(sets) > 1))
    figures = cross_validate(table, layout, encoder.identity, folds=folds, seed=seed, steps=steps)
    simpler = _simpler(table, layout, splits(table.passages, folds, seed=seed), seed, steps)
    simpler["Codeur"] = {**figures.presence(), "macro": figures.macro_f1}
    apart = _writer_sets(table, layout, sets, encoder.identity, seed, steps) if len(sets) > 1 else {}
    return replace(figures, compared=simpler, writer_sets=apart)


def cross_validate(table: Table, layout: Layout, identity: str, *, folds: int, seed: int, steps: "Steps") -> Evaluation:
    """The figures of coders that each judge the testimonies they have not read."""
    judged = Judged(table, layout)
    for learn, judge in splits(table.passages, folds, seed=seed):
        judged.take(fit(table.rows(learn), layout, encoder_identity=identity, seed=seed), judge)
        steps.one()
    title = f"Validation croisée par témoignage, {folds} plis"
    return replace(figures_of(judged, seed=seed), title=title, encoder=identity, seed=seed, folds=folds)


def evaluate_on(labelled: Sequence[Labelled], model: CoderModel, encoder: Encoder, *, seed: int) -> Evaluation:
    """The figures of a trained coder on passages that it must not have learnt from.

    Raises ModelError when the encoder is not the coder's.
    """
    model.require(encoder)
    table = tabulate(labelled, encoder)
    judged = Judged(table, model.layout)
    judged.take(model, np.arange(len(labelled)))
    title = f"Codeur {model.identity} sur un fichier donné"
    return replace(figures_of(judged, seed=seed), title=title, encoder=encoder.identity, seed=seed)


class Steps:
    """Counts the coders trained."""

    def __init__(self, progress: Progress | None, *, total: int) -> None:
        self.progress, self.done, self.total = progress, 0, total

    def one(self) -> None:
        """One more."""
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)


def _simpler(
    table: Table, layout: Layout, parts: Iterable[Split], seed: int, steps: Steps
) -> dict[str, dict[str, Figure]]:
    """F1 of the baselines, by label, on the same folds."""
    truth, groups = table.truth(layout), [one.testimony_id for one in table.passages]
    said = {
        "Dictionnaire de mots clés": baselines.dictionary(table, layout),
        "N-grammes (TF-IDF) seuls": np.zeros_like(truth),
        "Vecteurs seuls": np.zeros_like(truth),
    }
    for learn, judge in parts:
        said["N-grammes (TF-IDF) seuls"][judge] = baselines.ngrams(table, learn, judge, layout, seed=seed)
        said["Vecteurs seuls"][judge] = baselines.frozen(table, learn, judge, layout, seed=seed)
        steps.one()
    return {name: _f1_by_label(truth, found, layout, groups, seed) for name, found in said.items()}


def _f1_by_label(truth: Flags, said: Flags, layout: Layout, groups: Sequence[str], seed: int) -> dict[str, Figure]:
    figures = {
        name: _figure(groups, seed, partial(_f1, truth[:, k], said[:, k])) for k, name in enumerate(layout.present)
    }
    codes = len(layout.codes)
    macro = _figure(groups, seed, lambda rows: macro_f1(truth[rows, :codes], said[rows, :codes]))
    return {**figures, "macro": macro}


def _f1(truth: Flags, said: Flags, rows: NDArray[np.intp]) -> float:
    return scores(truth[rows], said[rows]).f1


def _writer_sets(
    table: Table, layout: Layout, sets: Sequence[tuple[str, Split]], identity: str, seed: int, steps: Steps
) -> dict[str, tuple[int, float]]:
    """For each writer's set left out: how many passages, macro-F1 of presence; last, all of them together."""
    judged = Judged(table, layout)
    codes = len(layout.codes)
    found: dict[str, tuple[int, float]] = {}
    for name, (learn, judge) in sets:
        model = fit(table.rows(learn), layout, encoder_identity=identity, seed=seed, subcodes=False)
        judged.take(model, judge)
        found[name] = (len(judge), macro_f1(judged.truth[judge, :codes], judged.said[judge, :codes]))
        steps.one()
    found["ensemble"] = (len(table.passages), macro_f1(judged.truth[:, :codes], judged.said[:, :codes]))
    return found


def figures_of(judged: Judged, *, seed: int) -> Evaluation:
    """The figures of what was judged, with intervals over testimonies."""
    layout, truth, said = judged.layout, judged.truth, judged.said
    groups = [one.testimony_id for one in judged.table.passages]
    codes = len(layout.codes)
    senses, known = judged.senses, judged.true_senses()
    return Evaluation(
        passages=len(truth),
        testimonies=len(set(groups)),
        counts=counts_of(judged.table.passages, layout),
        labels=tuple(_label(judged, k, groups, seed) for k in range(len(layout.present))),
        macro_f1=_figure(groups, seed, lambda rows: macro_f1(truth[rows, :codes], said[rows, :codes])),
        sense_accuracy=_figure(groups, seed, lambda rows: _agreement(known[rows], senses[rows])),
        sense_majority=_majority(known),
        sense_f1={
            sense.value: scores(known[known >= 0] == k, senses[known >= 0] == k).f1 for k, sense in enumerate(SENSES)
        },
        sense_calibration_error=calibration_error(
            (known == senses)[known >= 0], judged.sense_probabilities[known >= 0]
        ),
        subcode_f1={sub: _subcode_f1(judged, sub, parent) for sub, parent in layout.subcodes},
    )


def _label(judged: Judged, k: int, groups: Sequence[str], seed: int) -> LabelFigures:
    truth, said, present = judged.truth[:, k], judged.said[:, k], judged.present[:, k]
    found = scores(truth, said)
    return LabelFigures(
        name=judged.layout.present[k],
        passages=int(truth.sum()),
        precision=found.precision,
        recall=found.recall,
        f1=_figure(groups, seed, partial(_f1, truth, said)),
        average_precision=_figure(groups, seed, lambda rows: average_precision(truth[rows], present[rows])),
        calibration_error=calibration_error(truth, present),
    )


def _figure(groups: Sequence[str], seed: int, figure: Callable[[NDArray[np.intp]], float]) -> Figure:
    everything = np.arange(len(groups))
    return Figure(figure(everything), *bootstrap(groups, figure, seed=seed))


def _agreement(known: NDArray[np.intp], said: NDArray[np.intp]) -> float:
    there = known >= 0
    return float((known[there] == said[there]).mean()) if there.any() else 0.0


def _majority(known: NDArray[np.intp]) -> float:
    """What always saying a code's commonest sense would get."""
    right = sum(int(np.bincount(column[column >= 0], minlength=1).max()) for column in known.T)
    return right / max(1, int((known >= 0).sum()))


def _subcode_f1(judged: Judged, sub: str, parent: str) -> float:
    rows = [row for row, one in enumerate(judged.table.passages) if parent in one.codes]
    truth = [sub in judged.table.passages[row].subcodes for row in rows]
    return scores(truth, [sub in judged.subcodes[row] for row in rows]).f1
