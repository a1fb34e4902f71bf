"""The report as a reader meets it: in a browser, on a phone, on paper, with no network."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.report.studies import QUOTABLE, small
from voices.report import write

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# No sandbox: tests run as root in containers. The rest keeps the browser itself from calling home.
QUIET = [
    *("--no-sandbox", "--disable-gpu"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--proxy-server=http://127.0.0.1:9",  # nobody is there: what is not on this machine is not reached
]
WIDTHS = [390, 1024, 1400]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium here: scripts/system.sh installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "rapport.html"
    write(small(), (path,), title="Trois lieux, deux ans", quotable=QUOTABLE)
    return path.as_uri()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """The report, scripts off and network off."""
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_the_page_makes_no_request(browser: Browser, address: str):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.close()
    assert asked == [address]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows_to_the_side(browser: Browser, address: str, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(address)
    beyond = page.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .filter(e => !e.closest('.defile, svg, .cache') && e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.tagName + '.' + e.className)"""
    )
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    page.close()
    assert beyond == []
    assert widths[0] <= widths[1]


def test_a_long_name_breaks_rather_than_widen_a_phone(browser: Browser, tmp_path: Path):
    study, long = small(), "Intergénérationnellement" * 4
    themes = tuple(replace(theme, label=f"{long} {theme.label}") for theme in study.themes.themes)
    path = tmp_path / "rapport.html"
    write(replace(study, themes=replace(study.themes, themes=themes)), (path,), title=long, quotable=QUOTABLE)
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(path.as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert width <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_paper(browser: Browser, address: str, scheme):
    """WCAG 2.2 AA, 1.4.3: a ratio of 4.5 at least, for every text and every bar's colour."""
    page = browser.new_page(color_scheme=scheme)
    page.goto(address)
    colours = page.evaluate(
        """() => { const style = getComputedStyle(document.documentElement);
            const names = ['papier', 'feuille', 'encre', 'douce', 'accueil', 'appartenance', 'action', 'theme'];
            return Object.fromEntries(names
                .map(name => [name, style.getPropertyValue('--' + name).trim()])) }"""
    )
    page.close()
    papers = [colours.pop("papier"), colours.pop("feuille")]
    assert {name: hue for name, hue in colours.items() for paper in papers if contrast(hue, paper) < 4.5} == {}


def test_following_a_figure_opens_the_list_of_its_passages_without_a_script(opened: Page):
    figure = opened.locator("#accueil a.chiffre").first
    target = figure.get_attribute("href")
    assert target
    assert not opened.locator(f"{target} ol").is_visible()
    figure.click()
    assert opened.locator(f"{target} ol").is_visible()
    opened.locator(f"{target} ol a").first.click()
    assert opened.url.split("#")[1].startswith("p")
    assert opened.locator("article:target").is_visible()


def test_the_first_tab_leads_past_the_contents(opened: Page):
    opened.keyboard.press("Tab")
    assert opened.locator(":focus").inner_text() == "Aller au contenu"


def test_the_page_prints_with_its_figures_as_numbers(opened: Page):
    paper = opened.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    opened.emulate_media(media="print")
    assert opened.locator(".renvoi ol").first.is_visible()
    assert not opened.locator(".retour").first.is_visible()


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
