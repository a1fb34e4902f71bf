"""Training: two logistic regressions a head, one on vectors and one on n-grams, then calibration out of fold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from voices.coding.calibration import best_thresholds, fit_platt, fit_temperature
from voices.coding.doubt import fit_doubt
from voices.coding.evidence import Example, Examples
from voices.coding.features import BUCKETS, Floats, Vectors, vectors
from voices.coding.folds import splits
from voices.coding.labelled import Labelled
from voices.coding.layout import SENSES, TRUST, Layout
from voices.coding.lexical import inverse_frequency, tally, weighed
from voices.coding.model import CoderModel, Weights
from voices.coding.scaling import fit_scaling
from voices.domain import Aim, Codebook
from voices.errors import ModelError
from voices.ports import Encoder, Progress

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]

INNER_FOLDS = 3
DENSE_C, LEXICAL_C = 0.003, 4.0
"""Inverse strength of the L2 penalty, the best of four and of two tried (docs/evaluation.md)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Labelled passages, their vectors and their n-grams counted, made once and cut into folds by rows.

    `grams` is (n, BUCKETS), from `lexical.tally`. `also` are passages that every fold learns from and none judges:
    those of another corpus.
    """

    passages: tuple[Labelled, ...]
    vectors: Vectors
    grams: "sparse.csr_matrix"
    also: "Table | None" = None

    def rows(self, chosen: Rows) -> "Table":
        """Those passages only, and what is learnt from also."""
        passages = tuple(self.passages[row] for row in chosen)
        return Table(passages, self.vectors.rows(chosen), self.grams[chosen], self.also)

    def whole(self) -> "Table":
        """All there is to learn from: the passages, then those of `also`."""
        if self.also is None:
            return self
        grams = sparse.vstack([self.grams, self.also.grams], format="csr")
        return Table(self.passages + self.also.passages, self.vectors.then(self.also.vectors), grams)

    def truth(self, layout: Layout) -> Flags:
        """(n, n_codes + 1) bool: which codes are there, trust last."""
        return np.array(
            [[name in one.codes if name != TRUST else one.trust for name in layout.present] for one in self.passages]
        )


def layout_of(codebook: Codebook) -> Layout:
    """The rows that a coder of that code book has."""
    return Layout(
        codes=tuple(code.id for code in codebook.codes),
        subcodes=tuple((sub.id, code.id) for code in codebook.codes for sub in code.subcodes),
    )


def tabulate(
    labelled: Sequence[Labelled],
    encoder: Encoder,
    *,
    also: Sequence[Labelled] = (),
    progress: Progress | None = None,
) -> Table:
    """The labelled passages with their vectors and n-grams. `progress` counts the texts read, each corpus apart."""
    others = tabulate(also, encoder, progress=progress) if also else None
    grams = tally([one.text for one in labelled])
    return Table(tuple(labelled), vectors(labelled, encoder, progress=progress), grams, others)


def fit(table: Table, layout: Layout, *, encoder_identity: str, seed: int, subcodes: bool = True) -> CoderModel:
    """A coder that learnt from the whole table; calibration, thresholds and doubt come from inner folds by
    testimony.

    Raises ModelError when the passages are too few, or a code is never or always there.
    """
    truth = table.truth(layout)
    _require_enough(table, layout, truth)
    raw = _fit_map(table.whole(), layout, encoder_identity, subcodes=subcodes)
    present, senses = _out_of_fold(table, layout, truth, seed)
    calibration = tuple(fit_platt(present[:, k], truth[:, k]) for k in range(len(layout.present)))
    probabilities = np.stack([platt.probability(present[:, k]) for k, platt in enumerate(calibration)], axis=1)
    aims = {aim: best_thresholds(probabilities, truth, aim) for aim in Aim}
    codes = len(layout.codes)
    pairs, kinds = sense_pairs(table, layout)
    temperature = fit_temperature(senses[pairs[:, 0], pairs[:, 1]].astype(np.float64), kinds)
    return replace(
        raw,
        calibration=calibration,
        thresholds=aims[Aim.BALANCED],
        temperature=temperature,
        aims=aims,
        doubt=fit_doubt(probabilities[:, :codes], truth[:, :codes]),
    )


def with_examples(model: CoderModel, table: Table) -> CoderModel:
    """The coder with the passages of the table as examples to show, those without a code among them.

    A coder without vectors has none: it cannot tell which are near.
    """
    if model.blind:
        return model
    examples = tuple(Example(one.text, one.codes) for one in table.passages)
    # Through float16, as they are stored: a coder just trained and the same one loaded must show the same.
    directions = model.scaling.directions(table.vectors.text).astype(np.float16).astype(np.float32)
    return replace(model, examples=Examples(examples, directions))


def _require_enough(table: Table, layout: Layout, truth: Flags) -> None:
    testimonies = len({one.testimony_id for one in table.passages})
    lacking = [name for k, name in enumerate(layout.present) if not 2 <= truth[:, k].sum() <= len(truth) - 2]
    kinds = {sense for one in table.passages for sense in one.codes.values()}
    if testimonies < INNER_FOLDS or lacking or len(kinds) < len(SENSES):
        raise ModelError(
            "Les passages codés ne suffisent pas pour entraîner un codeur.",
            f"Il en faut d’au moins {INNER_FOLDS} témoignages, avec et sans chaque code et chaque sens"
            f"{' ; manquent : ' + ', '.join(lacking) if lacking else ''}.",
        )


def _out_of_fold(table: Table, layout: Layout, truth: Flags, seed: int) -> tuple[Floats, Floats]:
    """Scores of each passage by a coder that has not seen its testimony: (n, present), (n, n_codes, 3)."""
    present = np.zeros((len(truth), len(layout.present)), np.float32)
    senses = np.zeros((len(truth), len(layout.codes), len(SENSES)), np.float32)
    for learn, judge in splits(table.passages, INNER_FOLDS, seed=seed):
        model = _fit_map(table.rows(learn).whole(), layout, "", subcodes=False)
        held = table.rows(judge)
        dense, lexical = model.scaling.dense(held.vectors), weighed(held.grams, model.weights.idf)
        scores = dense @ model.weights.dense.T + lexical @ model.weights.lexical + model.weights.bias
        present[judge] = scores[:, : len(layout.present)]
        senses[judge] = scores[:, None, layout.sense_rows] + model.weights.sense_bias[None]
    return present, senses


def sense_pairs(table: Table, layout: Layout) -> tuple[Rows, Rows]:
    """Every (row, code) that is there, (m, 2), and its sense as a number, (m,)."""
    found = [
        (row, k, SENSES.index(one.codes[code]))
        for row, one in enumerate(table.passages)
        for k, code in enumerate(layout.codes)
        if code in one.codes
    ]
    pairs = np.array(found, np.intp).reshape(-1, 3)
    return pairs[:, :2], pairs[:, 2]


def _fit_map(table: Table, layout: Layout, identity: str, *, subcodes: bool) -> CoderModel:
    """The uncalibrated coder."""
    truth, scaling, idf = table.truth(layout), fit_scaling(table.vectors), inverse_frequency(table.grams)
    dense, lexical = scaling.dense(table.vectors), weighed(table.grams, idf)
    present = [_fit_flag(dense, lexical, truth[:, k]) for k in range(truth.shape[1])]
    senses, sense_bias = _fit_senses(dense, lexical, table, layout)
    subs = [
        _fit_subcode(dense, lexical, table, sub, parent) if subcodes else _nothing(dense)
        for sub, parent in layout.subcodes
    ]
    rows = [*present, *senses, *subs]
    weights = Weights(
        dense=np.stack([row.dense for row in rows]).astype(np.float32),
        # Through float16, as it is stored (see with_examples).
        lexical=np.stack([row.lexical for row in rows], axis=1).astype(np.float16).astype(np.float32),
        bias=np.array([row.bias for row in rows], np.float32),
        idf=idf,
        sense_bias=sense_bias,
    )
    return CoderModel(layout, identity, scaling, weights, (), (), 1.0, Examples((), np.empty((0, 0), np.float32)))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the map."""

    dense: NDArray[np.float64]
    lexical: NDArray[np.float64]
    bias: float


def _nothing(dense: Floats) -> _Row:
    return _Row(np.zeros(dense.shape[1]), np.zeros(BUCKETS), 0.0)


def _fit_flag(dense: Floats, lexical: "sparse.csr_matrix", truth: Flags) -> _Row:
    """A yes/no row: the mean of the log-odds of the two regressions; the n-grams alone where there are no vectors."""
    two = _fit_lexical(lexical, truth)
    if not dense.shape[1]:
        return two
    one = LogisticRegression(C=DENSE_C, max_iter=300).fit(dense, truth)
    return _Row(one.coef_[0] / 2, two.lexical / 2, (float(one.intercept_[0]) + two.bias) / 2)


def _fit_lexical(lexical: "sparse.csr_matrix", truth: Flags) -> _Row:
    """A yes/no row on n-grams alone."""
    fitted = lexical_regression().fit(lexical, truth)
    return _Row(np.zeros(0), fitted.coef_[0], float(fitted.intercept_[0]))


def lexical_regression() -> LogisticRegression:
    """The regression for n-grams, in its dual form: three times faster than the primal one, and nearer the optimum
    (log-odds within 0.002 of it, and 0.005). The seed orders the coordinates only.
    """
    return LogisticRegression(C=LEXICAL_C, solver="liblinear", dual=True, tol=0.01, max_iter=1000, random_state=0)


def _fit_subcode(dense: Floats, lexical: "sparse.csr_matrix", table: Table, sub: str, parent: str) -> _Row:
    """A row learnt among the passages that have the parent code only."""
    rows = np.array([row for row, one in enumerate(table.passages) if parent in one.codes], np.intp)
    truth = np.array([sub in table.passages[row].subcodes for row in rows], bool)
    if not truth.any() or truth.all():
        return replace(_nothing(dense), bias=4.0 if truth.all() else -4.0)
    return _fit_flag(dense[rows], lexical[rows], truth)


def _fit_senses(dense: Floats, lexical: "sparse.csr_matrix", table: Table, layout: Layout) -> tuple[list[_Row], Floats]:
    """The rows of the three senses, learnt over all codes together (a lack reads like a lack whatever is lacking:
    better than one head a code, docs/evaluation.md), and the (n_codes, 3) prior of each code.
    """
    pairs, kinds = sense_pairs(table, layout)
    # One against the others on n-grams: the joint fit costs ten times more on 65,536 columns.
    grams = lexical[pairs[:, 0]]
    two = [_fit_lexical(grams, kinds == k) for k in range(len(SENSES))]
    rows = two
    if dense.shape[1]:
        one = LogisticRegression(C=DENSE_C, max_iter=300).fit(dense[pairs[:, 0]], kinds)
        rows = [
            _Row(one.coef_[k] / 2, row.lexical / 2, (float(one.intercept_[k]) + row.bias) / 2)
            for k, row in enumerate(two)
        ]
    shared = np.bincount(kinds, minlength=len(SENSES)) + 1.0
    prior = np.stack(
        [np.bincount(kinds[pairs[:, 1] == k], minlength=len(SENSES)) + 1.0 for k in range(len(layout.codes))]
    )
    return rows, (np.log(prior / prior.sum(1, keepdims=True)) - np.log(shared / shared.sum())).astype(np.float32)
