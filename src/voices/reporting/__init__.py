"""Reports of the site: composed from the base, kept with what they stand on, frozen so that they can be defended.

`asked` says what a report covers and for whom; `studying` makes a study of what holds in the base; `composing` writes
the page and its PDF; `freezing` keeps them; `since` tells what has changed from then on.
"""

from voices.reporting.asked import AUDIENCES, Asked, Audience, covered
from voices.reporting.composing import STEPS, compose
from voices.reporting.facts import facts_of
from voices.reporting.freezing import discard, freeze, intact
from voices.reporting.known import Known, known_by_neighbours
from voices.reporting.rereading import ToReread, to_reread, unchecked
from voices.reporting.since import Since, since

__all__ = [
    "AUDIENCES",
    "STEPS",
    "Asked",
    "Audience",
    "Known",
    "Since",
    "ToReread",
    "compose",
    "covered",
    "discard",
    "facts_of",
    "freeze",
    "intact",
    "known_by_neighbours",
    "since",
    "to_reread",
    "unchecked",
]
