"""From one search for themes to the next: which new group is which former theme, so that what people made of it stays.

All is compared on the passages that both searches saw: a place that brings many testimonies changes no theme's name.
"""

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass

SAME = 1 / 3
"""A group is a former theme from this Jaccard index on. Two groups of one size have it where half of each is common;
from 1/2 on, no other group can be nearer."""
_MOST = 0.5
"""More than this share of a group, or of a theme, is most of it."""

Nearest = Callable[[Sequence[int], Sequence[Sequence[int]]], list[int]]
"""Of passages, and of groups of passages: to which of the groups each passage is nearest, as its index."""


@dataclass(frozen=True, slots=True)
class Former:
    """A theme as it was: its passages, the theme that people put it into, the theme that people took it out of."""

    id: int
    passages: frozenset[int]
    into: int | None = None
    cut_from: int | None = None
    stands: bool = True
    """Whether the last search found it."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A theme now: the computed group it comes from (or is a part of), its passages in that group's order, the former
    theme it is, if any, and the theme it goes into, where it is new and people had put its passages there.
    """

    group: int
    passages: tuple[int, ...]
    theme: int | None
    into: int | None = None
    part: bool = False
    """Whether it is a part of its group, that people had cut."""


def follow(
    groups: Sequence[Sequence[int]],
    alone: frozenset[int],
    former: Sequence[Former],
    before: frozenset[int],
    nearest: Nearest,
) -> list[Followed]:
    """The new themes, in the order of their groups, no two of them the same former theme.

    Args:
        groups: the new groups, each the ids of its passages, in an order that is kept.
        alone: the passages that the new search saw and put nowhere.
        former: the themes before, those that an earlier search alone had found included.
        before: the passages that the former search saw and put nowhere.
        nearest: where a passage goes that nobody has put on either side of a cut.
    """
    seen = alone.union(*groups)
    common = seen & before.union(*(one.passages for one in former))
    known = [Former(one.id, one.passages & common, one.into, one.cut_from, one.stands) for one in former]
    pieces = [piece for number, group in enumerate(groups) for piece in _cut(number, group, known, nearest)]
    return _named(pieces, known, common)


def jaccard(one: Set[int], other: Set[int]) -> float:
    """What is common over what is in either, in [0, 1]; 0 where both are empty."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def _cut(number: int, group: Sequence[int], former: Sequence[Former], nearest: Nearest) -> Iterator[Followed]:
    """The group, cut where people had cut and where it holds most of both sides."""
    parts = max(_parts(set(group), former), key=len, default=[])
    if len(parts) < 2:
        yield Followed(number, tuple(group), None)
        return
    sides: list[set[int]] = [set(group) & one.passages for one in parts]
    rest = [one for one in group if not any(one in side for side in sides)]
    ordered = [[one for one in group if one in side] for side in sides]
    for one, at in zip(rest, nearest(rest, ordered) if rest else [], strict=True):
        sides[at].add(one)
    for part, side in zip(parts, sides, strict=True):
        yield Followed(number, tuple(pk for pk in group if pk in side), part.id, part=True)


def _parts(group: Set[int], former: Sequence[Former]) -> Iterator[list[Former]]:
    """By family of parts that come of one theme, those of which the group holds most."""
    families: dict[int, list[Former]] = {}
    by_id = {one.id: one for one in former}
    for one in former:
        if one.stands and len(one.passages & group) > _MOST * len(one.passages):
            families.setdefault(_origin(one, by_id), []).append(one)
    for origin in sorted(families):
        yield families[origin]


def _origin(one: Former, by_id: dict[int, Former]) -> int:
    """The theme out of which it was taken, at the end of the chain."""
    while one.cut_from is not None:
        if one.cut_from not in by_id:
            return one.cut_from
        one = by_id[one.cut_from]
    return one.id


def _named(pieces: Sequence[Followed], former: Sequence[Former], common: Set[int]) -> list[Followed]:
    """Each piece with the theme that it is: the closest pair first, then the next one, down to `SAME`."""
    wholes = _wholes(former)
    found: dict[int, int] = {at: one.theme for at, one in enumerate(pieces) if one.theme is not None}
    shared = [set(one.passages) & common for one in pieces]
    units = [(one.id, one.passages, one.stands) for one in former] + [(pk, all_, True) for pk, all_ in wholes.items()]
    pairs = [
        (-likeness, not stands, at, theme)
        for at, mine in enumerate(shared)
        for theme, theirs, stands in units
        if (likeness := jaccard(mine, theirs)) >= SAME
    ]
    for _, _, at, theme in sorted(pairs):
        if at not in found and theme not in found.values():
            found[at] = theme
    return [
        Followed(one.group, one.passages, found.get(at), None if at in found else _home(shared[at], wholes), one.part)
        for at, one in enumerate(pieces)
    ]


def _wholes(former: Sequence[Former]) -> dict[int, frozenset[int]]:
    """The themes into which people put others, with the passages of all."""
    wholes: dict[int, frozenset[int]] = {}
    by_id = {one.id: one for one in former}
    for one in former:
        if one.into is not None and one.into in by_id:
            wholes[one.into] = wholes.get(one.into, by_id[one.into].passages) | one.passages
    return wholes


def _home(passages: Set[int], wholes: dict[int, frozenset[int]]) -> int | None:
    """The theme, made of several by people, that held most of these passages."""
    return next((pk for pk, all_ in sorted(wholes.items()) if len(passages & all_) > _MOST * len(passages)), None)
