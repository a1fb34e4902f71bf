"""The code book in a real browser, by keyboard alone: a code is added, its consequences read, its version kept."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import axe_violations, passage, person, place, testimony, window
from voices import coding, defining
from voices.defining import Book, book
from voices.domain import OwnCode

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

FEAST = OwnCode("fete", "Fête", "On fête ensemble.", None, ("on a dansé",), ("on a bien mangé",))


def reach(page: Page, selector: str) -> None:
    """Goes there with the tab key."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the tab key does not lead to {selector}")


@pytest.mark.parametrize(
    ("width", "scheme"), [pytest.param(1400, "light", marks=pytest.mark.main_path), (1024, "dark"), (390, "light")]
)
def test_a_code_is_added_by_keyboard_alone(browser: Browser, live_server: Any, width: int, scheme: Any):
    passage(testimony(place()))
    size = {"width": width, "height": 900}
    page = window(browser, live_server.url, person("evaluation"), viewport=size, color_scheme=scheme)
    page.goto(reverse("book"))
    whole(page)
    reach(page, "a[href$='/grille/nouveau/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ajouter un code")
    reach(page, "#id_label")
    page.keyboard.type("Fête")
    reach(page, "#id_definition")
    page.keyboard.type("On fête ensemble.")
    whole(page)
    reach(page, "main button.first")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ce que cela change")
    whole(page)
    reach(page, "#id_note")
    page.keyboard.type("La fête compte.")
    reach(page, "main button.first")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Version 1 de la grille enregistrée")
    assert [one.label for one in book().own] == ["Fête"]
    whole(page)


@pytest.mark.parametrize("width", [1400, 390])
def test_every_page_is_accessible_and_holds_in_its_width(browser: Browser, live_server: Any, width: int):
    someone = person("evaluation")
    defining.keep(Book(coding.codebook(), (FEAST,)), base=0, note="La fête compte", by=someone)
    size = {"width": width, "height": 900}
    page = window(browser, live_server.url, someone, viewport=size, color_scheme="dark")
    pages: list[tuple[str, list[Any]]] = [
        ("book_code", ["accueil"]),
        ("book_code", ["fete"]),
        ("book_rules", []),
        ("book_import", []),
        ("book_versions", []),
        ("book_version", [1]),
    ]
    for name, args in pages:
        page.goto(reverse(name, args=args))
        for details in page.locator("main details").all():
            details.evaluate("one => { one.open = true; }")
        whole(page)


def whole(page: Page) -> None:
    """Nothing to reproach to the page: accessible, and no wider than its window."""
    assert axe_violations(page) == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
