"""A card as PNG."""

import struct
import zlib

import resvg_py

from voices.quotes.cards.drawing import SHAPES, Card, svg
from voices.quotes.cards.lettering import NAMING, SPEAKING

_HEADER = 33
"""Bytes of a PNG up to the end of its first chunk."""


def png(card: Card) -> bytes:
    """The card, pixel for pixel; told to be 300 dots an inch where it is to be printed. Raises VoicesError as `svg`."""
    shape = SHAPES[card.form]
    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg(card, printed=False),
        skip_system_fonts=True,
        font_files=[str(font.path) for font in (SPEAKING, NAMING)],
    )
    return _with_density(drawn, shape.width / shape.paper[0] * 1000) if shape.paper else drawn


def _with_density(data: bytes, dots_a_metre: float) -> bytes:
    dots = round(dots_a_metre)
    chunk = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    return data[:_HEADER] + struct.pack(">I", 9) + chunk + struct.pack(">I", zlib.crc32(chunk)) + data[_HEADER:]
