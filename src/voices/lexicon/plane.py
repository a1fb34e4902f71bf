"""The plane of a correspondence analysis as a picture: parts and words on two axes, on one scale."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from voices.lexicon.correspondence import Correspondence, Points
from voices.lexicon.drawing import COLOURS, Box, box, element, number, picture, text

WIDTH, HEIGHT = 1000.0, 760.0
WORDS = 40
"""Words shown: those that weigh most on the two axes."""
_MARGIN = 70.0
_PART, _WORD = 19.0, 15.0
_DIAMOND = 8.0
_AROUND = ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))
"""Where a name is tried about its point."""


@dataclass(frozen=True, slots=True)
class _Point:
    name: str
    x: float
    y: float
    part: bool
    active: bool = True


def draw(found: Correspondence, *, axes: tuple[int, int] = (1, 2), words: int = WORDS, key: str = "plan") -> str:
    """The plane of those axes (from 1) as SVG, the same each time; where there is one axis, points lie on a line.

    Parts are diamonds, supplementary ones hollow, words are dots; a name for which there is no room is left out, and is
    in the table.
    """
    one, other = (axis - 1 for axis in axes)
    points = [*_parts(found.of_rows, one, other), *_heaviest(found.of_columns, one, other, words)]
    scale = _scale(points)
    placed = [_Point(point.name, *scale(point.x, point.y), point.part, point.active) for point in points]
    centre = scale(0, 0)
    return picture(
        (
            element("g", "".join(_axes(found, centre, (one, other))), class_="axes"),
            element("g", "".join(map(_shape, placed)), class_="points"),
            element("g", "".join(_names(placed, centre)), class_="noms", text_anchor="middle"),
        ),
        title=f"Plan des axes {axes[0]} et {axes[1]} de l’analyse des correspondances",
        description=_told(found, one),
        key=key,
        width=WIDTH,
        height=HEIGHT,
        class_="plan-mots",
    )


def _parts(points: Points, one: int, other: int) -> Iterator[_Point]:
    for at, name in enumerate(points.names):
        yield _Point(name, *_at(points, at, one, other), part=True, active=at < points.active)


def _heaviest(points: Points, one: int, other: int, words: int) -> Iterator[_Point]:
    """The words that weigh most on either axis."""
    axes = [axis for axis in (one, other) if axis < points.contributions.shape[1]]
    weights = points.contributions[: points.active, axes].max(axis=1, initial=0)
    for at in np.lexsort((np.arange(len(weights)), -weights))[:words].tolist():
        yield _Point(points.names[at], *_at(points, at, one, other), part=False)


def _at(points: Points, at: int, one: int, other: int) -> tuple[float, float]:
    axes = points.coordinates.shape[1]
    x, y = (float(points.coordinates[at, axis]) if axis < axes else 0.0 for axis in (one, other))
    return x, y


def _scale(points: Sequence[_Point]) -> Callable[[float, float], tuple[float, float]]:
    """From coordinates to the page, as large as fits, one unit being as long on both axes; the origin is in sight."""
    xs, ys = [0.0, *(point.x for point in points)], [0.0, *(point.y for point in points)]
    wide, high = (max(values) - min(values) or 1.0 for values in (xs, ys))
    unit = min((WIDTH - 2 * _MARGIN) / wide, (HEIGHT - 2 * _MARGIN) / high)
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return lambda x, y: (WIDTH / 2 + unit * (x - middle_x), HEIGHT / 2 - unit * (y - middle_y))


def _axes(found: Correspondence, centre: tuple[float, float], shown: tuple[int, int]) -> Iterator[str]:
    for x1, y1, x2, y2 in ((0, centre[1], WIDTH, centre[1]), (centre[0], 0, centre[0], HEIGHT)):
        yield element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke="currentColor", stroke_opacity="0.3")
    names = [_axis_name(found, axis) for axis in shown]
    yield text(names[0], x=WIDTH - 8, y=centre[1] - 8, text_anchor="end", font_size=14)
    yield text(names[1], x=centre[0] + 8, y=16, font_size=14)


def _axis_name(found: Correspondence, axis: int) -> str:
    if axis >= len(found.eigenvalues):
        return ""
    share = f"{100 * found.eigenvalues[axis] / found.inertia:.1f}".replace(".", ",")
    return f"axe {axis + 1} ({share}\u202f%)"


def _shape(point: _Point) -> str:
    if not point.part:
        return element("circle", cx=point.x, cy=point.y, r=3, class_="mot", fill=COLOURS[4])
    corners = ((0, -_DIAMOND), (_DIAMOND, 0), (0, _DIAMOND), (-_DIAMOND, 0))
    told = " ".join(f"{number(point.x + x)},{number(point.y + y)}" for x, y in corners)
    fill = COLOURS[1] if point.active else "none"
    return element("polygon", points=told, class_="partie", fill=fill, stroke=COLOURS[1], stroke_width=2)


def _names(points: Sequence[_Point], centre: tuple[float, float]) -> Iterator[str]:
    """The names, parts first, each beside its point where there is room."""
    taken = [Box(point.x, point.y, 2 * _DIAMOND, 2 * _DIAMOND) for point in points if point.part]
    taken += [Box(point.x, point.y, 6, 6) for point in points if not point.part]
    taken += [box("axe 1 (00,0 %)", 14, WIDTH - 60, centre[1] - 12), box("axe 2 (00,0 %)", 14, centre[0] + 60, 12)]
    for point in points:
        size = _PART if point.part else _WORD
        place = _room(point, size, taken)
        if place:
            taken.append(place)
            weight = {"font_weight": "700"} if point.part else {}
            kind = "partie" if point.part else "mot"
            yield text(point.name, x=place.x, y=place.y + size * 0.35, font_size=size, class_=kind, **weight)


def _room(point: _Point, size: float, taken: Sequence[Box]) -> Box | None:
    """The first place about the point where its name covers nothing."""
    whole = box(point.name, size, 0, 0, bold=point.part)
    for away in (_DIAMOND, 2.5 * _DIAMOND):
        for x, y in _AROUND:
            at = Box(
                point.x + x * (whole.width / 2 + away),
                point.y + y * (whole.height / 2 + away),
                whole.width,
                whole.height,
            )
            if at.inside(WIDTH, HEIGHT) and not any(at.covers(other) for other in taken):
                return at
    return None


def _told(found: Correspondence, axis: int) -> str:
    """What stands at each end of the first axis shown."""
    ends = []
    for sign in (-1, 1):
        some = (_ends(points, axis, sign) for points in (found.of_rows, found.of_columns))
        ends.append(", ".join(name for names in some for name in names))
    return (
        f"D’un côté de l’axe {axis + 1}\u202f: {ends[0]}. De l’autre\u202f: {ends[1]}. "
        "Le tableau donne les coordonnées de tous les points."
    )


def _ends(points: Points, axis: int, sign: int) -> list[str]:
    if axis >= points.coordinates.shape[1]:
        return []
    contributions = points.contributions[: points.active, axis]
    side = np.sign(points.coordinates[: points.active, axis]) == sign
    order = np.argsort(-np.where(side, contributions, -1), kind="stable")[:5]
    return [points.names[at] for at in order.tolist() if side[at]]
