"""Real names are shown to the administrator alone, who says why."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, expect

from tests.web.conftest import axe_violations, person, signed_in, window
from tests.web.names.test_names import REAL, laid
from voices.store.models import Trace
from voices.store.models.people import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_real_names() -> tuple[str, Client]:
    _, row, _ = laid()
    return reverse("real_names", args=[row.pk]), signed_in(person(Role.ADMINISTRATOR))


def test_nothing_is_shown_before_it_is_said_why(at_real_names: tuple[str, Client]):
    address, browser = at_real_names
    assert REAL not in browser.get(address).text
    for motif in ("", "  ", "voir"):
        answer = browser.post(address, {"motif": motif})
        assert answer.status_code == 422
        assert REAL not in answer.text
    assert not Trace.objects.filter(what="Vrais noms affichés").exists()


def test_once_it_is_said_why_they_are_shown_and_it_is_kept(at_real_names: tuple[str, Client]):
    address, browser = at_real_names
    answer = browser.post(address, {"motif": "Elle demande à corriger sa lettre"})
    assert REAL in answer.text
    assert "no-store" in answer["Cache-Control"]
    kept = Trace.objects.get(what="Vrais noms affichés")
    assert "Elle demande à corriger sa lettre" in kept.about
    assert REAL not in kept.about
    assert kept.user is not None


def test_who_checks_names_is_never_shown_them():
    _, row, user = laid()
    browser = signed_in(user)
    for query in ("", "?ici=0", "?ici=0&vrais=oui", "?vrais=oui", "?vue=autres"):
        assert REAL not in browser.get(reverse("names", args=[row.pk]) + query).text
    assert browser.get(reverse("real_names", args=[row.pk])).status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_is_without_fault_before_and_after(browser: Browser, live_server: Any, width: int):
    _, row, _ = laid()
    viewport = {"width": width, "height": 850}
    site = window(browser, live_server.url, person(Role.ADMINISTRATOR), viewport=viewport)
    site.goto(reverse("real_names", args=[row.pk]))
    assert axe_violations(site) == []
    site.get_by_label("Pourquoi faut-il les voir").fill("Elle demande à corriger sa lettre")
    site.keyboard.press("Enter")
    expect(site.get_by_role("cell", name=REAL)).to_be_visible()
    assert axe_violations(site) == []
    assert not site.evaluate("document.documentElement.scrollWidth > innerWidth")
