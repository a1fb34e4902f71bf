"""Which ink is read on a place's colour, whatever that colour is."""

PAPER, INK = "#fffdf9", "#2a2520"
"""The site's own: warm white, warm black."""
LEAST = 4.5
"""WCAG 2.2 AA, 1.4.3."""


def ink_on(colour: str) -> str:
    """The ink for a text on that colour, warm where that is enough, else pure white or black: 4.5 to 1 at least."""
    warm = _clearest(colour, PAPER, INK)
    return warm if contrast(colour, warm) >= LEAST else _clearest(colour, "#ffffff", "#000000")


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, #rrggbb, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """The first colour with that share of the other in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in pairs)


def _clearest(colour: str, one: str, other: str) -> str:
    return max(one, other, key=lambda ink: contrast(colour, ink))


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    shares = [channel / 255 for channel in _channels(colour)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
