"""The look of the site keeps its promises: contrasts in both themes, light fonts, nothing inline."""

import re
from pathlib import Path

import pytest

import voices.web

WEB = Path(voices.web.__file__).parent
STATIC = WEB / "static" / "web"
TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
TEXT, EDGE = 4.5, 3.0
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "soft", "prune") for ground in ("paper", "sheet", "well")),
    *((hue, ground, TEXT) for hue in ("accueil", "appartenance", "action", "theme") for ground in ("paper", "sheet")),
    *((hue, f"{hue}-wash", TEXT) for hue in ("accueil", "appartenance", "action", "theme", "good", "danger", "prune")),
    *((hue, "paper", TEXT) for hue in ("good", "danger", "prune-deep")),
    *(("ink", wash, TEXT) for wash in ("accueil-wash", "good-wash", "danger-wash", "prune-wash", "mark")),
    ("on-prune", "prune", TEXT),
    ("on-prune", "prune-deep", TEXT),
    *(("edge", ground, EDGE) for ground in ("paper", "sheet")),
    *((f"map-{number}", ground, EDGE) for number in range(1, 7) for ground in ("paper", "sheet")),
]


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def _blocks() -> list[dict[str, str]]:
    return [found for block in re.findall(r"\{([^{}]*)\}", TOKENS) if "paper" in (found := _colours(block))]


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_what_is_read_stands_out_from_its_ground(theme: int):
    colours = _blocks()[theme]
    faint = [
        (front, ground, contrast)
        for front, ground, least in PAIRS
        if (contrast := _contrast(colours[front], colours[ground])) < least
    ]
    assert faint == []


def test_the_dark_that_is_chosen_is_the_dark_of_the_machine():
    light, by_machine, chosen = _blocks()
    assert by_machine == chosen
    assert by_machine.keys() == light.keys()


def test_the_hues_are_those_of_the_report():
    report = (WEB.parent / "report" / "templates" / "style.css").read_text(encoding="utf-8")
    codes = ("accueil", "appartenance", "action", "theme")
    hue = re.compile(r"--(accueil|appartenance|action|theme): (#\w+);")
    of_report = [dict(hue.findall(line)) for line in report.split("}")]
    light, dark = [found for found in of_report if found][:2]
    assert [{code: block[code] for code in codes} for block in _blocks()[:2]] == [light, dark]


def test_the_fonts_weigh_little():
    assert 0 < sum(font.stat().st_size for font in (STATIC / "fonts").glob("*.woff2")) <= 300 * 1024


def test_no_page_holds_a_style_or_a_script_of_its_own():
    inline = re.compile(r"<[^>]*\sstyle=|<style|<script(?![^>]*\ssrc=)|<[^>]*\son[a-z]+=|javascript:")
    pages = sorted((WEB / "templates").rglob("*.html"))
    assert pages
    assert [page.name for page in pages if inline.search(page.read_text(encoding="utf-8"))] == []


def test_every_icon_asked_for_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    pages = [page.read_text(encoding="utf-8") for page in (WEB / "templates").rglob("*.html")]
    asked = {name for page in pages for name in re.findall(r'parts/icon\.html" with name="([\w-]+)"', page)}
    assert asked
    assert asked <= drawn
