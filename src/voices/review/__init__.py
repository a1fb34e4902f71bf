"""What people say of passages: what holds now, and how passages are cut anew. Pure: no base, no pages."""

from voices.review.cutting import Piece, cuts_of_lines, join, split
from voices.review.standing import Given, Standing, Statement, effective, standing, taken_back

__all__ = [
    "Given",
    "Piece",
    "Standing",
    "Statement",
    "cuts_of_lines",
    "effective",
    "join",
    "split",
    "standing",
    "taken_back",
]
