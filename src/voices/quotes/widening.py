"""Attributions that would tell neighbours who speaks, made wider."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from voices.domain import Quote, Testimony
from voices.neighbours import Neighbours
from voices.quotes.attributions import discreet


def widened(quotes: Iterable[Quote], testimonies: Sequence[Testimony]) -> tuple[Quote, ...]:
    """The same quotes; those that fewer than five voices could have said have a wider attribution."""
    neighbours = Neighbours(testimonies)
    by_id = {one.id: one for one in testimonies}
    return tuple(_widened(one, by_id[one.testimony_id], neighbours) for one in quotes)


def _widened(quote: Quote, testimony: Testimony, neighbours: Neighbours) -> Quote:
    if not neighbours.alone(testimony):
        return quote
    return replace(quote, attribution=discreet(neighbours.printable(testimony.origin)), widened=True)
