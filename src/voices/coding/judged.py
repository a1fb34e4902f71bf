"""What was said of labelled passages by coders that had not read their testimonies."""

import numpy as np
from numpy.typing import NDArray

from voices.coding.fitting import Flags, Rows, Table
from voices.coding.layout import SENSES, Layout
from voices.coding.model import CoderModel


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
        self.part = np.full(len(self.truth), -1)

    def take(self, model: CoderModel, rows: Rows) -> None:
        """Has the coder judge those rows."""
        held = self.table.rows(rows)
        predicted = model.predict(held.passages, held.vectors)
        self.part[rows] = self.part.max() + 1
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
