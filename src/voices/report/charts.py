"""Small charts as SVG: one bar a line, set in a table whose cells hold the same numbers.

Sizes are percentages of the cell, so that a bar is as legible on a phone as on paper. Lacks are hollow and hatched,
presences are plain, mixed passages are dotted and sit astride the middle: nothing is told by colour alone.
"""

from dataclasses import dataclass

from markupsafe import Markup, escape

from voices.report import words

HEIGHT = 26
_HALF = 48.0
"""Half of the width, in percent, less a margin for the strokes."""


@dataclass(frozen=True, slots=True)
class Split:
    """How many passages tell a lack, both, a presence."""

    lack: int
    mixed: int
    presence: int

    @property
    def reach(self) -> float:
        """The longer of the two arms."""
        return max(self.lack, self.presence) + self.mixed / 2


def diverging(split: Split, *, name: str, key: str, hue: str, reach: float) -> Markup:
    """A bar with presences to the left of the middle and lacks to its right, both on the same scale.

    `reach` is the length of a whole arm, in passages; `key` is unique in the page; `hue` names the code's colour.
    """
    unit = _HALF / reach if reach else 0.0
    left, right = 50 - unit * split.mixed / 2, 50 + unit * split.mixed / 2
    shapes = (
        _rect("presence", left - unit * split.presence, unit * split.presence),
        _rect("mixte", left, right - left),
        _rect("manque", right, unit * split.lack),
    )
    described = f"{told(split)}."
    return _svg((*shapes, Markup('<line class="axe" x1="50%" x2="50%" y1="0" y2="100%"/>')), name, described, key, hue)


def amount(value: int, *, name: str, key: str, hue: str, most: int) -> Markup:
    """A plain bar from the left, as long as `value` beside `most`."""
    width = 96.0 * value / most if most else 0.0
    return _svg((_rect("presence", 1.0, width),), name, f"{words.count(value, 'passage')}.", key, hue)


def told(split: Split) -> str:
    """The bar in words, for those who do not see it."""
    return (
        f"Présence : {words.count(split.presence, 'passage')}, manque : {words.count(split.lack, 'passage')}, "
        f"mixte : {words.count(split.mixed, 'passage')}"
    ).replace(" :", f"{words.NARROW}:")


def _rect(kind: str, x: float, width: float) -> Markup:
    if width <= 0:
        return Markup()
    return Markup('<rect class="{}" x="{:.2f}%" y="3" width="{:.2f}%" height="{}"/>').format(kind, x, width, HEIGHT - 6)


def _svg(shapes: tuple[Markup, ...], name: str, described: str, key: str, hue: str) -> Markup:
    return Markup(
        '<svg class="barre teinte-{}" width="100%" height="{}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>'
    ).format(hue, HEIGHT, key, key, key, escape(name), key, described, Markup().join(shapes))
