"""A bar of the report as a picture: a word processor draws no shape beside a number by itself."""

from typing import Any

from voices.report.word.styles import HUES, INK, SOFT

HIGH = 60
_SHADES = {"presence": "{hue}", "lack": "url(#hachures)", "mixed": "url(#points)", "empty": "#fff"}


def picture(bar: dict[str, Any], wide: int) -> bytes:
    """The PNG of a bar, `wide` × 60, drawn twice as large: presences plain, lacks hollow and hatched, mixed dotted."""
    import resvg_py

    drawn: bytes = resvg_py.svg_to_bytes(svg_string=_svg(bar, wide), width=2 * wide)
    return bytes(drawn)


def _svg(bar: dict[str, Any], wide: int) -> str:
    hue = f"#{HUES.get(bar['hue'], SOFT)}"
    shapes = "".join(_shape(one, hue, wide) for one in bar["shapes"])
    axis = f'<path d="M{wide / 2} 0V{HIGH}" stroke="#{SOFT}" stroke-width="3"/>' if bar["axis"] else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {HIGH}"><defs>'
        '<pattern id="hachures" width="14" height="14" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="14" height="14" fill="#fff"/><path d="M0 0V14" stroke="{hue}" stroke-width="7"/></pattern>'
        '<pattern id="points" width="14" height="14" patternUnits="userSpaceOnUse">'
        f'<rect width="14" height="14" fill="#fff"/><circle cx="7" cy="7" r="3.4" fill="{hue}"/></pattern>'
        f"</defs>{shapes}{axis}</svg>"
    )


def _shape(one: dict[str, Any], hue: str, wide: int) -> str:
    if one["kind"] == "interval":
        return _interval(one, wide)
    fill = _SHADES[one["kind"]].format(hue=hue)
    x, width = (part * wide / 100 for part in (one["x"], one["width"]))
    return (
        f'<rect x="{x:.1f}" y="8" width="{width:.1f}" height="{HIGH - 16}" '
        f'fill="{fill}" stroke="{hue}" stroke-width="3"/>'
    )


def _interval(one: dict[str, Any], wide: int) -> str:
    """Where the true share may lie: a line with an end on each side, edged in white so that it stands out."""
    x, end = (at * wide / 100 for at in (one["x"], one["x"] + one["width"]))
    path = f"M{x:.1f} 30H{end:.1f}M{x:.1f} 20V40M{end:.1f} 20V40"
    return "".join(
        f'<path d="{path}" stroke="#{colour}" stroke-width="{width}" fill="none"/>'
        for colour, width in (("ffffff", 9), (INK, 4))
    )
