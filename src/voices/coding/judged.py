"""What was said of labelled passages by coders that had not read their testimonies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.coding.doubt import LEVELS
from voices.coding.fitting import Flags, Rows, Table
from voices.coding.layout import SENSES, Layout
from voices.coding.model import CoderModel
from voices.coding.resampling import Doubles
from voices.domain import Certainty

Counts = NDArray[np.intp]

CERTAINTIES = tuple(Certainty)


@dataclass(frozen=True, slots=True)
class Words:
    """One coder's word on m passages: `said` and `present` (m, n_codes + 1), trust last; `senses` and their
    probabilities (m, n_codes); the sub-codes suggested where people put the code.

    `certainties` (m, n_codes) are places in CERTAINTIES. `sets` (m, n_codes, levels, 2) tells, in the order of
    `doubt.LEVELS`, whether the prediction set holds « absent » and « present ».
    """

    said: Flags
    present: Doubles
    senses: Counts
    sense_probabilities: Doubles
    subcodes: tuple[frozenset[str], ...]
    certainties: Counts
    sets: Flags


def words_of(model: CoderModel, held: Table) -> Words:
    """What the coder says of those passages."""
    predicted = model.predict(held.passages, held.vectors)
    said, codes = model.says(predicted), range(len(model.layout.codes))
    rows = range(len(said))
    certainties = [[model.certainty(predicted, row, k, put=bool(said[row, k])) for k in codes] for row in rows]
    subcodes = [
        frozenset(sub for code in one.codes for sub in model.suggested(predicted.subcodes[row], code))
        for row, one in enumerate(held.passages)
    ]
    return Words(
        said=said,
        present=predicted.present,
        senses=predicted.senses.argmax(axis=2),
        sense_probabilities=predicted.senses.max(axis=2),
        subcodes=tuple(subcodes),
        certainties=np.array([[CERTAINTIES.index(one) for one in some] for some in certainties], np.intp),
        sets=np.array([[_sets(model, k, float(predicted.present[row, k])) for k in codes] for row in rows], bool),
    )


def _sets(model: CoderModel, code: int, probability: float) -> list[list[bool]]:
    """By level: whether each answer is held. A coder without levels rejects none."""
    if not model.doubt.levels:
        return [[True, True] for _ in LEVELS]
    held = [model.doubt.levels[code][level].prediction_set(probability) for level in LEVELS]
    return [[answer in some for answer in (False, True)] for some in held]


class Judged:
    """One coder's word on each row, and the part (fold, or set) in which it was judged; -1 before it is."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self.table, self.layout = table, layout
        self.truth: Flags = table.truth(layout)
        self.said: Flags = np.zeros_like(self.truth)
        self.present = np.zeros(self.truth.shape)
        self.senses = np.full((len(self.truth), len(layout.codes)), -1)
        self.sense_probabilities = np.zeros(self.senses.shape)
        self.subcodes: list[frozenset[str]] = [frozenset()] * len(self.truth)
        self.certainties = np.full(self.senses.shape, CERTAINTIES.index(Certainty.REVIEW))
        self.sets: Flags = np.ones((*self.senses.shape, len(LEVELS), 2), bool)
        self.part = np.full(len(self.truth), -1)

    def take(self, model: CoderModel, rows: Rows) -> None:
        """Has the coder judge those rows."""
        self.put(words_of(model, self.table.rows(rows)), rows)

    def put(self, words: Words, rows: Rows) -> None:
        """Keeps what a coder said of those rows."""
        self.part[rows] = self.part.max() + 1
        self.said[rows], self.present[rows] = words.said, words.present
        self.senses[rows], self.sense_probabilities[rows] = words.senses, words.sense_probabilities
        self.certainties[rows], self.sets[rows] = words.certainties, words.sets
        for row, suggested in zip(rows, words.subcodes, strict=True):
            self.subcodes[row] = suggested

    def true_senses(self) -> Counts:
        """(n, n_codes): the sense that people gave, -1 where the code is absent."""
        return np.array(
            [
                [SENSES.index(one.codes[code]) if code in one.codes else -1 for code in self.layout.codes]
                for one in self.table.passages
            ]
        )
