"""Makes the fonts of printed reports from those of the site: one weight a file, Latin and extended Latin together.

Typst reads TrueType of one weight. DejaVu Sans, unchanged, stands by for the letters that they lack; `letters.txt` says
which there are. Run again where a font changes; needs brotli and, of the system, DejaVu Sans 2.37 (fonts-dejavu-core):
`pip install fonttools brotli && python scripts/paper_fonts.py`.
"""

import tempfile
from pathlib import Path

from fontTools import merge
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).parents[1] / "src/voices"
FROM, TO = ROOT / "web/static/web/fonts", ROOT / "report/paper/fonts"
FONTS = (
    ("vollkorn", "normal", 400, "Vollkorn", "Regular", "vollkorn-regular.ttf"),
    ("vollkorn", "italic", 400, "Vollkorn", "Italic", "vollkorn-italic.ttf"),
    ("vollkorn", "normal", 700, "Vollkorn", "Bold", "vollkorn-bold.ttf"),
    ("atkinson-hyperlegible-next", "normal", 400, "Atkinson Hyperlegible Next", "Regular", "atkinson-regular.ttf"),
    ("atkinson-hyperlegible-next", "normal", 700, "Atkinson Hyperlegible Next", "Bold", "atkinson-bold.ttf"),
)
STAND_BY = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
SPACES = {0x202F: 0.7, 0x2009: 0.7}
"""French spaces that the fonts lack, as shares of their usual space."""
ITALIC, BOLD, REGULAR = 1, 1 << 5, 1 << 6


def main() -> None:
    """Nothing; writes the fonts and their licences."""
    TO.mkdir(parents=True, exist_ok=True)
    for name, style, weight, family, kind, file in FONTS:
        with tempfile.TemporaryDirectory() as folder:
            halves = [_half(name, style, weight, part, Path(folder)) for part in ("latin", "latin-ext")]
            font = merge.Merger().merge([str(half) for half in halves])
        _add_spaces(font)
        _name(font, family, kind, weight)
        font["head"].created = font["head"].modified = 3_800_000_000
        font.recalcTimestamp = False
        font.save(TO / file)
        licence = f"OFL-{name}.txt"
        (TO / licence).write_bytes((FROM / licence).read_bytes())
    (TO / "dejavu-sans.ttf").write_bytes(STAND_BY.read_bytes())
    (TO / "LICENCE-dejavu.txt").write_text(TTFont(STAND_BY)["name"].getDebugName(13) + "\n", encoding="utf-8")
    _write_letters()


def _write_letters() -> None:
    """The code points that a font of ours has, as ranges in hexadecimal, one a line."""
    codes = sorted({code for path in TO.glob("*.ttf") for code in TTFont(path).getBestCmap()})
    known = set(codes)
    starts = [code for code in codes if code - 1 not in known]
    ends = [code for code in codes if code + 1 not in known]
    lines = [f"{start:X}-{end:X}" for start, end in zip(starts, ends, strict=True)]
    (TO / "letters.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _half(name: str, style: str, weight: int, part: str, folder: Path) -> Path:
    font = TTFont(FROM / f"{name}-{part}-wght-{style}.woff2")
    font.flavor = None
    path = folder / f"{part}.ttf"
    instancer.instantiateVariableFont(font, {"wght": weight}).save(path)
    return path


def _add_spaces(font: TTFont) -> None:
    usual = font["hmtx"][font.getBestCmap()[0x20]][0]
    for code, share in SPACES.items():
        name = f"uni{code:04X}"
        if name not in font.getGlyphOrder():
            font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = TTGlyphPen(None).glyph()
        font["hmtx"][name] = (round(share * usual), 0)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def _name(font: TTFont, family: str, kind: str, weight: int) -> None:
    names = font["name"]
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    for number, value in ((1, family), (2, kind), (4, f"{family} {kind}"), (6, f"{family}-{kind}".replace(" ", ""))):
        names.setName(value, number, 3, 1, 0x409)
    flag = {"Italic": ITALIC, "Bold": BOLD}.get(kind, REGULAR)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~(ITALIC | BOLD | REGULAR) | flag
    font["head"].macStyle = {"Italic": 2, "Bold": 1}.get(kind, 0)


if __name__ == "__main__":
    main()
