"""Heads alone, for comparisons: what one kind of columns says of passages held out, calibrated on inner folds.

A head is the coder's: a logistic regression a code, with the same strength. Codes are judged by Platt-scaled log-odds,
so that those of several kinds of columns can be averaged, and those of several folds ranked together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression

from voices import coding, encoders, settings
from voices.coding.calibration import Doubles, best_threshold, fit_platt
from voices.coding.features import Floats, Vectors
from voices.coding.fitting import DENSE_C, INNER_FOLDS, Table, lexical_regression
from voices.coding.folds import Split, splits
from voices.coding.labelled import Labelled
from voices.coding.layout import SENSES
from voices.coding.lexical import inverse_frequency, weighed
from voices.coding.scaling import fit_scaling
from voices.ports import Encoder

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "corpora" / "gold" / "coded_passages.jsonl"
WRITTEN = ROOT / "corpora" / "written" / "coded_passages.jsonl"
SEED = 3

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]
Matrix: TypeAlias = Floats | sparse.csr_matrix


def encoder_of(name: str) -> tuple[str, Encoder]:
    """A short name and the encoder: one that ships, or the folder of one (build/…), vectors from the cache."""
    table = settings.load()
    folder = Path(name)
    if encoders.is_embedded(name, models=table.models) or not folder.is_dir():
        return name, encoders.load(name, models=table.models, cache=table.cache, threads=table.threads)
    if encoders.is_embedded(folder.name, models=folder.parent):
        return folder.name, encoders.load(folder.name, models=folder.parent, cache=table.cache, threads=table.threads)
    return folder.name, encoders.load(str(folder), models=table.models, cache=table.cache, threads=table.threads)


def corpora() -> tuple[tuple[Labelled, ...], tuple[Labelled, ...]]:
    """The gold passages, and those written to learn from."""
    return coding.read_labelled(GOLD), coding.read_labelled(WRITTEN)


@dataclass(frozen=True)
class Said:
    """Of one way and one part: calibrated log-odds of the rows learnt from, by inner folds, and of those judged, both
    (n, n_labels); and the scores of the three senses of the rows judged, (n, 3), if it tells them."""

    inner: Doubles
    judged: Doubles
    senses: Doubles | None = None


def dense(vectors: Vectors, learn: Rows, *, context: bool) -> Floats:
    """The columns that the coder makes of vectors; without context, those of the passage alone."""
    columns = fit_scaling(vectors.rows(learn)).dense(vectors)
    return columns if context else columns[:, : vectors.text.shape[1]]


def lexical(grams: "sparse.csr_matrix", learn: Rows) -> "sparse.csr_matrix":
    return weighed(grams, inverse_frequency(grams[learn]))


def regression_of(columns: Matrix) -> LogisticRegression:
    return lexical_regression() if sparse.issparse(columns) else LogisticRegression(C=DENSE_C, max_iter=300)


def odds(columns: Matrix, truth: Flags, learn: Rows, judge: Rows) -> Doubles:
    """(len(judge), n_labels) log-odds; 0 for a label that is always or never there."""
    found = np.zeros((len(judge), truth.shape[1]))
    for k in range(truth.shape[1]):
        if 0 < truth[learn, k].sum() < len(learn):
            fitted = clone(regression_of(columns)).fit(columns[learn], truth[learn, k])
            found[:, k] = fitted.decision_function(columns[judge])
    return found


def calibrated(inner: Doubles, judged: Doubles, truth: Flags) -> tuple[Doubles, Doubles]:
    """Both, as log-odds that mean what they say: Platt-scaled on the inner ones, whose truth is known."""
    platts = [fit_platt(inner[:, k], truth[:, k]) for k in range(truth.shape[1])]
    one, other = (
        np.stack([platt.slope * some[:, k] + platt.offset for k, platt in enumerate(platts)], axis=1)
        for some in (inner, judged)
    )
    return one, other


def inner_splits(passages: Sequence[Labelled], rows: Rows) -> list[Split]:
    """Inner folds by testimony, as rows of the whole."""
    parts = splits([passages[row] for row in rows], INNER_FOLDS, seed=SEED)
    return [(rows[learn], rows[judge]) for learn, judge in parts]


def sense_odds(columns: Matrix, rows: Rows, kinds: Rows, judge: Rows) -> Doubles:
    """(len(judge), 3): the scores of the senses, learnt on those (row, sense) pairs."""
    if not sparse.issparse(columns):
        return np.asarray(regression_of(columns).fit(columns[rows], kinds).decision_function(columns[judge]))
    fitted = [lexical_regression().fit(columns[rows], kinds == k) for k in range(len(SENSES))]
    return np.asarray(np.stack([one.decision_function(columns[judge]) for one in fitted], axis=1), np.float64)


def thresholds(inner: Doubles, truth: Flags) -> Doubles:
    """The log-odds from which each label is said, the best for F1 on the inner folds."""
    chances = 1 / (1 + np.exp(-inner))
    best = np.array([best_threshold(chances[:, k], truth[:, k]) for k in range(truth.shape[1])])
    best = np.clip(best, 1e-12, 1 - 1e-12)
    return np.asarray(np.log(best / (1 - best)), np.float64)


def whole_of(gold: Table, written: Table) -> Table:
    """Gold rows, then written rows."""
    return Table(gold.passages, gold.vectors, gold.grams, written).whole()
