"""Rows of one kind, column by column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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

    def put(self, rows: Sequence[int], said: Iterable[str]) -> None:
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
    """Columns of numbers, `id` among them, and of words. A row whose id is 0 is gone. `rows` is by id."""

    numbers: dict[str, Numbers]
    words: dict[str, Words]
    rows: dict[int, int] = field(default_factory=dict)
    gone: int = 0

    @property
    def ids(self) -> NDArray[np.int64]:
        """The id of each row; 0, of one that is gone."""
        return self.numbers["id"]

    def grown(self, ids: Iterable[int]) -> "Table":
        """A copy that may be written, with a row for each of these ids."""
        rows = self.rows.copy() if not self.rows else self.rows
        new = [pk for pk in ids if pk not in rows]
        for pk in new:
            rows[pk] = len(rows) + self.gone
        return Table(
            {name: np.concatenate([one, np.zeros(len(new), one.dtype)]) for name, one in self.numbers.items()},
            {name: _longer(one, len(new)) for name, one in self.words.items()},
            rows,
            self.gone,
        )

    def put(self, ids: Sequence[int], columns: Mapping[str, Sequence[Any]]) -> None:
        """Nothing; of those ids, these columns hold that."""
        at = [self.rows[pk] for pk in ids]
        for name, said in columns.items():
            if name in self.words:
                self.words[name].put(at, said)
            else:
                self.numbers[name][at] = said

    def drop(self, ids: Iterable[int]) -> None:
        """Nothing; those are gone."""
        for pk in ids:
            row = self.rows.pop(pk, None)
            if row is not None:
                self.numbers["id"][row] = 0
                self.gone += 1


def empty(numbers: Mapping[str, Any], words: Sequence[str]) -> Table:
    """No row yet."""
    return Table(
        {name: np.zeros(0, kind) for name, kind in numbers.items()},
        {name: Words(np.zeros(0, np.int32), [], {}) for name in words},
    )


def _longer(one: Words, more: int) -> Words:
    return Words(np.concatenate([one.at, np.zeros(more, np.int32)]), one.values, one.ranks)
