"""The tree of the classes as an SVG picture: how they were cut, how much each holds, its first words.

Everything is written in it too, and the tables say the same. It takes the colour and the font of what it stands in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from xml.sax.saxutils import escape

from voices.lexicon.classes import Branch, Classes

_WIDTH, _TREE, _ROW, _TOP = 960, 240, 104, 16
_TEXT = _TREE + 24
_BAR = 260
"""Width of the bar of a class that would hold everything."""
_LINE = 92
"""Letters on a line of words."""
_STYLE = 'fill="none" stroke="currentColor" stroke-width="1.5"'


@dataclass(frozen=True, slots=True)
class _Knot:
    """Where a branch joins the one above it."""

    x: float
    y: float


def draw(found: Classes, *, number: int = 14, key: str = "classes") -> str:
    """The picture, as the text of an SVG element. `key` tells its title from those of other pictures of the page."""
    order = found.tree.ranks if found.tree else tuple(range(len(found)))
    places = {rank: _TOP + _ROW * (at + 0.5) for at, rank in enumerate(order)}
    shapes = [*_leaves(found, places, number)]
    if found.tree and found.tree.parts:
        drawn: list[str] = []
        _draw(found.tree, places, found.tree.height, drawn)
        shapes = drawn + shapes
    height = _TOP * 2 + _ROW * len(order)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
            f'height="{height}" role="img" aria-labelledby="{key}-titre {key}-texte" font-family="sans-serif" '
            'font-size="15" fill="currentColor">',
            f'<title id="{key}-titre">Les classes de mots et leurs parentés</title>',
            f'<desc id="{key}-texte">{escape(" ".join(described(found)))}</desc>',
            *shapes,
            "</svg>\n",
        ]
    )


def described(found: Classes, number: int = 6) -> Iterator[str]:
    """The same in sentences: each class, then what was cut from what."""
    for rank in range(len(found)):
        words = ", ".join(found.words_of(rank, number))
        yield f"Classe {rank + 1}, {_percent(found.share(rank))} des segments classés\u202f: {words}."
    if found.tree:
        yield from _cuts(found.tree)


def _cuts(branch: Branch) -> Iterator[str]:
    if branch.parts:
        first, second = (_named(part) for part in branch.parts)
        yield f"Une coupure sépare {first} de {second}."
        for part in branch.parts:
            yield from _cuts(part)


def _named(branch: Branch) -> str:
    numbers = [str(rank + 1) for rank in sorted(branch.ranks)]
    return f"la classe {numbers[0]}" if len(numbers) == 1 else f"les classes {', '.join(numbers[:-1])} et {numbers[-1]}"


def _draw(branch: Branch, places: dict[int, float], highest: float, drawn: list[str]) -> _Knot:
    """Adds the lines of a branch to `drawn`, tells where it joins: leaves at the right, the first cut at the left."""
    if not branch.parts:
        return _Knot(_TREE, places[branch.ranks[0]])
    x = _TREE - (_TREE - 12) * branch.height / highest
    knots = [_draw(part, places, highest, drawn) for part in branch.parts]
    y = sum(knot.y for knot in knots) / 2
    path = f"M{knots[0].x:.1f} {knots[0].y:.1f}H{x:.1f}V{knots[1].y:.1f}H{knots[1].x:.1f}"
    drawn.append(f'<path d="{path}" {_STYLE}/>')
    return _Knot(x, y)


def _leaves(found: Classes, places: dict[int, float], number: int) -> Iterator[str]:
    for rank, middle in places.items():
        share = found.share(rank)
        top = middle - _ROW / 2
        yield (
            f'<text x="{_TEXT}" y="{top + 24:.1f}" font-weight="600">Classe {rank + 1}</text>'
            f'<rect x="{_TEXT + 84}" y="{top + 12:.1f}" width="{max(_BAR * share, 1):.1f}" height="14" rx="2"/>'
            f'<text x="{_TEXT + 92 + _BAR * share:.1f}" y="{top + 24:.1f}">{_percent(share)}</text>'
        )
        lines = wrap(", ".join(found.words_of(rank, number)), _LINE)[:3]
        for at, line in enumerate(lines):
            yield f'<text x="{_TEXT}" y="{top + 48 + 20 * at:.1f}">{escape(line)}</text>'


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\u202f%"
