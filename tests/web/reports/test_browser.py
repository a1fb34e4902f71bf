"""A report composed, read and frozen by keyboard alone, at three widths, in both themes, without a fault for axe."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import axe_violations, window
from tests.web.reports.conftest import laid
from voices.domain import Consent
from voices.receiving import consents
from voices.store.models import ReportVersion
from voices.web.worker import Worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def typed(page: Page, name: str) -> None:
    """Goes to the control of that name by the Tab key, as far as needed, and presses it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate("(document.activeElement.closest('label') || document.activeElement).textContent.trim()")
        if name in at and page.evaluate("document.activeElement.tagName") in ("A", "BUTTON", "INPUT", "SUMMARY"):
            return
    raise AssertionError(f"« {name} » is not reached by Tab")


@pytest.mark.parametrize("width", [pytest.param(1400, marks=pytest.mark.main_path), 1024, 390])
def test_a_coordinator_composes_reads_and_freezes_by_keyboard(browser: Browser, live_server, width: int):
    network = laid()
    page = window(
        browser,
        live_server.url,
        network.coordinator,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if width == 1024 else "light",
        accept_downloads=True,
    )
    page.goto(reverse("reports"))
    assert axe_violations(page) == []
    typed(page, "Composer un rapport")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nouveau/")
    assert axe_violations(page) == []
    typed(page, "Le conseil, l’équipe")
    page.keyboard.press("ArrowDown")
    typed(page, "Composer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en-cours/**")
    assert axe_violations(page) == []
    assert Worker().one()
    page.wait_for_url(lambda address: "/en-cours/" not in address)
    version = ReportVersion.objects.get()
    assert version.audience == "financeur"
    assert list(version.places.all()) == [network.here]
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text(version.title)
    expect(frame.locator(".citation").first).to_be_visible()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    typed(page, "Télécharger le PDF")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename.endswith(".pdf")
    page.reload()
    typed(page, "Passer la page du rapport")
    page.keyboard.press("Enter")
    typed(page, "Composer de nouveau")
    page.reload()
    typed(page, "à décider avant de figer")
    for one in page.get_by_label("La garder").all():
        one.check()
    page.get_by_role("button", name="Composer de nouveau ainsi").click()
    assert Worker().one()
    page.wait_for_url(lambda address: "/en-cours/" not in address)
    version = ReportVersion.objects.get()
    typed(page, "Figer cette version")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Intact")).to_be_visible()
    consents.change([network.letters[Consent.ANONYMOUS_QUOTES]], Consent.WITHDRAWN, source="lettre", by=None)
    page.reload()
    expect(page.get_by_role("heading", name="Ne plus diffuser")).to_be_visible()
    assert axe_violations(page) == []
    typed(page, "Lire, pour l’archive")
    page.keyboard.press("Enter")
    page.wait_for_url("**/archive/**")
    assert axe_violations(page) == []
    typed(page, "Lire, pour l’archive")
    page.keyboard.press("Enter")
    expect(page.frame_locator("iframe").locator("h1")).to_have_text(version.title)
    expect(page.get_by_role("heading", name="Ne plus diffuser")).to_be_visible()
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(reverse("reports"))
    assert axe_violations(page) == []
    page.context.close()
