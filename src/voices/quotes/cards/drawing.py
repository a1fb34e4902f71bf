"""A card as SVG: the quote speaks from a coloured sheet whose point comes down to those who said it."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from xml.sax.saxutils import escape

from voices.errors import VoicesError
from voices.quotes.cards.colours import INK, PAPER, contrast, ink_on, mixed
from voices.quotes.cards.lettering import NAMING, SPEAKING, Block, Font, fit

_OPENED, _CLOSED = "«\u202f", "\u202f»"


class Format(StrEnum):
    """What a card is made for."""

    SQUARE = "carre"
    STORY = "story"
    A5 = "a5"


@dataclass(frozen=True, slots=True)
class Shape:
    """A format's measures, in pixels. `unit` is a thousandth of its scale; `safe` is kept free above and below."""

    name: str
    width: int
    height: int
    unit: float
    safe: tuple[float, float] = (0, 0)
    paper: tuple[int, int] | None = None
    """Millimetres, where it is to be printed."""

    @property
    def margin(self) -> float:
        """What is left free on both sides."""
        return 84 * self.unit


SHAPES = {
    Format.SQUARE: Shape("carré", 1080, 1080, 1.08),
    Format.STORY: Shape("story", 1080, 1920, 1.08, safe=(150, 190)),
    Format.A5: Shape("A5", 1748, 2480, 1.748, safe=(20, 30), paper=(148, 210)),
}


@dataclass(frozen=True, slots=True)
class Card:
    """What is drawn: the quote word for word, what stands under it, the place's colour (#rrggbb), the format."""

    text: str
    attribution: str
    colour: str
    form: Format = Format.SQUARE

    @property
    def alternative(self) -> str:
        """What the card says, for those who do not see it: the whole quote and its attribution."""
        return f"{_OPENED}{self.text}{_CLOSED} {self.attribution}."


def svg(card: Card, *, printed: bool = True) -> str:
    """The card, its fonts inside; in millimetres where it is to be printed, unless told otherwise.

    Raises VoicesError where the quote is too long for it, or holds a character that it cannot draw.
    """
    _require_letters(card)
    shape = SHAPES[card.form]
    names = _names(card.attribution, shape)
    ground = shape.height - names.height - (130 + shape.safe[1]) * shape.unit
    top, bottom = (88 + shape.safe[0]) * shape.unit, ground - 84 * shape.unit
    speech = _speech(card, shape, bottom - top)
    ink = ink_on(card.colour)
    opened = shape.margin - SPEAKING.width(_OPENED, speech.size)
    return "\n".join(
        [
            _opening(card, shape, shape.paper if printed else None),
            f'<rect width="{shape.width}" height="{shape.height}" fill="{PAPER}"/>',
            *_sheet(card.colour, ink, shape, ground),
            *_hem(card.colour, shape),
            _text(speech, SPEAKING, ink, shape.margin, (top + bottom - speech.height) / 2, first=(opened, _OPENED)),
            _text(names, NAMING, INK, shape.margin, ground + 66 * shape.unit),
            "</svg>",
            "",
        ]
    )


def _require_letters(card: Card) -> None:
    lacking = (*SPEAKING.lacking(card.text), *NAMING.lacking(card.attribution))
    if lacking:
        raise VoicesError(
            f"La carte ne sait pas dessiner «\u202f{' '.join(dict.fromkeys(lacking))}\u202f».",
            "Laissez ce signe de côté en coupant la citation, ou copiez-la en texte.",
        )


def _names(attribution: str, shape: Shape) -> Block:
    unit = shape.unit
    room = {"width": shape.width - 2 * shape.margin, "height": 100 * unit}
    block = fit(attribution, NAMING, **room, largest=34 * unit, least=22 * unit, leading=1.3)
    if block is None:
        raise VoicesError("La signature est trop longue pour une carte.", "Choisissez une signature plus courte.")
    return block


def _speech(card: Card, shape: Shape, height: float) -> Block:
    unit = shape.unit
    room = {"width": shape.width - 2 * shape.margin, "height": height}
    block = fit(card.text + _CLOSED, SPEAKING, **room, largest=112 * unit, least=30 * unit, leading=1.26)
    if block is None:
        raise VoicesError(
            f"La citation est trop longue pour le format {shape.name} ({len(card.text)} signes).",
            "Coupez-la, ou choisissez un format plus haut.",
        )
    return block


def _opening(card: Card, shape: Shape, paper: tuple[int, int] | None) -> str:
    wide, high = (f"{side}mm" for side in paper) if paper else (str(shape.width), str(shape.height))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
            f'viewBox="0 0 {shape.width} {shape.height}" role="img" aria-labelledby="titre dit" xml:lang="fr">',
            '<title id="titre">Citation</title>',
            f'<desc id="dit">{escape(card.alternative)}</desc>',
            f"<style>{_face(SPEAKING)}{_face(NAMING)}</style>",
        ]
    )


def _sheet(colour: str, ink: str, shape: Shape, ground: float) -> Iterator[str]:
    """The coloured sheet with its point, a line round it where it could not be told from the paper; two plates on it,
    of a shade that only sets the ink off more.
    """
    unit, wide = shape.unit, shape.width
    left, right, point = shape.margin + 4 * unit, shape.margin + 78 * unit, ground + 44 * unit
    edge = f' stroke="{INK}" stroke-width="{2 * unit:g}"' if contrast(colour, PAPER) < 1.25 else ""
    shade = mixed(colour, "#000000" if contrast(ink, "#000000") > contrast(ink, "#ffffff") else "#ffffff", 0.09)
    path = f"M-9 -9H{wide + 9}V{ground:.1f}H{right:.1f}L{left:.1f} {point:.1f}V{ground:.1f}H-9Z"
    yield f'<clipPath id="nappe"><path d="M0 0H{wide}V{ground:.1f}H0Z"/></clipPath>'
    yield f'<path d="{path}" fill="{colour}"{edge}/>'
    yield f'<g clip-path="url(#nappe)" fill="none" stroke="{shade}" stroke-width="{26 * unit:.1f}">'
    for x, y, radius in ((wide - 120 * unit, ground - 60 * unit, 330), (wide + 130 * unit, ground - 330 * unit, 330)):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * unit:.1f}"/>'
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * 0.62 * unit:.1f}" stroke-width="{8 * unit:.1f}"/>'
    yield "</g>"


def _hem(colour: str, shape: Shape) -> Iterator[str]:
    """Two stripes along the bottom, as on a tablecloth."""
    for up, high in ((34, 12), (14, 14)):
        y, tall = shape.height - up * shape.unit, high * shape.unit
        yield f'<rect y="{y:.1f}" width="{shape.width}" height="{tall:.1f}" fill="{colour}"/>'


def _text(
    block: Block, font: Font, ink: str, left: float, top: float, *, first: tuple[float, str] | None = None
) -> str:
    """The lines, one under the other; before the first, what hangs in the margin."""
    marks = {0: first} if first else {}
    lines = []
    for number, line in enumerate(block.lines):
        x, mark = marks.get(number, (left, ""))
        y = top + block.leading * number + block.size * 0.94
        lines.append(f'<tspan x="{x:.1f}" y="{y:.1f}">{escape(mark + line)}</tspan>')
    family = f"'{font.family}', Georgia, serif"
    return f'<text font-family="{family}" font-size="{block.size:.2f}" fill="{ink}">{"".join(lines)}</text>'


@cache
def _face(font: Font) -> str:
    data = base64.b64encode(font.path.read_bytes()).decode()
    return f"@font-face{{font-family:'{font.family}';src:url(data:font/ttf;base64,{data})}}"
