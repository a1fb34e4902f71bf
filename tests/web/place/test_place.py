"""« Mon lieu »: every figure is the number of passages that its link opens; lacks stand beside presences."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from tests.web.conftest import axe_violations, passage, person, place, signed_in, testimony, window
from voices.store.models import Passage, Place, Visit
from voices.store.models import Testimony as Letter

SENSES = ["", "+", "-", "±"]
FIGURE = re.compile(r'<a href="([^"]+)">([0-9\u202f]+)<span class="sr"> passage')


def told(here: Place, codes: dict[str, str], text: str = "", **fields: Any) -> Passage:
    """A passage of a testimony of its own, read by the machine so."""
    return passage(testimony(here, text or "On m’a tiré une chaise.", **fields), 0, None, **codes)


def page(here: Place, browser: Client) -> str:
    return browser.get(reverse("place", args=[here.slug])).text


def listed(browser: Client, address: str) -> int:
    return int(browser.get(unescape(address)).context["page"].paginator.count)


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(*[st.sampled_from(SENSES)] * 3), max_size=12))
def test_every_figure_is_the_number_of_passages_that_its_link_opens(rows: list[tuple[str, str, str]]):
    here = place()
    browser = signed_in(person("coordination", here))
    for row in rows:
        told(here, dict(zip(("accueil", "appartenance", "action"), row, strict=True)))
    figures = FIGURE.findall(page(here, browser))
    assert [listed(browser, address) for address, _ in figures] == [int(count) for _, count in figures]
    assert sum(int(count) for _, count in figures) == sum(sense in {"+", "-"} for row in rows for sense in row)


@pytest.mark.django_db
def test_presences_and_lacks_are_quoted_and_what_may_not_be_published_is_said():
    here = place()
    told(here, {"accueil": "+"}, "On m’a tiré une chaise et servi la soupe.")
    told(here, {"accueil": "-"}, "Personne ne m’a dit bonjour de la soirée.", consent="analyse")
    shown = page(here, signed_in(person("coordination", here)))
    assert "On m’a tiré une chaise et servi la soupe." in shown
    assert "Personne ne m’a dit bonjour de la soirée." in shown
    assert shown.count("à ne pas citer") == 1
    assert shown.count("peut être citée") == 1


@pytest.mark.django_db
def test_a_withdrawn_testimony_is_nowhere():
    here = place()
    told(here, {"accueil": "+"}, "On m’a tiré une chaise rouge.", consent="retire")
    browser = signed_in(person("coordination", here))
    assert "chaise rouge" not in page(here, browser)
    assert FIGURE.findall(page(here, browser)) == []
    assert listed(browser, reverse("place_passages", args=[here.slug])) == 0


@pytest.mark.django_db
def test_what_came_since_the_last_visit_is_new_and_listed():
    here = place()
    user = person("coordination", here)
    told(here, {"accueil": "+"})
    Letter.objects.update(made_at=timezone.now() - timedelta(days=2))
    browser = signed_in(user)
    assert "C’est votre première visite." in page(here, browser)
    Visit.objects.update(seen_at=timezone.now() - timedelta(days=1))
    told(here, {"action": "-"})
    shown = page(here, browser)
    [address] = re.findall(r'<a class="figure" href="([^"]+)">1 passage</a> de plus', shown)
    assert listed(browser, address) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "expected"), [("coordination", 404), ("communication", 403), ("evaluation", 404)])
def test_another_place_is_never_seen(role: str, expected: int):
    here, elsewhere = place(), place()
    told(here, {"accueil": "+"})
    browser = signed_in(person(role, elsewhere))
    for name in ("place", "place_passages"):
        assert browser.get(reverse(name, args=[here.slug])).status_code == expected


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [pytest.param(1400, marks=pytest.mark.main_path), 1024, 390])
def test_the_place_is_gone_through_by_keyboard_in_pages_without_fault(
    browser: Browser, live_server: Any, width: int, scheme: str
):
    here = place("La Cantine du Lavoir")
    for codes in ({"accueil": "+"}, {"accueil": "-", "action": "+"}, {"appartenance": "±"}):
        told(here, codes, f"On m’a tiré une chaise {len(codes)} fois. Personne ne m’a jugée ce soir-là.")
    user = person("coordination", here)
    site = window(browser, live_server.url, user, viewport={"width": width, "height": 850}, color_scheme=scheme)
    site.goto("/")
    assert site.url.endswith(here.slug + "/")
    for _ in range(2):
        assert axe_violations(site) == []
        assert not site.evaluate("document.documentElement.scrollWidth > innerWidth")
        site.locator("main .dimension a, main .read-foot a").first.focus()
        with site.expect_navigation():
            site.keyboard.press("Enter")
    assert "Un témoignage" in site.title()
