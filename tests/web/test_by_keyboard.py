"""From themes to a report, with the keys of a keyboard alone: Tab, Enter, Space, arrows, and letters in fields."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import window
from tests.web.reports.conftest import laid
from tests.web.themes.conftest import search
from voices.domain import Consent
from voices.store.models import ReportVersion
from voices.theming import acting
from voices.web.worker import Worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

# The name of what has the focus, as it is read aloud, and whether it is seen to have it.
AT = """() => { const at = document.activeElement, label = at.labels?.[0];
    return (at.getAttribute('aria-label') || (label || at).innerText || '').trim() }"""
SEEN = """() => { const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
    return at.matches(':focus-visible') && style.outlineStyle !== 'none' && box.width > 0 && box.bottom > 0 }"""


def tab_to(page: Page, name: str) -> None:
    """Goes to what bears that name by the Tab key, as far as needed."""
    passed = []
    for _ in range(120):
        page.keyboard.press("Tab")
        at = page.evaluate(AT)
        if at.split("\n")[0].startswith(name):
            assert page.evaluate(SEEN), f"« {name} » does not show that it has the focus"
            return
        passed.append(at)
    raise AssertionError(f"« {name} » is not reached by Tab: {passed}")


def go(page: Page, name: str) -> None:
    """Goes to what bears that name, and presses Enter."""
    tab_to(page, name)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [pytest.param(1024, marks=pytest.mark.main_path)])
def test_themes_words_and_a_report_are_reached_without_a_mouse(browser: Browser, live_server: Any, width: int):
    network = laid()
    told = [network.passage(consent).pk for consent in (Consent.NAMED_QUOTES, Consent.ANALYSIS)]
    asked = [network.passage(consent).pk for consent in (Consent.ANONYMOUS_QUOTES, Consent.UNKNOWN)]
    search([told, asked], labels=["La porte", "Le repas"])
    page = window(browser, live_server.url, network.evaluator, viewport={"width": width, "height": 900})
    heading = page.get_by_role("heading", level=1)

    # A theme is opened, and given the name that a person would.
    page.goto("/")
    go(page, "Thèmes")
    page.wait_for_url("**/themes/")
    go(page, "1. La porte")
    expect(heading).to_contain_text("La porte")
    tab_to(page, "Son nom")  # what a field holds is taken whole by Tab: letters replace it
    page.keyboard.type("Entrer")
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("Entrer")
    assert "Entrer" in {one.name for one in acting.shown()}

    # A word is found where it is said, and its testimony read.
    go(page, "Mots")
    page.wait_for_url("**/mots/")
    go(page, "Retrouver")
    page.wait_for_url("**/concordance/**")
    tab_to(page, "Mots à chercher")
    page.keyboard.type("carottes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text="épluché les")).to_have_count(2)
    go(page, "carottes")
    page.wait_for_url("**/relire/**")

    # A report is composed, then again with other parts, in another order, and a word of the team.
    go(page, "Rapports")
    page.wait_for_url("**/rapports/")
    go(page, "Composer un rapport")
    page.wait_for_url("**/nouveau/")
    tab_to(page, "Le conseil, l’équipe")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(AT).startswith("Un financeur")
    page.keyboard.press("ArrowUp")
    go(page, "Composer")
    composed(page)
    go(page, "Passer la page du rapport")
    go(page, "Parties et mots de l’équipe")
    page.wait_for_url("**/parties/")
    go(page, "Mot de l’équipe")
    page.keyboard.press("Tab")
    page.keyboard.type("Ce que nous en retenons.")
    tab_to(page, "Thèmes")
    page.keyboard.press("Space")
    go(page, "Monter « Du seuil à l’action »")
    moved = page.locator("button[autofocus]")
    expect(moved).to_be_focused()  # the focus stays on what moves
    expect(moved).to_have_accessible_name("Monter « Du seuil à l’action »")
    go(page, "Composer ainsi")
    composed(page)
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Ce que nous en retenons.")).to_be_visible()
    expect(frame.locator("#themes")).to_have_count(0)
    parts = frame.locator("main > section").evaluate_all("found => found.map(one => one.id)")
    assert parts.index("seuil") < parts.index("accueil")
    page.context.close()


def composed(page: Page) -> None:
    """The report asked for is composed, and its page opens by itself."""
    page.wait_for_url("**/en-cours/**")
    assert Worker().one()
    assert ReportVersion.objects.count() == 1  # a draft composed again takes the place of the one before
    page.wait_for_url(lambda address: "/en-cours/" not in address)
