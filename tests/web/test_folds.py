"""What a wide window shows at once is folded on a phone, one gesture away, and open where there are no scripts."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.web.conftest import axe_violations, passage, person, place, testimony, window
from voices.store.models import PassageTheme, Theme, ThemeRun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def laid() -> None:
    """A testimony in a theme."""
    one = passage(testimony(place()), accueil="+")
    theme = Theme.objects.create(run=ThemeRun.objects.create(), label="La chaise")
    PassageTheme.objects.create(theme=theme, passage=one, rank=0)


@pytest.mark.parametrize(
    ("page", "summary", "inside"),
    [
        ("/temoignages/?noms=a_verifier", "Filtrer (1 choix)", "Moyen"),
        ("/historique/", "Filtrer", "Du"),
        ("/themes/", "Ce qu’on y dit", "lire autour"),
        ("/themes/", "Ses codes, ses lieux", "Accueil"),
    ],
)
def test_a_phone_folds_what_a_wide_window_shows(
    browser: Browser, live_server: Any, page: str, summary: str, inside: str
):
    laid()
    shown = window(browser, live_server.url, person("evaluation"), viewport={"width": 390, "height": 780})
    shown.goto(page)
    fold = shown.locator("details.fold", has_text=summary).first
    handle = fold.locator("summary")
    expect(handle).to_contain_text(summary)
    hidden = fold.get_by_text(inside, exact=False).nth(0)
    expect(hidden).not_to_be_visible()
    handle.focus()
    shown.keyboard.press("Enter")
    expect(hidden).to_be_visible()
    assert axe_violations(shown) == []
    shown.set_viewport_size({"width": 1400, "height": 900})
    expect(handle).not_to_be_visible()
    expect(hidden).to_be_visible()
    shown.context.close()


def test_without_scripts_it_is_open_on_a_phone(browser: Browser, live_server: Any):
    laid()
    size = {"width": 390, "height": 780}
    shown = window(browser, live_server.url, person("evaluation"), viewport=size, java_script_enabled=False)
    shown.goto("/temoignages/")
    expect(shown.get_by_label("Moyen")).to_be_visible()
    shown.context.close()
