"""The search for themes among the passages of the base, and what makes its result appear."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from voices.domain import Branch, Distinctive, Themes
from voices.pipeline import Watch
from voices.store.models import Passage, User
from voices.store.search.vectors import DIM
from voices.store.testimonies import passages_of
from voices.themes import find as find_themes
from voices.theming import appearing

READING, GROUPING, MAPPING = "Lecture des mots", "Recherche des thèmes", "Dessin de la carte"
STEPS = (READING, GROUPING, MAPPING)
_FIELDS = (
    *("number", "start", "end", "text", "turn", "sentences", "speaker", "question", "previous", "vector"),
    "testimony__key",
)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Group:
    """A theme as computed. `passages`: the ids of its passages, the most central first."""

    label: str
    keywords: tuple[str, ...]
    passages: tuple[int, ...]
    stability: float | None = None
    distinctive: tuple[Distinctive, ...] = ()
    found_again: int | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """What a search found. `at` is the row of each passage in `vectors` (n, DIM) and in `points` (n, 2).

    `tree` is of groups, by their indices as texts.
    """

    groups: tuple[Group, ...]
    alone: tuple[int, ...]
    left_out: tuple[int, ...]
    at: dict[int, int]
    vectors: Vectors
    points: NDArray[np.float64]
    method: str
    note: str
    tree: tuple[Branch, ...] = ()
    resamples: int = 0

    def nearest(self, passages: Sequence[int], groups: Sequence[Sequence[int]]) -> list[int]:
        """Of each of these passages, the group whose mean is nearest, as its index."""
        means = np.array([self._rows(one).mean(axis=0) for one in groups])
        found: list[int] = (self._rows(passages) @ means.T).argmax(axis=1).tolist()
        return found

    def _rows(self, passages: Sequence[int]) -> Vectors:
        return self.vectors[[self.at[pk] for pk in passages]]


def find(passages: QuerySet[Passage], *, by: User | None, seed: int, watch: Watch) -> Callable[[], None]:
    """What writes the themes of these passages, in place of those of the search before. Nothing is written yet.

    Passages whose vector is not there yet wait for the next search. Raises ModelError where the French pipeline is not
    installed.
    """
    computed = compute(passages, seed=seed, watch=watch)
    return lambda: appearing.write(computed, by)


def compute(passages: QuerySet[Passage], *, seed: int, watch: Watch) -> Computed:
    """The themes of these passages."""
    rows = [one for one in _rows(passages) if one.vector is not None and len(one.vector) == 2 * DIM]
    vectors = np.array([np.frombuffer(one.vector or b"", "<f2") for one in rows], np.float32).reshape(-1, DIM)
    reading, grouping = watch(READING), watch(GROUPING)
    reading(0, len(rows))

    def progress(done: int, total: int) -> None:
        """The words, then the groups: these tell nothing on the way."""
        reading(done, total)
        if done >= total:
            grouping(0, 0)

    found = find_themes(passages_of(rows), vectors, seed=seed, progress=progress)
    watch(MAPPING)(0, 0)
    return _computed(found, [one.pk for one in rows], vectors)


def _rows(passages: QuerySet[Passage]) -> QuerySet[Passage]:
    return passages.exclude(vector=None).select_related("testimony").only(*_FIELDS).order_by("pk")


def _computed(found: Themes, ids: Sequence[int], vectors: Vectors) -> Computed:
    from voices.themes.groups import NOBODY
    from voices.themes.projection import project

    at = {pk: row for row, pk in enumerate(ids)}
    labels = np.full(len(ids), NOBODY, dtype=np.intp)
    for number, theme in enumerate(found.themes):
        labels[[at[int(pk)] for pk in theme.passage_ids]] = number
    ranked = _ranked(vectors, labels, ids)
    groups = tuple(
        Group(
            *(one.label, one.keywords, _first(one.central, ranked[number]), one.stability, one.distinctive),
            one.found_again,
        )
        for number, one in enumerate(found.themes)
    )
    alone, left_out = (tuple(int(pk) for pk in some) for some in (found.outliers, found.left_out))
    index = {one.id: str(number) for number, one in enumerate(found.themes)}
    return Computed(
        groups,
        alone,
        left_out,
        at,
        vectors,
        project(vectors, labels),
        found.method,
        found.note or "",
        tuple(_indexed(one, index) for one in found.tree),
        found.resamples,
    )


def _indexed(branch: Branch, index: Mapping[str, str]) -> Branch:
    themes = tuple(index[one] for one in branch.themes)
    return Branch(branch.label, themes, tuple(_indexed(one, index) for one in branch.parts))


def _ranked(vectors: Vectors, labels: "NDArray[np.intp]", ids: Sequence[int]) -> list[list[int]]:
    """The passages of each group, nearest to its centre first."""
    from voices.themes.groups import centred, centres

    rows = centred(vectors) if len(vectors) else vectors
    found = []
    for number, centre in enumerate(centres(rows, labels)):
        mine = np.flatnonzero(labels == number)
        found.append([ids[row] for row in mine[np.argsort(-(rows[mine] @ centre), kind="stable")]])
    return found


def _first(central: Sequence[str], ranked: Sequence[int]) -> tuple[int, ...]:
    """The central ones first, which are of as many testimonies as can be; then the others."""
    chosen = [int(pk) for pk in central]
    return (*chosen, *(pk for pk in ranked if pk not in set(chosen)))
