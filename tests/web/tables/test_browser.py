"""Tables in a real browser: by keyboard alone, from the lines one chooses to the passages that a figure counts."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from tests.web.conftest import axe_violations, passage, person, place, testimony, window

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(
    ("width", "scheme"), [pytest.param(1400, "light", marks=pytest.mark.main_path), (1024, "dark"), (390, "dark")]
)
def test_a_figure_is_followed_by_keyboard_alone(browser: Browser, live_server: Any, width: int, scheme: Any):
    for at, count in ((place("Le Lavoir"), 11), (place("Le Faubourg"), 3)):
        for rank in range(count):
            one = testimony(at, date=f"2024-0{1 + rank % 6}", channel="entretien")
            passage(one, accueil="+-±"[rank % 3], action="+", subcodes=["soi"], trust=rank % 2 == 0, speaker="Odile")
    size = {"width": width, "height": 900}
    page = window(browser, live_server.url, person("evaluation"), viewport=size, color_scheme=scheme)
    page.goto(reverse("tables"))
    for details in page.locator("main details").all():
        details.evaluate("one => { one.open = true; }")
    assert axe_violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.locator(".pill", has_text="Par mois").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[aria-current=page]", has_text="Par mois")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("janvier 2024")
    assert axe_violations(page) == []
    wanted = "main a[href*='periode=2024-01'][href*='accueil=presence']"
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_have_text("3 passages, dans 3 témoignages")
