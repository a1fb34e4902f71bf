"""Bars that face presence with lack, as `parts/bar.html` draws them: shapes in percent of its width."""

from collections.abc import Mapping
from typing import NamedTuple

_REACH = 48
"""Percent of a bar's width for the longest side."""


class Sizes(NamedTuple):
    """How many tell it as present, as both, as lacking."""

    presence: int
    mixed: int
    lack: int

    @property
    def reach(self) -> float:
        """The longer of its two sides."""
        return max(self.presence, self.lack) + self.mixed / 2


def diverging(sizes: Sizes, reach: float) -> tuple[Mapping[str, object], ...]:
    """Presence left of the middle, lack right of it, what is mixed astride. `reach` is what fills a side."""
    scale = _REACH / max(1.0, reach)
    left, right = 50 - scale * sizes.mixed / 2, 50 + scale * sizes.mixed / 2
    shapes = (
        {"kind": "presence", "x": left - scale * sizes.presence, "width": scale * sizes.presence},
        {"kind": "mixed", "x": left, "width": right - left},
        {"kind": "lack", "x": right, "width": scale * sizes.lack},
    )
    return tuple(one for one in shapes if one["width"])
