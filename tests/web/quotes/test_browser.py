"""The path of who publishes, in a real browser, by keyboard alone: find, keep, cut, copy, draw."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from tests.web.conftest import axe_violations, window
from tests.web.quotes.conftest import SAID, SENTENCES, Town, laid
from voices.domain import Consent
from voices.receiving.consents import change
from voices.store.models import Passage, Publication, Shortlist

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

BEFORE, AFTER = "C’était un jour de pluie.", "Depuis, je garde la porte."


@pytest.fixture
def town() -> Town:
    """The two places, a letter here with something around it, another there."""
    town = laid()
    whole = f"{BEFORE} {SAID} {AFTER}"
    start = len(BEFORE) + 1
    row = town.said(whole)
    Passage.objects.filter(pk=row.pk).update(
        start=start,
        end=start + len(SAID),
        text=SAID,
        sentences=[[start + a, start + b] for a, b in zip(SENTENCES, _ends(), strict=True)],
    )
    around = {"testimony": row.testimony, "place": row.place, "turn": 0}
    Passage.objects.create(**around, number=0, start=0, end=len(BEFORE), text=BEFORE, sentences=[[0, len(BEFORE)]])
    end = start + len(SAID) + 1
    Passage.objects.create(**around, number=2, start=end, end=len(whole), text=AFTER, sentences=[[end, len(whole)]])
    town.said("J’ai servi la soupe jeudi soir avec les autres.", town.there, coded={"accueil": "-"})
    return town


def _ends() -> list[int]:
    return [SENTENCES[1] - 1, SENTENCES[2] - 1, len(SAID)]


def reach(page: Page, wanted: Locator, most: int = 60) -> None:
    """Goes to that element as the Tab key does."""
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never comes to {wanted}")


@pytest.mark.parametrize("width", [pytest.param(1400, marks=pytest.mark.main_path), 1024, 390])
def test_a_quote_goes_from_the_finder_to_a_card_by_keyboard(browser: Browser, live_server: Any, town: Town, width: int):
    page = window(browser, live_server.url, town.claire, viewport={"width": width, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    press = page.keyboard.press
    page.goto(reverse("quotes"))
    # Found by its place, by the form.
    choose = page.get_by_label("Lieu", exact=True)
    reach(page, choose)
    page.keyboard.type("Le Lavoir")
    expect(choose).to_have_value(town.here.slug)
    reach(page, page.get_by_role("button", name="Chercher"), 80)
    press("Enter")
    page.wait_for_url("**lieu=**")
    one = page.get_by_role("article")
    expect(one).to_have_count(1)
    # What is around it, without leaving the page.
    reach(page, one.get_by_text("Lire autour"))
    press("Enter")
    expect(one.get_by_text(BEFORE)).to_be_visible()
    expect(one.get_by_text(AFTER)).to_be_visible()
    _proper(page)
    # Kept, and the keyboard stays where it was.
    keep = one.get_by_role("button", name="Garder")
    keep.focus()
    press("Enter")
    expect(one.locator(".kept")).to_be_focused()
    expect(one.locator(".kept")).to_contain_text("Gardée dans")
    assert Shortlist.objects.get().items.count() == 1
    # Cut: the second sentence set aside, then two words of the first.
    prepare = one.get_by_role("link", name="Préparer")
    prepare.focus()
    press("Enter")
    quote = page.locator("#mots-cites")
    expect(quote).to_contain_text("Personne ne m’a jugée")
    reach(page, page.get_by_label("sans cette phrase").nth(1), 80)
    press("Space")
    expect(quote).to_have_text("«\u202fOn m’a tiré une chaise près du poêle. […] Je suis revenue mardi.\u202f»")
    page.get_by_role("checkbox", name="près").focus()
    press("Space")
    press("Shift+ArrowRight")
    press("Shift+ArrowRight")
    expect(quote).to_have_text("«\u202fOn m’a tiré une chaise […] Je suis revenue mardi.\u202f»")
    _proper(page)
    # Copied as text, once it is said for where.
    reach(page, page.get_by_label("Où sera-t-elle publiée"), 80)
    page.keyboard.type("Affiche du marché")
    press("Enter")
    expect(page.get_by_label("Prête à coller")).to_be_focused()
    assert Publication.objects.get().text == "On m’a tiré une chaise […] Je suis revenue mardi."
    _proper(page)
    # Drawn, and taken as a picture.
    page.get_by_role("link", name="Voir les cartes").focus()
    press("Enter")
    expect(page.get_by_role("img", name="On m’a tiré une chaise")).to_have_count(3)
    _proper(page)
    page.get_by_role("button", name="PNG").first.focus()
    with page.expect_download() as taken:
        press("Enter")
    assert taken.value.suggested_filename.endswith("-carre.png")
    assert Publication.objects.filter(form="carte-carre", where="Affiche du marché").exists()
    assert faults == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_every_other_page_is_accessible_and_holds_in_its_width(
    browser: Browser, live_server: Any, town: Town, width: int, scheme: str
):
    row = Passage.objects.get(text=SAID)
    spans = f"{row.start}-{row.start + SENTENCES[1] - 1}"
    town.browser.post(reverse("quote_keep", args=[row.pk]), {"coupe": spans})
    town.browser.post(reverse("quote_copy", args=[row.pk]), {"coupe": spans, "ou": "Affiche"})
    other = Passage.objects.get(place=town.there)
    town.browser.post(reverse("quote_keep", args=[other.pk]), {"coupe": ""})
    town.browser.post(reverse("quote_copy", args=[other.pk]), {"ou": "Radio du quartier"})
    change([other.testimony], Consent.WITHDRAWN, source="", by=None)
    listed = reverse("shortlist", args=[Shortlist.objects.get().pk])
    around = reverse("quote_around", args=[row.pk]) + f"?coupe={spans}"
    testimony = reverse("quote_testimony", args=[row.pk])
    page = window(browser, live_server.url, town.claire, viewport={"width": width, "height": 900}, color_scheme=scheme)
    for address in (reverse("quotes"), around, testimony, reverse("shortlists"), listed, reverse("publications")):
        page.goto(address)
        for details in page.locator("main details:visible, aside details:visible").all():
            details.evaluate("one => { one.open = true; }")
        page.wait_for_load_state("networkidle")
        _proper(page)
    page.context.close()


def test_a_consent_lost_meanwhile_is_said_on_the_page_that_stayed_open(browser: Browser, live_server: Any, town: Town):
    page = window(browser, live_server.url, town.claire)
    page.goto(reverse("quotes") + f"?lieu={town.here.slug}")
    change([Passage.objects.get(text=SAID).testimony], Consent.ANALYSIS, source="", by=None)
    page.get_by_role("button", name="Garder").click()
    expect(page.get_by_text("L’accord de cette personne a changé")).to_be_visible()
    expect(page.get_by_role("button", name="Garder")).to_have_count(0)
    assert not Shortlist.objects.exists()
    page.context.close()


def test_without_scripts_one_reads_around_cuts_and_copies(browser: Browser, live_server: Any, town: Town):
    page = window(browser, live_server.url, town.claire, java_script_enabled=False)
    page.goto(reverse("quotes") + f"?lieu={town.here.slug}")
    page.get_by_role("link", name="Lire autour").click()
    expect(page.get_by_text(AFTER)).to_be_visible()
    page.get_by_role("link", name="Préparer cette citation").click()
    page.get_by_label("sans cette phrase").nth(1).check()
    page.get_by_role("button", name="Voir la citation ainsi coupée").click()
    page.get_by_label("Où sera-t-elle publiée").fill("Affiche")
    page.get_by_role("button", name="Préparer le texte").click()
    expect(page.get_by_label("Prête à coller")).to_have_value(
        "«\u202fOn m’a tiré une chaise près du poêle. […] Je suis revenue mardi.\u202f»\nLe Lavoir, lettre, 2024"
    )
    page.context.close()


def _proper(page: Page) -> None:
    """Nothing to reproach, and nothing wider than the window."""
    assert axe_violations(page) == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
