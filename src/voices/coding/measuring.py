"""From what was judged to figures, with intervals over testimonies."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from voices.coding import resampling
from voices.coding.acceptance import LEVELS, decide
from voices.coding.doubt import LEVELS as PROMISED
from voices.coding.figures import (
    Acceptance,
    Bin,
    CertaintyFigures,
    Coverage,
    Evaluation,
    Figure,
    LabelFigures,
    Part,
    SenseFigures,
)
from voices.coding.fitting import Flags, Rows
from voices.coding.judged import CERTAINTIES, Judged
from voices.coding.labelled import Labelled
from voices.coding.layout import SENSES, TRUST, Layout
from voices.coding.resampling import Doubles, ratio


def figures_of(judged: Judged, *, seed: int) -> Evaluation:
    """The figures of what was judged."""
    passages, layout = judged.table.passages, judged.layout
    times = resampling.draw([one.testimony_id for one in passages], seed=seed)
    codes = len(layout.codes)
    truth, said, present = judged.truth, judged.said, judged.present
    known = judged.true_senses()
    coded, pair_rows = known >= 0, np.nonzero(known >= 0)[0]
    errors = [resampling.calibration_error(truth[:, k], present[:, k], times) for k in range(len(layout.present))]
    return Evaluation(
        passages=len(passages),
        testimonies=len({one.testimony_id for one in passages}),
        counts=counts_of(passages, layout),
        labels=tuple(_label(judged, k, errors[k], times) for k in range(len(layout.present))),
        macro_f1=_figure(resampling.macro_f1(truth[:, :codes], said[:, :codes], times)),
        calibration_error=_figure(np.mean(errors[:codes], axis=0)),
        sense_accuracy=_or_zero(ratio(_per_row(known == judged.senses, coded), coded.sum(axis=1), times)),
        sense_majority=_majority(known),
        senses={sense.value: _sense(judged, known, k, times) for k, sense in enumerate(SENSES)},
        sense_calibration_error=_figure(
            resampling.calibration_error(
                (known == judged.senses)[coded], judged.sense_probabilities[coded], times[:, pair_rows]
            )
        ),
        subcode_f1={sub: _subcode_f1(judged, sub, parent, times) for sub, parent in layout.subcodes},
        reliability={name: tuple(_bins(truth[:, k], present[:, k], times)) for k, name in enumerate(layout.present)},
        acceptance=tuple(_acceptance(judged, known, level, times) for level in LEVELS),
        certainties=tuple(_certainty(judged, known, place, times) for place in range(len(CERTAINTIES))),
        coverage=tuple(_covered(judged, k, place, times) for k in range(codes) for place in range(len(PROMISED))),
        parts={
            kind: tuple(_part(judged, name, rows, times) for name, rows in parts.items())
            for kind, parts in _kinds(passages).items()
        },
    )


def f1_by_label(truth: Flags, said: Flags, layout: Layout, times: Doubles) -> dict[str, Figure]:
    """F1 of each label, and `macro`, that of the codes together."""
    by_label = resampling.f1(truth, said, times)
    codes = len(layout.codes)
    figures = {name: _figure(by_label[:, k]) for k, name in enumerate(layout.present)}
    return {**figures, "macro": _figure(by_label[:, :codes].mean(axis=1))}


def counts_of(passages: Sequence[Labelled], layout: Layout) -> dict[str, dict[str, int]]:
    """How many passages have each code, by sense; each sub-code; trust; no code."""
    found = {
        code: {sense.value: sum(one.codes.get(code) == sense for one in passages) for sense in SENSES}
        for code in layout.codes
    }
    found[TRUST] = {"oui": sum(one.trust for one in passages)}
    for sub, _ in layout.subcodes:
        found[sub] = {"oui": sum(sub in one.subcodes for one in passages)}
    found["aucun code"] = {"oui": sum(not one.codes for one in passages)}
    return found


def _label(judged: Judged, k: int, errors: Doubles, times: Doubles) -> LabelFigures:
    truth, said = judged.truth[:, k], judged.said[:, k]
    return LabelFigures(
        name=judged.layout.present[k],
        passages=int(truth.sum()),
        precision=_or_zero(ratio(truth & said, said, times)),
        recall=_or_zero(ratio(truth & said, truth, times)),
        f1=_figure(resampling.f1(truth, said, times)),
        average_precision=_figure(resampling.average_precision(truth, judged.present[:, k], times)),
        calibration_error=_figure(errors),
    )


def _sense(judged: Judged, known: NDArray[np.intp], kind: int, times: Doubles) -> SenseFigures:
    put = judged.said[:, : known.shape[1]]
    true, said = known == kind, judged.senses == kind
    coded = known >= 0
    return SenseFigures(
        pairs=int(true.sum()),
        recall=_or_zero(ratio(_per_row(true, put), true.sum(axis=1), times)),
        coded_f1=_f1_of_pairs(true, said & put, times),
        f1=_f1_of_pairs(true, said & coded, times),
    )


def _f1_of_pairs(true: Flags, said: Flags, times: Doubles) -> Figure:
    return _or_zero(ratio(2 * _per_row(true, said), true.sum(axis=1) + said.sum(axis=1), times))


def _per_row(one: Flags, other: Flags) -> NDArray[np.intp]:
    """(n,) how many codes of each passage are in both."""
    return np.asarray((one & other).sum(axis=1), np.intp)


def _majority(known: NDArray[np.intp]) -> float:
    """What always saying a code's commonest sense would get."""
    right = sum(int(np.bincount(column[column >= 0], minlength=1).max()) for column in known.T)
    return right / max(1, int((known >= 0).sum()))


def _subcode_f1(judged: Judged, sub: str, parent: str, times: Doubles) -> Figure:
    there = np.array([parent in one.codes for one in judged.table.passages])
    truth = np.array([sub in one.subcodes for one in judged.table.passages])
    said = np.array([sub in some for some in judged.subcodes])
    return _figure(resampling.f1(truth & there, said & there, times))


def _bins(truth: Flags, present: Doubles, times: Doubles) -> Iterator[Bin]:
    """Bins of equal counts, from the least to the most probable."""
    for rows in np.array_split(np.argsort(present, kind="stable"), resampling.BINS):
        if len(rows):
            yield Bin(len(rows), float(present[rows].mean()), _on(truth[rows], rows, times))


def _on(right: Flags, rows: Rows, times: Doubles) -> Figure:
    """The share of right ones among those rows."""
    return _or_zero(ratio(right, np.ones(len(rows)), times[:, rows]))


def _acceptance(judged: Judged, known: NDArray[np.intp], level: float, times: Doubles) -> Acceptance:
    codes = known.shape[1]
    truth = judged.truth[:, :codes]
    put, accepted = decide(judged.present[:, :codes], truth, judged.part, level)
    left, nothing = ~put & accepted[:, None], accepted & ~put.any(axis=1)
    return Acceptance(
        level=level,
        share=_figure(ratio(accepted, np.ones(len(accepted)), times)),
        put=int(put.sum()),
        put_right=_or_none(ratio(_per_row(put, truth), put.sum(axis=1), times)),
        sense_right=_or_none(ratio(_per_row(put, known == judged.senses), put.sum(axis=1), times)),
        left_right=_or_none(ratio(_per_row(left, ~truth), left.sum(axis=1), times)),
        nothing=int(nothing.sum()),
        nothing_right=_or_none(ratio(nothing & ~truth.any(axis=1), nothing, times)),
    )


def _certainty(judged: Judged, known: NDArray[np.intp], place: int, times: Doubles) -> CertaintyFigures:
    codes = known.shape[1]
    truth, said, here = judged.truth[:, :codes], judged.said[:, :codes], judged.certainties == place
    put, left = said & here, ~said & here
    whole = judged.certainties.max(axis=1) == place
    nothing = whole & ~said.any(axis=1)
    return CertaintyFigures(
        name=CERTAINTIES[place].value,
        put=int(put.sum()),
        put_right=_or_none(ratio(_per_row(put, truth), put.sum(axis=1), times)),
        sense_right=_or_none(ratio(_per_row(put, known == judged.senses), put.sum(axis=1), times)),
        left=int(left.sum()),
        left_right=_or_none(ratio(_per_row(left, ~truth), left.sum(axis=1), times)),
        share=_figure(ratio(whole, np.ones(len(whole)), times)),
        nothing=int(nothing.sum()),
        nothing_right=_or_none(ratio(nothing & ~truth.any(axis=1), nothing, times)),
    )


def _covered(judged: Judged, k: int, place: int, times: Doubles) -> Coverage:
    truth, sets = judged.truth[:, k], judged.sets[:, k, place]
    holds = np.where(truth, sets[:, 1], sets[:, 0])
    everywhere = np.ones(len(truth))
    return Coverage(
        name=judged.layout.codes[k],
        level=list(PROMISED.values())[place],
        covered=_figure(ratio(holds, everywhere, times)),
        present=_or_none(ratio(holds & truth, truth, times)),
        absent=_or_none(ratio(holds & ~truth, ~truth, times)),
        single=_figure(ratio(sets.sum(axis=1) == 1, everywhere, times)),
    )


def _kinds(passages: Sequence[Labelled]) -> dict[str, dict[str, Rows]]:
    """What passages are told apart by, and the rows of each; a passage of which the file does not say is in none."""
    return {
        "writer_set": _rows_of([one.writer_set for one in passages]),
        "channel": _rows_of([one.channel for one in passages]),
        "place_type": _rows_of([one.place_type for one in passages]),
        "length": _lengths(np.array([len(one.text.split()) for one in passages])),
    }


def _rows_of(names: Sequence[str | None]) -> dict[str, Rows]:
    """In the order in which the names are first met."""
    found = np.array([name or "" for name in names])
    return {name: np.flatnonzero(found == name) for name in dict.fromkeys(names) if name}


def _lengths(words: NDArray[np.intp]) -> dict[str, Rows]:
    """The thirds of the passages, by their number of words."""
    low, high = (int(one) for one in np.quantile(words, [1 / 3, 2 / 3], method="lower"))
    thirds = {
        f"jusqu’à {low} mots": words <= low,
        f"de {low + 1} à {high} mots": (words > low) & (words <= high),
        f"plus de {high} mots": words > high,
    }
    return {name: np.flatnonzero(there) for name, there in thirds.items() if there.any()}


def _part(judged: Judged, name: str, rows: Rows, times: Doubles) -> Part:
    codes = len(judged.layout.codes)
    truth, said = judged.truth[rows, :codes], judged.said[rows, :codes]
    return Part(name, len(rows), _figure(resampling.macro_f1(truth, said, times[:, rows])))


def _figure(values: Doubles) -> Figure:
    return Figure(float(values[0]), *resampling.interval(values))


def _or_zero(values: Doubles) -> Figure:
    """A share of nothing counts 0."""
    return _figure(np.nan_to_num(values))


def _or_none(values: Doubles) -> Figure | None:
    return None if np.isnan(values[0]) else _figure(values)
