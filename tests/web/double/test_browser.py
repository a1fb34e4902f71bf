"""Double coding in a real browser: by keyboard alone, from the draw to what is settled, at three widths."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import axe_violations, window
from tests.web.double.conftest import Sample, drawn
from voices.store.models import Assignment, Decision, User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def sample() -> Sample:
    return drawn(size=3)


@pytest.fixture
def opened(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Opens the site for someone at a width; without any fault of a script at the end."""
    pages: list[Page] = []
    faults: list[str] = []

    def open_for(user: User, width: int = 1400, **options: Any) -> Page:
        page = window(browser, live_server.url, user, viewport={"width": width, "height": 900}, **options)
        page.on("pageerror", lambda error: faults.append(str(error)))
        pages.append(page)
        return page

    yield open_for
    for page in pages:
        page.context.close()
    assert faults == []


def focused(page: Page, name: str) -> None:
    """Tabs until the thing of that name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in " ".join(page.evaluate("document.activeElement.textContent").split()):
            return
    raise AssertionError(f"« {name} » is not reached by Tab")


def sound(page: Page) -> None:
    """Nothing that axe reproaches, nothing wider than the window, with everything open."""
    for details in page.locator("main details").all():
        details.evaluate("one => { one.open = true; }")
    assert axe_violations(page) == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url


def saved(page: Page, count: int) -> None:
    said = "1 décision enregistrée" if count == 1 else f"{count} décisions enregistrées"
    expect(page.locator("[data-sent]")).to_have_text(said)


@pytest.mark.parametrize("width", [pytest.param(1400, marks=pytest.mark.main_path), 1024, 390])
def test_a_sample_is_drawn_coded_twice_compared_and_settled_by_keyboard_alone(opened: Any, sample: Sample, width: int):
    Assignment.objects.all().delete()
    page = opened(sample.marie, width)
    page.goto(reverse("double"))
    sound(page)
    focused(page, "Tirer un échantillon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tirer un échantillon")
    sound(page)
    page.get_by_label("Titre").focus()
    page.keyboard.type("Automne")
    for name in ("Marie", "Paul"):
        page.get_by_role("checkbox", name=name).focus()
        page.keyboard.press("Space")
    page.get_by_label("Combien de passages").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Automne")
    expect(page.get_by_text("Échantillon tiré")).to_be_visible()
    sound(page)
    sample.made = [Assignment.objects.get()]

    focused(page, "Commencer")
    page.keyboard.press("Enter")
    expect(page.locator(".passage")).to_contain_text(sample.at(1).text)
    sound(page)
    page.locator("#passage").focus()
    # Welcome, a lack; nothing; action, taken back then given again.
    for key in ("1", "1", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".passage")).to_contain_text(sample.at(2).text)
    page.keyboard.press("0")
    expect(page.locator(".passage")).to_contain_text(sample.at(3).text)
    expect(page.locator("[data-left-words]")).to_have_text("passage à coder")
    saved(page, 2)
    page.keyboard.press("u")
    expect(page.locator(".passage")).to_contain_text(sample.at(2).text)
    page.keyboard.press("0")
    expect(page.locator(".passage")).to_contain_text(sample.at(3).text)
    for key in ("3", "c", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("Vous avez tout codé")).to_be_visible()
    sound(page)
    assert [one.codes for one in Decision.objects.filter(author=sample.marie, undone_by=None, kind="code")] == [
        {"accueil": "-"},
        {},
        {"action": "+"},
    ]

    sample.code_all(sample.paul, action="+")
    page.reload()
    focused(page, "Voir l’accord")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="L’accord entre les personnes")).to_be_visible()
    sound(page)
    focused(page, "Départager")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Les différences")
    sound(page)
    focused(page, "Retenir ce codage de Marie")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Tranché par Marie")).to_be_visible()
    sound(page)
    focused(page, "Trancher autrement")
    page.keyboard.press("Enter")
    sound(page)
    page.locator("#passage").focus()
    for key in ("2", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_have_text("Les différences")
    assert Decision.objects.filter(kind="tranche").count() == 2

    page.goto(reverse("history"))
    expect(page.get_by_text("a tranché").first).to_be_visible()
    sound(page)


def test_it_is_coded_without_scripts(opened: Any, sample: Sample):
    page = opened(sample.marie, java_script_enabled=False)
    page.goto(reverse("double"))
    page.get_by_role("link", name="Commencer").click()
    page.get_by_role("link", name="Commencer").click()
    page.get_by_role("group", name="Accueil", exact=True).get_by_role("radio", name="manque").check(force=True)
    page.get_by_role("button", name="Valider").last.click()
    expect(page.locator(".passage")).to_contain_text(sample.at(2).text)
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator(".passage")).to_contain_text(sample.at(1).text)
    assert list(Decision.objects.values_list("kind", flat=True)) == ["code", "annule"]


@pytest.mark.parametrize("width", [1400, 390])
def test_every_page_is_sound_in_the_dark(opened: Any, sample: Sample, width: int):
    page = opened(sample.marie, width, color_scheme="dark")
    sample.code(sample.marie, 1, accueil="+", confiance="on", commentaire="Un mot.")
    for name in ("double_one", "double_passage"):
        page.goto(sample.url(name, *([1] if name == "double_passage" else [])))
        sound(page)
    sample.code_all(sample.marie, accueil="+")
    sample.code_all(sample.paul, action="±", commentaire="Un autre.")
    sample.browser().post(sample.url("double_close"))
    sample.browser().post(sample.url("double_settle", 1), {"code-accueil": "-"})
    for address in (
        reverse("double"),
        reverse("double_new"),
        sample.url("double_one"),
        sample.url("double_differences"),
        sample.url("double_settle", 2),
        reverse("history"),
        reverse("history") + "?nature=tranche",
    ):
        page.goto(address)
        sound(page)
