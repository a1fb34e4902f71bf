"""What the pictures of this room share: boxes of words that do not cover each other, and SVG without styles or scripts.

Colours are attributes, which a page's style sheet overrides; words are in the colour of the text around. Nothing is
told by colour alone: a table stands beside each picture.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

COLOURS = ("#4b4fae", "#b0472b", "#5f6e12", "#a8326e", "#2b7685", "#8a6a1c")
"""Of groups: the hues that the site gives to themes, 4.5:1 at least on white."""

_WIDE, _BOLD = 0.58, 0.66
"""Width of a letter beside its height, on average."""
_GAP = 2.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its centre."""

    x: float
    y: float
    width: float
    height: float

    def covers(self, other: "Box") -> bool:
        """Whether the two share some of the plane."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )

    def inside(self, width: float, height: float) -> bool:
        """Whether it lies whole in a picture of that size."""
        return (
            self.width / 2 <= self.x <= width - self.width / 2 and self.height / 2 <= self.y <= height - self.height / 2
        )


def box(text: str, size: float, x: float, y: float, *, bold: bool = False) -> Box:
    """The box of a word written in that size around that point."""
    return Box(x, y, (_BOLD if bold else _WIDE) * size * len(text) + _GAP, 1.15 * size + _GAP)


def apart(boxes: Sequence[Box], width: float, height: float, *, turns: int = 400) -> list[Box]:
    """The boxes, pushed off one another, and into the picture, as little as that takes; some may still touch."""
    now = [_within(one, width, height) for one in boxes]
    for _ in range(turns):
        moved = False
        for i in range(len(now)):
            for j in range(i):
                if now[i].covers(now[j]):
                    now[i], now[j] = _pushed(now[i], now[j])
                    moved = True
        now = [_within(one, width, height) for one in now]
        if not moved:
            break
    return now


def _pushed(one: Box, other: Box) -> tuple[Box, Box]:
    across = (one.width + other.width) / 2 - abs(one.x - other.x)
    along = (one.height + other.height) / 2 - abs(one.y - other.y)
    if along <= across:
        by = along / 2 * (1 if one.y >= other.y else -1)
        return _moved(one, 0, by), _moved(other, 0, -by)
    by = across / 2 * (1 if one.x >= other.x else -1)
    return _moved(one, by, 0), _moved(other, -by, 0)


def _moved(one: Box, x: float, y: float) -> Box:
    return Box(one.x + x, one.y + y, one.width, one.height)


def _within(one: Box, width: float, height: float) -> Box:
    x = min(max(one.x, one.width / 2), width - one.width / 2)
    y = min(max(one.y, one.height / 2), height - one.height / 2)
    return Box(x, y, one.width, one.height)


def number(value: float) -> str:
    """A number as SVG takes it: one decimal at most, the same on every machine."""
    return f"{round(value, 1) + 0.0:g}"


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """An element; « _ » stands for « - » in the names of attributes, and « class_ » for « class »."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def text(content: str, **attributes: str | float) -> str:
    """Words in the picture."""
    return element("text", escape(content), **attributes)


def picture(
    parts: Iterable[str], *, title: str, description: str, key: str, width: float, height: float, class_: str
) -> str:
    """The whole picture, told by its title and its description to who does not see it. `key` is unique in the page."""
    told = element("title", escape(title), id=f"{key}-titre") + element("desc", escape(description), id=f"{key}-texte")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{class_}" viewBox="0 0 {number(width)} {number(height)}" '
        f'role="img" aria-labelledby="{key}-titre {key}-texte" font-family="sans-serif" fill="currentColor">'
        f"{told}{''.join(parts)}</svg>"
    )
