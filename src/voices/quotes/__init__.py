"""Quotes: for each code (told or lacking) and each theme, the stretches that say it best, in the witnesses' own words.

A quote says it well (the coder is sure, or the passage is near its theme's centre), stands alone, reads well, and the
quotes of one subject differ in speakers, places and words. A quote is verbatim: whole sentences of one passage, in
order; what is left out between two of them, or before and after them, is shown as « […] »; nothing else is changed.
"""

from voices.quotes.attributions import attribution
from voices.quotes.choosing import choose, dissenting
from voices.quotes.differing import ELISION
from voices.quotes.marking import marked
from voices.quotes.widening import widened

__all__ = ["ELISION", "attribution", "choose", "dissenting", "marked", "widened"]
