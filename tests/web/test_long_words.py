"""A word that nothing cuts, eighty letters long, pushes no page out of a telephone's screen."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from tests.web.conftest import passage, person, place, testimony, window
from tests.web.themes.conftest import search
from voices.store.models import Grant, Shortlist, Theme, Trace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
WORD = "Anticonstitutionnellement" * 3 + "aaaaa"
ALONE = (
    "places",
    "activity",
    "people",
    "themes",
    "themes_map",
    "themes_history",
    "tables",
    "shortlists",
    "publications",
)


def test_a_long_word_stays_inside_the_screen(browser: Browser, live_server: Any):
    there = place(WORD, town=WORD, type=WORD[:60])
    someone = person("administration", name=WORD)
    for role in ("evaluation", "communication"):
        Grant.objects.create(user=someone, role=role)
    Trace.objects.create(user=someone, what=WORD[:60], about=WORD)
    said = [
        passage(testimony(there, f"{WORD} {number}"), accueil="+", vector=b"\0" * 768, lemmas=f" {WORD} ")
        for number in range(4)
    ]
    search([[one.pk for one in said[:2]], [one.pk for one in said[2:]]], labels=[WORD, f"{WORD}e"])
    kept = Shortlist.objects.create(name=WORD, made_by=someone)
    inside = [
        *(reverse(name) for name in ALONE),
        reverse("shortlist", args=[kept.pk]),
        reverse("theme", args=[Theme.objects.earliest("pk").pk]),
        reverse("person", args=[someone.pk]),
        reverse("place_edit", args=[there.pk]),
        reverse("place", args=[there.slug]),
    ]
    page = window(browser, live_server.url, someone, viewport={"width": 390, "height": 800})
    wide = {}
    for address in inside:
        page.goto(address)
        width, hidden = page.evaluate(BROADER)
        if width > 390 or hidden:
            wide[address] = (width, hidden)
    assert wide == {}


BROADER = """() => [
  document.documentElement.scrollWidth,
  [...document.querySelectorAll(".scroll:not(.theme-map)")].filter(one => one.scrollWidth > one.clientWidth + 1).length
]"""
"""How broad the page is, and how many of its tables are broader than what is seen of them."""
