"""The reliability diagram, as SVG: what the coder says beside what is true. Standard library only."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from voices.coding.figures import Bin

_SIDE, _GAP, _LEFT, _TOP = 180, 36, 44, 34
_HEIGHT = _TOP + _SIDE + 52
_TICKS = ((0.0, "0"), (0.5, "0,5"), (1.0, "1"))


def reliability(labels: Mapping[str, Sequence[Bin]]) -> str:
    """One panel a label: a point a bin, its 95 % interval, and the line where what is said is what is true."""
    width = _LEFT + len(labels) * (_SIDE + _GAP)
    panels = [line for number, (name, bins) in enumerate(labels.items()) for line in _panel(number, name, bins)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" width="{width}"'
            f' height="{_HEIGHT}" role="img" font-family="sans-serif" font-size="12" fill="#222">',
            "<title>Diagramme de fiabilité</title>",
            "<desc>Pour chaque code, la part de passages qui l’ont vraiment selon la probabilité dite ; sur la"
            " diagonale, le codeur dit vrai.</desc>",
            f'<rect width="{width}" height="{_HEIGHT}" fill="#fff"/>',
            *panels,
            f'<text x="{width / 2:.0f}" y="{_HEIGHT - 8}" text-anchor="middle">probabilité dite</text>',
            f'<text transform="translate(12 {_TOP + _SIDE / 2:.0f}) rotate(-90)" text-anchor="middle">',
            "part vraie</text>",
            "</svg>\n",
        ]
    )


def _panel(number: int, name: str, bins: Sequence[Bin]) -> Iterator[str]:
    yield f'<g transform="translate({_LEFT + number * (_SIDE + _GAP)} {_TOP})">'
    yield f'<rect width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#888"/>'
    yield f'<line x1="0" y1="{_SIDE}" x2="{_SIDE}" y2="0" stroke="#888" stroke-dasharray="4 4"/>'
    yield f'<text x="{_SIDE / 2:.0f}" y="-10" text-anchor="middle" font-weight="bold">{escape(name)}</text>'
    for value, shown in _TICKS:
        yield f'<text x="{_x(value)}" y="{_SIDE + 16}" text-anchor="middle">{shown}</text>'
        if number == 0:
            yield f'<text x="-6" y="{_y(value)}" text-anchor="end" dominant-baseline="middle">{shown}</text>'
    for one in bins:
        x = _x(one.probability)
        yield f'<line x1="{x}" y1="{_y(one.frequency.low)}" x2="{x}" y2="{_y(one.frequency.high)}" stroke="#0b5"/>'
    points = " ".join(f"{_x(one.probability)},{_y(one.frequency.value)}" for one in bins)
    yield f'<polyline points="{points}" fill="none" stroke="#064" stroke-width="1.5"/>'
    for one in bins:
        yield f'<circle cx="{_x(one.probability)}" cy="{_y(one.frequency.value)}" r="3" fill="#064"/>'
    yield "</g>"


def _x(value: float) -> str:
    return f"{value * _SIDE:.1f}"


def _y(value: float) -> str:
    return f"{(1 - value) * _SIDE:.1f}"
