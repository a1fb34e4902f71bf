"""Themes in a real browser, by keyboard alone, at three widths; every page without a reproach of axe."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from tests.web.conftest import axe_violations, window
from tests.web.themes.conftest import laid, search
from voices.theming import acting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(
    ("width", "scheme"), [pytest.param(1400, "light", marks=pytest.mark.main_path), (1024, "dark"), (390, "light")]
)
def test_themes_are_read_and_changed_by_keyboard(browser: Browser, live_server: Any, width: int, scheme: str):
    ground = laid()
    search(
        [ground.ids("jardin"), ground.ids("vélo"), ground.ids("repas")[:3]],
        alone=ground.ids("repas")[3:],
        labels=["Le jardin", "Le vélo", "Le repas"],
    )
    page = window(browser, live_server.url, ground.marie, viewport={"width": width, "height": 900}, color_scheme=scheme)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    def press(name: str, role: Any = "button") -> None:
        page.get_by_role(role, name=name, exact=True).focus()
        page.keyboard.press("Enter")

    # From the list to a theme, which is renamed, then holds another.
    page.goto(reverse("themes"))
    page.get_by_role("link", name="Le jardin").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Le jardin")
    page.get_by_label("Son nom").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Dehors")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dehors")
    page.get_by_text("Réunir avec d’autres").focus()
    page.keyboard.press("Enter")
    page.get_by_role("checkbox", name="Le vélo").focus()
    page.keyboard.press("Space")
    assert axe_violations(page) == []
    press("Réunir")
    expect(page.get_by_text("Les thèmes sont réunis.")).to_be_visible()
    # Some of its passages make another theme.
    press("Séparer en deux", "link")
    page.get_by_role("checkbox", name="J’ai réparé mon vélo.").focus()
    page.keyboard.press("Space")
    assert axe_violations(page) == []
    page.get_by_label("Nom du nouveau thème").focus()
    page.keyboard.type("La roue")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("La roue")
    # The map: one stop for all the points, arrows between them, a number a theme.
    page.goto(reverse("themes_map"))
    assert axe_violations(page) == []
    assert page.locator("[data-points] a[tabindex='0']").count() == 1
    page.locator("[data-points] a[tabindex='0']").focus()
    first = page.locator("#point-dit").inner_text()
    assert first
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        if page.locator("#point-dit").inner_text() != first:
            break
    assert page.locator("#point-dit").inner_text() != first
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Un témoignage")
    # What was done is undone, and the pages hold.
    page.goto(reverse("themes_history"))
    assert axe_violations(page) == []
    for _ in range(3):
        page.locator("button", has_text="Annuler").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("C’est annulé.")).to_be_visible()
        page.goto(reverse("themes_history"))
    assert {one.name for one in acting.shown()} == {"Le jardin", "Le vélo", "Le repas"}
    for name in ("themes", "themes_none"):
        page.goto(reverse(name))
        assert axe_violations(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert faults == []
    page.context.close()
