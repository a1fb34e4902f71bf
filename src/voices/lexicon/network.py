"""The graph of similarity as a picture: a word is larger the more it is said, a line thicker the heavier the link."""

from voices.lexicon.drawing import COLOURS, Box, apart, box, element, picture, text
from voices.lexicon.similarity import Node, Similarity

WIDTH, HEIGHT = 1000.0, 760.0
_SMALLEST, _LARGEST = 15.0, 34.0
_THINNEST, _THICKEST = 1.2, 7.0
_MARGIN = 50.0


def draw(found: Similarity, *, key: str = "graphe") -> str:
    """The tree as SVG, the same each time. `key` is unique in the page."""
    sizes = _sizes([node.said for node in found.nodes], _SMALLEST, _LARGEST)
    places = _places(found, sizes)
    heaviest = max(link.weight for link in found.tree)
    lines = [_line(places[link.one], places[link.other], link.weight / heaviest) for link in found.tree]
    words = [_word(*node) for node in zip(found.nodes, places, sizes, strict=True)]
    return picture(
        (
            element("g", "".join(lines), class_="liens", stroke="currentColor", stroke_opacity="0.35"),
            element("g", "".join(words), class_="mots", text_anchor="middle", font_weight="600"),
        ),
        title=f"Les {len(found.nodes)} mots les plus dits, et ce qui les lie le plus",
        description=_told(found),
        key=key,
        width=WIDTH,
        height=HEIGHT,
        class_="graphe-mots",
    )


def _word(node: Node, place: Box, size: float) -> str:
    colour, group = COLOURS[node.community % len(COLOURS)], f"groupe-{node.community % len(COLOURS) + 1}"
    return text(node.word, x=place.x, y=place.y + size * 0.35, font_size=size, class_=group, fill=colour)


def _line(one: Box, other: Box, share: float) -> str:
    thick = _THINNEST + (_THICKEST - _THINNEST) * share
    return element("line", x1=one.x, y1=one.y, x2=other.x, y2=other.y, stroke_width=thick)


def _told(found: Similarity) -> str:
    groups = found.communities()
    some = " ; ".join(f"groupe {at}\u202f: {', '.join(words)}" for at, words in enumerate(groups, start=1))
    return f"{some.capitalize()}. Le tableau donne tous les liens.".replace(" ;", "\u202f;")


def _sizes(values: list[int], low: float, high: float) -> list[float]:
    least, most = min(values) ** 0.5, max(values) ** 0.5
    return [low + (high - low) * (value**0.5 - least) / (most - least or 1) for value in values]


def _places(found: Similarity, sizes: list[float]) -> list[Box]:
    import networkx

    from voices.lexicon.similarity import as_networkx

    laid = networkx.kamada_kawai_layout(as_networkx(found), weight=None)
    xs, ys = ([float(laid[node.word][at]) for node in found.nodes] for at in (0, 1))
    boxes = [
        box(node.word, size, _scaled(x, xs, WIDTH), _scaled(y, ys, HEIGHT), bold=True)
        for node, size, x, y in zip(found.nodes, sizes, xs, ys, strict=True)
    ]
    return apart(boxes, WIDTH, HEIGHT)


def _scaled(value: float, values: list[float], length: float) -> float:
    low, high = min(values), max(values)
    return _MARGIN + (length - 2 * _MARGIN) * ((value - low) / (high - low) if high > low else 0.5)
