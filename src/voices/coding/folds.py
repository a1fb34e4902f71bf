"""Folds that keep a testimony, and texts that say nearly the same words, on one side."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voices.coding.features import plain
from voices.coding.labelled import Labelled

Rows = NDArray[np.intp]
Split = tuple[Rows, Rows]

_SAME_FROM_WORDS = 8
"""Shorter texts (« Oui, tous les mardis ») may be the same by chance."""
_RUN = 3
_SHARED = 0.5
"""Texts are near-duplicates when half the runs of three words of the shorter are in the longer: one word changed in
six, or an excerpt. One pair of testimonies of the shipped passages is so tied."""
_HOLDERS = 10
"""A text is compared with the first texts that hold each of its runs: one more copy finds the first ones there, and
runs that everyone uses (« il y a ») do not cost a square of time."""


def groups(passages: Sequence[Labelled]) -> list[str]:
    """The group of each passage: its testimony, or one of those that share a passage, word for word or nearly."""
    leader = {one.testimony_id: one.testimony_id for one in passages}

    def find(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for one, other in _copies(tuple((one.testimony_id, one.text) for one in passages)):
        leader[find(one)] = find(other)
    return [find(one.testimony_id) for one in passages]


@lru_cache(maxsize=64)  # the same passages are cut into folds again and again
def _copies(passages: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of testimonies with a passage in common."""
    runs = [_runs(text) for _, text in passages]
    holders: dict[str, list[int]] = {}
    found: dict[tuple[str, str], None] = {}
    for row, mine in enumerate(runs):
        shared = Counter(other for run in mine for other in holders.get(run, ()))
        for other, count in shared.items():
            if count >= _SHARED * min(len(mine), len(runs[other])) and passages[row][0] != passages[other][0]:
                found[passages[row][0], passages[other][0]] = None
        for run in mine:
            if len(holders.setdefault(run, [])) < _HOLDERS:
                holders[run].append(row)
    return tuple(found)


@lru_cache(maxsize=20_000)
def _runs(text: str) -> frozenset[str]:
    """The runs of three words of a text; none where it is too short to be a copy."""
    words = re.findall(r"\w+", plain(text).casefold())
    enough = len(words) >= _SAME_FROM_WORDS
    return frozenset(" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1) if enough)


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
    """(set, (rows of the other sets, rows of that set)) for each writer's set.

    Testimonies of the other sets that share a passage with that one are not learnt from.
    """
    sets, names = np.array([one.writer_set for one in passages]), np.array(groups(passages))
    for name in sorted(set(sets), key=lambda one: (len(one), one)):
        judge = sets == name
        yield str(name), (np.flatnonzero(~judge & ~np.isin(names, names[judge])), np.flatnonzero(judge))
