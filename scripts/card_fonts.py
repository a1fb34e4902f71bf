"""Makes the fonts of quote cards from those of the site: one weight, Latin and extended Latin in one TrueType file.

Quote cards are drawn by resvg, which reads TrueType. Run again where a font of the site changes; needs brotli:
`pip install fonttools brotli && python scripts/card_fonts.py`.
"""

import json
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).parents[1] / "src/voices"
FROM, TO = ROOT / "web/static/web/fonts", ROOT / "quotes/fonts"
FONTS = (
    ("vollkorn", 500, "Vollkorn Medium", "vollkorn-medium.ttf"),
    ("atkinson-hyperlegible-next", 600, "Atkinson Hyperlegible Next SemiBold", "atkinson-semibold.ttf"),
)
NARROW_SPACE, FIRM_HYPHEN = 0x202F, 0x2011
LAYOUT = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum")


def main() -> None:
    """Nothing; writes the fonts and their licences."""
    TO.mkdir(exist_ok=True)
    for name, weight, family, file in FONTS:
        with tempfile.TemporaryDirectory() as folder:
            halves = [_half(name, part, weight, Path(folder)) for part in ("latin", "latin-ext")]
            font = merge.Merger().merge([str(half) for half in halves])
        _add_narrow_space(font)
        _name(font, family)
        font["head"].created = font["head"].modified = 3_800_000_000
        font.recalcTimestamp = False
        font.save(TO / file)
        _write_widths(font, (TO / file).with_suffix(".json"))
        licence = f"OFL-{name}.txt"
        (TO / licence).write_bytes((FROM / licence).read_bytes())


def _half(name: str, part: str, weight: int, folder: Path) -> Path:
    font = TTFont(FROM / f"{name}-{part}-wght-normal.woff2")
    font.flavor = None
    font = instancer.instantiateVariableFont(font, {"wght": weight})
    options = subset.Options(layout_features=list(LAYOUT), hinting=False, notdef_outline=True, name_IDs=["*"])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=font.getBestCmap())
    cutter.subset(font)
    path = folder / f"{part}.ttf"
    font.save(path)
    return path


def _add_narrow_space(font: TTFont) -> None:
    """French puts a narrow space before ; : ! ? and inside « »: the fonts lack it, and the firm hyphen too."""
    cmap = font.getBestCmap()
    width = font["hmtx"][cmap[0x20]][0]
    glyph = TTGlyphPen(None).glyph()
    font.setGlyphOrder([*font.getGlyphOrder(), "uni202F"])
    font["glyf"]["uni202F"] = glyph
    font["hmtx"]["uni202F"] = (round(width * 0.72), 0)
    for table in font["cmap"].tables:
        table.cmap.setdefault(NARROW_SPACE, "uni202F")
        table.cmap.setdefault(FIRM_HYPHEN, cmap[0x2D])


def _write_widths(font: TTFont, path: Path) -> None:
    """How wide each character is, in thousandths of the size: what a card is laid out with. Kerning only narrows."""
    widths = {chr(code): font["hmtx"][glyph][0] for code, glyph in sorted(font.getBestCmap().items())}
    path.write_text(json.dumps(widths, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def _name(font: TTFont, family: str) -> None:
    """One family a weight, so that asking for the family is enough."""
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (16, 17, 21, 22, 25):
            names.removeNames(nameID=record.nameID)
    for name_id, text in ((1, family), (2, "Regular"), (4, family), (6, family.replace(" ", ""))):
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400


if __name__ == "__main__":
    main()
