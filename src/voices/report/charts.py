"""Small charts as SVG: one bar a line, set in a table whose cells hold the same numbers.

Sizes are percentages of the cell, so that a bar is as legible on a phone as on paper. Lacks are hollow and hatched,
presences are plain, mixed passages are dotted and sit astride the middle: nothing is told by colour alone.
"""

from dataclasses import dataclass

from markupsafe import Markup, escape

from voices.report import words
from voices.report.chance import wilson
from voices.report.corpus import FEW

HEIGHT = 26
_HALF = 48.0
"""Half of the width, in percent, less a margin for the strokes."""


_AXIS = Markup('<line class="axe" x1="50%" x2="50%" y1="0" y2="100%"/>')
_ENDS = (HEIGHT / 2 - 4, HEIGHT / 2 + 4)


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
    return _svg((*shapes, _AXIS), name, described, key, hue)


def amount(value: int, *, name: str, key: str, most: int, hue: str = "theme", noun: str = "témoignage") -> Markup:
    """A plain bar from the left, as long as `value` beside `most`."""
    width = 96.0 * value / most if most else 0.0
    return _svg((_rect("presence", 1.0, width),), name, f"{words.count(value, noun)}.", key, hue)


def arms(lived: "Share", lacking: "Share", *, name: str, key: str, hue: str) -> Markup:
    """What is lived to the left of the middle, what is lacking to its right, each arm in share of the testimonies:
    a whole arm is all of them. The thin line on each is where the true share may lie.
    """
    shapes = [_rect("presence", 50 - _HALF * lived.share, _HALF * lived.share)]
    shapes.append(_rect("manque", 50.0, _HALF * lacking.share))
    if lived.shown:
        low, high = lived.bounds
        shapes.append(_whisker(50 - _HALF * high, 50 - _HALF * low))
    if lacking.shown:
        low, high = lacking.bounds
        shapes.append(_whisker(50 + _HALF * low, 50 + _HALF * high))
    described = f"Vécu : {lived.told} ; manque : {lacking.told}.".replace(" :", f"{words.NARROW}:")
    return _svg((*shapes, _AXIS), name, described.replace(" ;", f"{words.NARROW};"), key, hue)


def share(part: int, of: int, *, name: str, key: str, hue: str = "theme") -> Markup:
    """A bar from the left, as long as the share; a whole line is all of them. The thin line is where it may lie."""
    told = Share(part, of)
    shapes = [_rect("presence", 1.0, 2 * _HALF * told.share)]
    if told.shown:
        low, high = told.bounds
        shapes.append(_whisker(1 + 2 * _HALF * low, 1 + 2 * _HALF * high))
    return _svg(tuple(shapes), name, f"{told.told}.", key, hue)


def stacked(split: Split, *, rest: int, name: str, key: str, most: int, hue: str = "theme") -> Markup:
    """What a theme holds, end to end from the left: presences, both, lacks, then what has no code (`rest`)."""
    unit = 96.0 / most if most else 0.0
    shapes, at = [], 1.0
    for kind, value in (
        ("presence", split.presence),
        ("mixte", split.mixed),
        ("manque", split.lack),
        ("vide", rest),
    ):
        shapes.append(_rect(kind, at, unit * value))
        at += unit * value
    described = f"{told(split)}, sans code : {words.count(rest, 'passage')}.".replace(" :", f"{words.NARROW}:")
    return _svg(tuple(shapes), name, described, key, hue)


@dataclass(frozen=True, slots=True)
class Share:
    """So many testimonies of so many, and between which shares the true one lies."""

    part: int
    of: int

    @property
    def share(self) -> float:
        """The one over the other; nothing of nothing is 0."""
        return self.part / self.of if self.of else 0.0

    @property
    def shown(self) -> bool:
        """Whether they are enough for bounds to be drawn."""
        return self.of >= FEW

    @property
    def bounds(self) -> tuple[float, float]:
        """At 95 %, of Wilson."""
        return wilson(self.part, self.of)

    @property
    def told(self) -> str:
        """In words, with its bounds where they are shown."""
        counted = f"{words.count(self.part, 'témoignage')} sur {words.number(self.of)}"
        if not self.shown:
            return counted
        low, high = self.bounds
        return f"{counted} (entre {round(100 * low)} et {round(100 * high)}{words.NARROW}%)"


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


def _whisker(low: float, high: float) -> Markup:
    """Where the true share may lie: a line with an end on each side."""
    return Markup(
        '<rect class="intervalle" x="{:.2f}%" y="{}" width="{:.2f}%" height="2"/>'
        '<line class="borne" x1="{:.2f}%" x2="{:.2f}%" y1="{}" y2="{}"/>'
        '<line class="borne" x1="{:.2f}%" x2="{:.2f}%" y1="{}" y2="{}"/>'
    ).format(low, HEIGHT / 2 - 1, high - low, low, low, *_ENDS, high, high, *_ENDS)


def _svg(shapes: tuple[Markup, ...], name: str, described: str, key: str, hue: str) -> Markup:
    return Markup(
        '<svg class="barre teinte-{}" width="100%" height="{}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>'
    ).format(hue, HEIGHT, key, key, key, escape(name), key, described, Markup().join(shapes))
