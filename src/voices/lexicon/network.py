"""The graph of similarity as a picture: a word is larger the more it is said, a line thicker the heavier the link."""

from collections.abc import Sequence
from html import escape

from voices.lexicon.drawing import COLOURS, Box, apart, box, element, picture, text
from voices.lexicon.similarity import Node, Similarity

WIDTH, HEIGHT = 1000.0, 760.0
_SMALLEST, _LARGEST = 15.0, 34.0
_THINNEST, _THICKEST = 1.2, 7.0
_MARGIN = 50.0
_ROOM = 1.1
"""Of a word, for its letters and the blank around them: fonts differ."""
_HALO = 5.0
_DOT = 4.0


def draw(found: Similarity, *, key: str = "graphe") -> str:
    """The tree as SVG, the same each time. `key` is unique in the page.

    A word for which there is no room beside those said more is a dot, named to who points at it; the table has it.
    """
    sizes = _sizes([node.said for node in found.nodes], _SMALLEST, _LARGEST)
    places = _places(found, sizes)
    nodes = list(zip(found.nodes, places, sizes, strict=True))
    heaviest = max(link.weight for link in found.tree)
    lines = [_line(places[link.one], places[link.other], link.weight / heaviest) for link in found.tree]
    named = _named(places)
    words = [_word(*node) for node, has_room in zip(nodes, named, strict=True) if has_room]
    dots = [_dot(node, place) for (node, place, _), has_room in zip(nodes, named, strict=True) if not has_room]
    return picture(
        (
            element("g", "".join(lines), class_="liens", stroke="currentColor", stroke_opacity="0.35"),
            element("g", "".join(dots), class_="points"),
            element("g", "".join(words), class_="mots", **_OVER_LINES),
        ),
        title=f"Les {len(found.nodes)} mots les plus dits, et ce qui les lie le plus",
        description=_told(found, len(dots)),
        key=key,
        width=WIDTH,
        height=HEIGHT,
        class_="graphe-mots",
    )


_OVER_LINES: dict[str, str | float] = {
    "text_anchor": "middle",
    "font_weight": "600",
    "paint_order": "stroke",
    "stroke": "#ffffff",
    "stroke_width": _HALO,
    "stroke_linejoin": "round",
}
"""Words are edged in the colour of the paper: no line strikes them through."""


def _named(places: Sequence[Box]) -> list[bool]:
    """Whether each word, from the most said, is written: it covers none that is."""
    written: list[Box] = []
    found = []
    for place in places:
        letters = Box(place.x, place.y, place.width / _ROOM, place.height / _ROOM)
        found.append(not any(letters.covers(other) for other in written))
        if found[-1]:
            written.append(letters)
    return found


def _word(node: Node, place: Box, size: float) -> str:
    return text(node.word, x=place.x, y=place.y + size * 0.35, font_size=size, **_of_group(node))


def _dot(node: Node, place: Box) -> str:
    return element("circle", element("title", escape(node.word)), cx=place.x, cy=place.y, r=_DOT, **_of_group(node))


def _of_group(node: Node) -> dict[str, str | float]:
    at = node.community % len(COLOURS)
    return {"class_": f"groupe-{at + 1}", "fill": COLOURS[at]}


def _line(one: Box, other: Box, share: float) -> str:
    thick = _THINNEST + (_THICKEST - _THINNEST) * share
    return element("line", x1=one.x, y1=one.y, x2=other.x, y2=other.y, stroke_width=thick)


def _told(found: Similarity, dots: int) -> str:
    groups = found.communities()
    some = " ; ".join(f"groupe {at}\u202f: {', '.join(words)}" for at, words in enumerate(groups, start=1))
    unnamed = f" {dots} mots sont des points, faute de place." if dots > 1 else " Un mot est un point." if dots else ""
    return f"{some.capitalize()}.{unnamed} Le tableau donne tous les liens.".replace(" ;", "\u202f;")


def _sizes(values: list[int], low: float, high: float) -> list[float]:
    least, most = min(values) ** 0.5, max(values) ** 0.5
    return [low + (high - low) * (value**0.5 - least) / (most - least or 1) for value in values]


def _places(found: Similarity, sizes: list[float]) -> list[Box]:
    import networkx

    from voices.lexicon.similarity import as_networkx

    laid = networkx.kamada_kawai_layout(as_networkx(found), weight=None)
    xs, ys = ([float(laid[node.word][at]) for node in found.nodes] for at in (0, 1))
    boxes = [
        box(node.word, _ROOM * size, _scaled(x, xs, WIDTH), _scaled(y, ys, HEIGHT), bold=True)
        for node, size, x, y in zip(found.nodes, sizes, xs, ys, strict=True)
    ]
    return apart(boxes, WIDTH, HEIGHT)


def _scaled(value: float, values: list[float], length: float) -> float:
    low, high = min(values), max(values)
    return _MARGIN + (length - 2 * _MARGIN) * ((value - low) / (high - low) if high > low else 0.5)
