"""What reviewers do, kept: decisions appended to the base, and what holds derived from them anew each time."""

from voices.reviewing.deciding import Coding, comment, decide
from voices.reviewing.holding import before, refresh, statements_of, suggestions_of
from voices.reviewing.passes import Reach, bring_back, reach_of, take_back
from voices.reviewing.recutting import join, split
from voices.reviewing.undoing import last_of, undo

__all__ = [
    "Coding",
    "Reach",
    "before",
    "bring_back",
    "comment",
    "decide",
    "join",
    "last_of",
    "reach_of",
    "refresh",
    "split",
    "statements_of",
    "suggestions_of",
    "take_back",
    "undo",
]
