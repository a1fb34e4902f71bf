"""Rows of one kind, column by column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Words:
    """A column of few different words: of each row, the rank of its word among `values`, which only grows."""

    at: NDArray[np.int32]
    values: list[str]
    ranks: dict[str, int]

    def put(self, rows: NDArray[np.intp], said: Iterable[str]) -> None:
        """Nothing; those rows say that."""
        self.at[rows] = [self._rank(one) for one in said]

    def _rank(self, value: str) -> int:
        rank = self.ranks.get(value)
        if rank is None:
            self.values.append(value)
            rank = self.ranks[value] = len(self.values) - 1
        return rank


@dataclass(slots=True)
class Table:
    """Columns of numbers, `id` among them, and of words. A row whose id is 0 is gone. `rows`, by id: its row, or -1."""

    numbers: dict[str, Numbers]
    words: dict[str, Words]
    rows: NDArray[np.int32]
    gone: int = 0

    @property
    def ids(self) -> NDArray[np.int64]:
        """The id of each row; 0, of one that is gone."""
        return self.numbers["id"]

    def at(self, ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.intp]:
        """The row of each of these ids; -1, of one that is not there."""
        asked = np.asarray(ids, np.int64)
        there = (asked >= 0) & (asked < len(self.rows))
        return np.where(there, self.rows[np.where(there, asked, 0)], -1)

    def grown(self, ids: Sequence[int] | NDArray[np.int64]) -> "Table":
        """A copy that may be written, with a row for each of these ids."""
        asked = np.unique(np.asarray(ids, np.int64))
        new = asked[self.at(asked) < 0]
        rows = _longer(self.rows, int(new.max(initial=0)) + 1 - len(self.rows), -1)
        rows[new] = np.arange(len(self.ids), len(self.ids) + len(new))
        return Table(
            {name: _longer(one, len(new)) for name, one in self.numbers.items()},
            {name: Words(_longer(one.at, len(new)), one.values, one.ranks) for name, one in self.words.items()},
            rows,
            self.gone,
        )

    def put(self, ids: Sequence[int], columns: Mapping[str, Sequence[Any]]) -> None:
        """Nothing; of those ids, which have rows, these columns hold that."""
        at = self.at(ids)
        for name, said in columns.items():
            if name in self.words:
                self.words[name].put(at, said)
            else:
                self.numbers[name][at] = said

    def drop(self, ids: Iterable[int]) -> None:
        """Nothing; those are gone."""
        gone = list(ids)
        at = self.at(gone)
        there = at >= 0
        self.ids[at[there]] = 0
        self.rows[np.asarray(gone, np.int64)[there]] = -1
        self.gone += int(np.count_nonzero(there))


def empty(numbers: Mapping[str, Any], words: Sequence[str]) -> Table:
    """No row yet."""
    return Table(
        {name: np.zeros(0, kind) for name, kind in numbers.items()},
        {name: Words(np.zeros(0, np.int32), [], {}) for name in words},
        np.full(1, -1, np.int32),
    )


def _longer(one: Numbers, more: int, filled: int = 0) -> Numbers:
    return np.concatenate([one, np.full(max(0, more), filled, one.dtype)])
