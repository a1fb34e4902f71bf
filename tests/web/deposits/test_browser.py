"""A coordinator hands in, in a real browser: by keyboard alone at three widths, with files, and without scripts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import axe_violations, person, place, window
from tests.web.deposits.conftest import LETTER, TABLE
from voices.store.models import Deposit
from voices.store.models import Testimony as Letter
from voices.store.models.people import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def opened(browser: Browser, address: str, width: int = 1400, **context: Any) -> Page:
    """The page where the coordinator of a place hands in."""
    user = person(Role.COORDINATOR, place("Le Grain de Sel"))
    page = window(browser, address, user, viewport={"width": width, "height": 900}, **context)
    page.goto("/deposer/")
    return page


def held(page: Page) -> None:
    """Nothing, where nothing is to be reproached to the page."""
    assert axe_violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(
    ("width", "scheme"), [pytest.param(1400, "light", marks=pytest.mark.main_path), (1024, "dark"), (390, "light")]
)
def test_a_text_is_typed_and_read_by_keyboard_alone(
    browser: Browser, live_server: Any, work_on: Callable[[], None], width: int, scheme: str
):
    page = opened(browser, live_server.url, width, color_scheme=scheme)
    held(page)
    page.get_by_text("Coller ou taper un texte").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Votre texte").focus()
    page.keyboard.type("On m’a tiré une chaise. Personne ne m’a jugée.")
    page.get_by_label("Être lue pour l’étude").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Déposer", exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    held(page)
    work_on()
    expect(page.get_by_text("1 témoignage, 1 passage").first).to_be_visible(timeout=15_000)
    held(page)
    assert Letter.objects.get().text == "On m’a tiré une chaise. Personne ne m’a jugée."


def test_files_are_chosen_and_a_questionnaire_is_looked_at_before_it_is_read(
    browser: Browser, live_server: Any, work_on: Callable[[], None], tmp_path: Path
):
    (tmp_path / "lettre.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "questionnaire.csv").write_text(TABLE, encoding="utf-8")
    page = opened(browser, live_server.url)
    page.locator("input[type=file]").set_input_files([tmp_path / "lettre.txt", tmp_path / "questionnaire.csv"])
    page.get_by_label("Être lue pour l’étude").check(force=True)
    page.get_by_role("button", name="Déposer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dépôt du")
    work_on()
    page.get_by_role("link", name="Vérifier les colonnes").first.click()
    held(page)
    page.get_by_role("button", name="Lire ce questionnaire").click()
    work_on()
    expect(page.get_by_text("2 témoignages").first).to_be_visible(timeout=15_000)
    assert Letter.objects.count() == 3


def test_without_scripts_one_hands_in_and_sees_what_was_read(
    browser: Browser, live_server: Any, work_on: Callable[[], None], tmp_path: Path
):
    (tmp_path / "lettre.txt").write_text(LETTER, encoding="utf-8")
    page = opened(browser, live_server.url, java_script_enabled=False)
    page.locator("input[type=file]").set_input_files(tmp_path / "lettre.txt")
    page.get_by_label("Être lue pour l’étude").check(force=True)
    page.get_by_role("button", name="Déposer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dépôt du")
    work_on()
    page.reload()
    expect(page.get_by_text("1 témoignage").first).to_be_visible()
    assert Deposit.objects.get().files.get().name == "lettre.txt"
