"""The check of names, in pages: what was replaced is shown, a name is added or put back, and others see the result."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from tests.web.conftest import axe_violations, passage, person, place, signed_in, testimony, window
from voices.privacy import Correspondence
from voices.receiving.sealing import seal_names
from voices.store.models import NameChange, Place, User
from voices.store.models import Testimony as Letter

TEXT = "Chantal m’a tiré une chaise. Chantal et Bérénice <b>rient</b> 🙂. Le mardi, Bérénice chante."
REAL = "Monique"


def laid() -> tuple[Place, Letter, User]:
    """A testimony where « Chantal » stands for a real name and « Bérénice » was missed, and its coordinator."""
    here = place("La Cantine du Lavoir")
    row = testimony(here, TEXT)
    row.names = seal_names([Correspondence("personne", REAL, "Chantal")], settings.VOICES)
    row.save()
    passage(row)
    return here, row, person("coordination", here)


@pytest.fixture
def at_names(db: None) -> tuple[Letter, Client]:
    _, row, user = laid()
    return row, signed_in(user)


def page(row: Letter, browser: Client, query: str = "") -> str:
    return browser.get(reverse("names", args=[row.pk]) + query).text


def send(row: Letter, browser: Client, to: str, **fields: Any) -> str:
    """The page that follows."""
    from voices import naming

    row.refresh_from_db()
    return browser.post(reverse(to, args=[row.pk]), {"vu": naming.stamp(row), **fields}, follow=True).text


def test_what_was_replaced_is_marked_and_the_real_word_is_not_shown(at_names):
    row, browser = at_names
    shown = page(row, browser)
    assert shown.count('class="replaced" id="m') == 2
    assert REAL not in shown
    assert REAL not in page(row, browser, "?ici=0&vrais=oui")


def test_a_word_clicked_is_told_with_how_many_times_it_stands(at_names):
    row, browser = at_names
    shown = page(row, browser, "?ici=0")
    assert "à 2 endroits" in shown
    assert REAL not in shown


def test_a_name_that_was_missed_is_replaced_everywhere_and_others_see_it_so(at_names):
    row, browser = at_names
    shown = send(row, browser, "names_replace", nom="Bérénice", sorte="personne", partout="oui")
    assert "C’est remplacé à 2 endroits" in shown
    row.refresh_from_db()
    assert "Bérénice" not in row.text + row.passages.get().text
    assert "Bérénice" not in page(row, browser, "?vue=autres")
    assert NameChange.objects.get().count == 2


def test_words_at_several_places_are_shown_before_they_are_replaced_there_or_at_one(at_names):
    row, browser = at_names
    shown = send(row, browser, "names_replace", nom="Bérénice", sorte="personne")
    assert "2 endroits" in shown
    assert shown.count("<mark>Bérénice</mark>") == 2
    assert not NameChange.objects.exists()
    send(row, browser, "names_replace", nom="Bérénice", sorte="personne", ici=str(TEXT.rindex("Bérénice")))
    row.refresh_from_db()
    assert row.text.count("Bérénice") == 1
    assert row.text.startswith(TEXT[:40])


def test_initials_are_replaced_as_they_are_written(at_names):
    row, browser = at_names
    row.text = "J.-P. M. m’a tiré une chaise, et B. rit."
    row.turns = [[0, len(row.text), "temoin", None, False, None]]
    row.save()
    for said in ("J.-P. M.", "B."):
        assert "C’est remplacé à un endroit" in send(row, browser, "names_replace", nom=said, sorte="personne")


def test_what_tells_who_somebody_is_becomes_a_detail(at_names):
    row, browser = at_names
    row.text = "Moi je suis le seul charcutier du quartier."
    row.turns = [[0, len(row.text), "temoin", None, False, None]]
    row.save()
    assert 'name="sorte" value="detail"' in page(row, browser)
    send(row, browser, "names_replace", nom="le seul charcutier", sorte="detail", ici=str(row.text.index("le seul")))
    row.refresh_from_db()
    assert row.text == "Moi je suis [détail] du quartier."


def test_a_word_that_is_not_there_stays_in_its_field_with_what_to_do(at_names):
    row, browser = at_names
    shown = send(row, browser, "names_replace", nom="Gontran", sorte="personne")
    assert 'value="Gontran"' in shown
    assert not NameChange.objects.exists()


def test_a_word_replaced_for_nothing_is_put_back_where_it_was_or_everywhere(at_names):
    row, browser = at_names
    shown = send(row, browser, "names_put_back", repere="Chantal", ici="0")
    row.refresh_from_db()
    assert row.text.count(REAL) == 1
    assert "remis à un endroit" in shown
    send(row, browser, "names_put_back", repere="Chantal")
    row.refresh_from_db()
    assert row.text.count(REAL) == 2


def test_a_page_that_is_out_of_date_changes_nothing(at_names):
    row, browser = at_names
    answer = browser.post(
        reverse("names_replace", args=[row.pk]), {"vu": "périmé", "nom": "Bérénice", "sorte": "personne"}
    )
    assert answer.status_code == 200
    assert "vient d’être changé" in answer.text
    row.refresh_from_db()
    assert row.text == TEXT


def test_names_checked_lead_to_the_next_testimony_of_the_place(at_names):
    row, browser = at_names
    other = testimony(row.place)
    answer = browser.post(reverse("names_checked", args=[row.pk]), {"fait": "oui"})
    assert answer.url == reverse("names", args=[other.pk])
    row.refresh_from_db()
    assert row.names_checked_at is not None
    assert browser.post(reverse("names_checked", args=[other.pk]), {"fait": "oui"}).url == reverse(
        "testimony", args=[other.pk]
    )


def test_what_is_written_in_a_testimony_does_nothing_in_the_page(at_names):
    row, browser = at_names
    assert "&lt;b&gt;rient&lt;/b&gt;" in page(row, browser)


@pytest.mark.parametrize("role", ["coordination", "communication"])
def test_another_place_s_coordinator_and_communications_never_see_it(at_names, role: str):
    row, _ = at_names
    elsewhere = signed_in(person(role, place() if role == "coordination" else None))
    answers = [elsewhere.get(reverse("names", args=[row.pk]))]
    answers += [
        elsewhere.post(reverse(name, args=[row.pk])) for name in ("names_replace", "names_put_back", "names_checked")
    ]
    assert {answer.status_code for answer in answers} <= {403, 404}
    assert not NameChange.objects.exists()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [pytest.param(1400, marks=pytest.mark.main_path), 1024, 390])
def test_names_are_checked_by_keyboard_alone_in_a_page_without_fault(browser: Browser, live_server: Any, width: int):
    _, row, user = laid()
    site = window(browser, live_server.url, user, viewport={"width": width, "height": 850})
    site.goto(reverse("names", args=[row.pk]))
    site.locator("#m0").focus()
    site.keyboard.press("Enter")
    expect(site.get_by_role("heading", name="Chantal")).to_be_visible()
    expect(site.get_by_text("à 2 endroits")).to_be_visible()
    assert axe_violations(site) == []
    assert not site.evaluate("document.documentElement.scrollWidth > innerWidth")
    site.get_by_label("Le mot à remplacer").focus()
    site.keyboard.type("Bérénice")
    site.keyboard.press("Enter")
    expect(site.get_by_role("button", name="Remplacer à ces 2 endroits")).to_be_focused()
    assert axe_violations(site) == []
    assert not site.evaluate("document.documentElement.scrollWidth > innerWidth")
    site.keyboard.press("Enter")
    expect(site.get_by_text("C’est remplacé à 2 endroits")).to_be_visible()
    site.locator("body").press("v")
    expect(site.get_by_text("Il n’en reste aucun à vérifier")).to_be_visible()
    row.refresh_from_db()
    assert "Bérénice" not in row.text
    assert row.names_checked_by == user


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_words_chosen_in_the_text_are_replaced_only_there(browser: Browser, live_server: Any):
    _, row, user = laid()
    site = window(browser, live_server.url, user, viewport={"width": 390, "height": 850})
    site.goto(reverse("names", args=[row.pk]))
    site.evaluate(
        """() => {
            const words = [...document.querySelectorAll(".said")].pop();
            const last = [...words.childNodes].pop(), start = last.textContent.lastIndexOf("Bérénice");
            document.getSelection().setBaseAndExtent(last, start - 1, last, start + 8);
        }"""
    )
    expect(site.get_by_role("button", name="Seulement ici")).to_be_visible()
    assert axe_violations(site) == []
    assert not site.evaluate("document.documentElement.scrollWidth > innerWidth")
    site.get_by_role("button", name="Seulement ici").click()
    expect(site.get_by_text("C’est remplacé à un endroit")).to_be_visible()
    row.refresh_from_db()
    assert row.text.startswith(TEXT[: TEXT.rindex("Bérénice")])
    assert row.text.count("Bérénice") == 1
