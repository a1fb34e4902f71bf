"""Double coding: a sample that several people code without seeing each other, how far they agree, what is settled."""

from voices.doubling.agreeing import Figure, Unit, figures
from voices.doubling.assigning import Sampling, assign, drawable
from voices.doubling.blind import close, code, settle, undo_last
from voices.doubling.drawing import Way, draw
from voices.doubling.gathering import Double, Line, gathered, left_to, word_of

__all__ = [
    "Double",
    "Figure",
    "Line",
    "Sampling",
    "Unit",
    "Way",
    "assign",
    "close",
    "code",
    "draw",
    "drawable",
    "figures",
    "gathered",
    "left_to",
    "settle",
    "undo_last",
    "word_of",
]
