"""Folds that keep a testimony, and texts that say the same words, on one side."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from voices.coding.features import plain
from voices.coding.labelled import Labelled

Rows = NDArray[np.intp]
Split = tuple[Rows, Rows]

_SAME_FROM_WORDS = 8
"""Shorter texts (« Oui, tous les mardis ») may be the same by chance."""


def groups(passages: Sequence[Labelled]) -> list[str]:
    """The group of each passage: its testimony, or the first of the testimonies that share a passage's words."""
    leader = {one.testimony_id: one.testimony_id for one in passages}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    first: dict[str, str] = {}
    for one in passages:
        words = re.findall(r"\w+", plain(one.text).casefold())
        if len(words) >= _SAME_FROM_WORDS:
            other = first.setdefault(" ".join(words), one.testimony_id)
            leader[find(one.testimony_id)] = find(other)
    return [find(one.testimony_id) for one in passages]


def splits(passages: Sequence[Labelled], folds: int, *, seed: int) -> Iterator[Split]:
    """(rows to learn from, rows to judge), `folds` times; every row is judged once.

    Groups are shuffled, then dealt largest first to the lightest fold.
    """
    names = np.array(groups(passages))
    different, sizes = np.unique(names, return_counts=True)
    shuffled = np.random.default_rng(seed).permutation(len(different))
    load = np.zeros(folds)
    home: dict[str, int] = {}
    for one in sorted(shuffled, key=lambda k: -sizes[k]):
        lightest = int(np.argmin(load))
        home[str(different[one])] = lightest
        load[lightest] += sizes[one]
    fold = np.array([home[name] for name in names])
    for number in range(folds):
        yield np.flatnonzero(fold != number), np.flatnonzero(fold == number)


def writer_splits(passages: Sequence[Labelled]) -> Iterator[tuple[str, Split]]:
    """(set, (rows of the other sets, rows of that set)) for each writer's set."""
    sets = np.array([one.writer_set for one in passages])
    for name in sorted(set(sets), key=lambda one: (len(one), one)):
        yield str(name), (np.flatnonzero(sets != name), np.flatnonzero(sets == name))
