"""Quote cards: a quote on its place's colour, as SVG and PNG, in three formats."""

from voices.quotes.cards.drawing import SHAPES, Card, Format, svg
from voices.quotes.cards.picture import png

__all__ = ["SHAPES", "Card", "Format", "png", "svg"]
