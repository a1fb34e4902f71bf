"""Correspondence analysis: the rows and the columns of a table of counts as points on axes, the widest apart first.

Benzécri, J.-P. (1973), L'analyse des données, t. 2, Dunod; computed as Greenacre, M. (2017), Correspondence Analysis in
Practice, 3rd ed., appendix A: the singular value decomposition of the standardised residuals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from voices.errors import SettingsError
from voices.lexicon.parts import Parts
from voices.lexicon.table import Cell, Table

_NOUGHT = 1e-12
"""An inertia under this is that of rounding: the axis is none."""
_SHOWN = 3
"""Axes told in rows."""

Floats = NDArray[np.float64]
Counts = NDArray[Any]


@dataclass(frozen=True, slots=True, repr=False)
class Points:
    """Points, one a row of each array, one an axis a column.

    `masses` and `inertias` are shares of the whole table. `coordinates` are principal; `contributions` are to the
    axis, and add up to 1 down a column; `cos2` is how well an axis shows a point, and adds up to 1 along a row.
    Supplementary points, at the end from `active` on, have no mass, inertia nor contribution: NaN.
    """

    names: tuple[str, ...]
    masses: Floats
    inertias: Floats
    coordinates: Floats
    contributions: Floats
    cos2: Floats
    active: int

    def __repr__(self) -> str:
        return f"Points({len(self.names)} points, {self.coordinates.shape[1]} axes)"


@dataclass(frozen=True, slots=True, repr=False)
class Correspondence:
    """The axes, by their inertia (`eigenvalues`, the largest first; they add up to `inertia`), and the points on them.

    `chi2` is that of the table: inertia times its total.
    """

    eigenvalues: Floats
    inertia: float
    total: float
    of_rows: Points
    of_columns: Points

    columns: ClassVar = (
        *("point", "nom", "masse", "inertie"),
        *(f"{what}_{axis}" for axis in range(1, _SHOWN + 1) for what in ("axe", "contribution", "cos2")),
    )

    def __repr__(self) -> str:
        parts, words = len(self.of_rows.names), len(self.of_columns.names)
        return f"Correspondence({parts} parties, {words} mots, {len(self.eigenvalues)} axes)"

    @property
    def chi2(self) -> float:
        """The chi-square of the table of active rows and columns."""
        return self.inertia * self.total

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """A row a point: parts, then words, the supplementary ones last."""
        for kind, points in (("partie", self.of_rows), ("mot", self.of_columns)):
            for at in range(len(points.names)):
                name = kind if at < points.active else f"{kind} (supplémentaire)"
                yield (name, points.names[at], *_row(points, at))


def analyse(
    counts: Counts,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    more_rows: Counts | None = None,
    more_row_names: Sequence[str] = (),
    more_columns: Counts | None = None,
    more_column_names: Sequence[str] = (),
) -> Correspondence:
    """The analysis of a table of counts. `more_rows` and `more_columns` are supplementary: placed, without weighing.

    The first row or column to have the largest coordinate of its axis has it positive: the sign means nothing, and
    is the same each time. Raises SettingsError where the table has fewer than two rows or columns that hold something.
    """
    table = np.asarray(counts, dtype=np.float64)
    if (table.sum(axis=1) > 0).sum() < 2 or (table.sum(axis=0) > 0).sum() < 2:
        raise SettingsError(
            "Il faut au moins deux parties et deux mots pour une analyse des correspondances.",
            "Comparer autrement, ou garder plus de mots.",
        )
    total = float(table.sum())
    r, c = table.sum(axis=1) / total, table.sum(axis=0) / total
    expected = np.outer(r, c)
    residuals = np.divide(table / total - expected, np.sqrt(expected), out=np.zeros_like(table), where=expected > 0)
    left, singular, right = np.linalg.svd(residuals, full_matrices=False)
    axes = min(len(rows), len(columns)) - 1
    keep = np.flatnonzero(singular[:axes] ** 2 > _NOUGHT)
    left, singular, right = left[:, keep], singular[keep], right[keep].T
    f = _over(left * singular, np.sqrt(r))
    g = _over(right * singular, np.sqrt(c))
    sign = _signs(f)
    f, g = f * sign, g * sign
    more_f = _profiles(more_rows, len(columns)) @ _standard(g, singular)
    more_g = _profiles(None if more_columns is None else np.asarray(more_columns).T, len(rows)) @ _standard(f, singular)
    return Correspondence(
        eigenvalues=singular**2,
        inertia=float((residuals**2).sum()),
        total=total,
        of_rows=_points((*rows, *more_row_names), r, residuals, f, left**2, more_f, _far(more_rows, c)),
        of_columns=_points(
            (*columns, *more_column_names),
            *(c, residuals.T, g, right**2, more_g),
            _far(None if more_columns is None else np.asarray(more_columns).T, r),
        ),
    )


def of_parts(table: Table, parts: Parts) -> Correspondence:
    """The analysis of the parts (rows) by the table's terms (columns). Raises as `analyse`.

    Parts in brackets (what is not told, no code, no theme) are supplementary.
    """
    counts = (table.counts.T @ parts.members).toarray().T
    aside = np.array([name.startswith("(") for name in parts.names])
    names = np.array(parts.names, dtype=object)
    said = counts[~aside].sum(axis=0) > 0
    terms = [term for term, kept in zip(table.terms, said, strict=True) if kept]
    return analyse(
        counts[~aside][:, said],
        names[~aside].tolist(),
        terms,
        more_rows=counts[aside][:, said],
        more_row_names=names[aside].tolist(),
    )


def _over(values: Floats, weights: Floats) -> Floats:
    return np.divide(values, weights[:, None], out=np.zeros_like(values), where=weights[:, None] > 0)


def _signs(f: Floats) -> Floats:
    largest = f[np.abs(f).round(9).argmax(axis=0), np.arange(f.shape[1])]
    return np.where(largest < 0, -1.0, 1.0)


def _standard(principal: Floats, singular: Floats) -> Floats:
    standard: Floats = principal / singular
    return standard


def _profiles(more: Counts | None, width: int) -> Floats:
    if more is None:
        return np.zeros((0, width))
    values = np.asarray(more, dtype=np.float64)
    return _over(values, values.sum(axis=1))


def _far(more: Counts | None, centre: Floats) -> Floats:
    """The squared chi-square distance of each supplementary point to the centre."""
    profiles = _profiles(more, len(centre))
    distances = np.divide((profiles - centre) ** 2, centre, out=np.zeros_like(profiles), where=centre > 0)
    return np.asarray(distances.sum(axis=1))


def _points(
    names: tuple[str, ...],
    masses: Floats,
    residuals: Floats,
    f: Floats,
    contributions: Floats,
    more: Floats,
    far: Floats,
) -> Points:
    inertias = (residuals**2).sum(axis=1)
    distances = _over(inertias[:, None], masses)[:, 0]
    coordinates = np.vstack([f, more])
    none = np.full(len(more), np.nan)
    return Points(
        names=names,
        masses=np.concatenate([masses, none]),
        inertias=np.concatenate([inertias / max(inertias.sum(), _NOUGHT), none]),
        coordinates=coordinates,
        contributions=np.vstack([contributions, np.full(more.shape, np.nan)]),
        cos2=_over(coordinates**2, np.concatenate([distances, far])),
        active=len(f),
    )


def _row(points: Points, at: int) -> Iterator[Cell]:
    yield _cell(points.masses[at])
    yield _cell(points.inertias[at])
    for axis in range(_SHOWN):
        for values in (points.coordinates, points.contributions, points.cos2):
            yield _cell(values[at, axis]) if axis < values.shape[1] else None


def _cell(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 6)
