"""Lexical worlds on the site: the classes, what they go with, and to whom."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from tests.web.conftest import axe_violations, passage, person, place, signed_in, testimony, window
from voices import counting
from voices.lexicon.classes import Choices
from voices.store.models import Passage

pytestmark = pytest.mark.django_db
WORLDS = (
    "la soupe chaude remplit chaque louche sur la grande table avec le pain frais",
    "le frein du vélo grince donc la pompe et la chaîne attendent une clé plate",
    "le dossier demande une lettre signée et la caisse verse une aide après un courrier",
)


def corpus() -> tuple[Any, Any]:
    one, other = place("La Cuisine"), place("L’Atelier")
    for rank in range(45):
        text = WORLDS[rank % 3]
        said = testimony(one if rank % 3 == 0 else other, text)
        passage(said, lemmas=text.replace("’", " "), accueil="+" if rank % 3 == 0 else "")
    return one, other


def test_passages_that_say_the_same_words_are_one_class():
    corpus()
    said = counting.count(Passage.objects.all(), least=3)
    found = counting.worlds(said, Choices(classes=3, resamples=2))
    assert found.profiles.sizes.tolist() == [15, 15, 15]
    assert any({"soupe", "louche", "table"} <= set(found.words_of(rank)) for rank in range(3))
    crossed = counting.crossed(said, found, "lieu")
    assert crossed is not None
    assert crossed.holds.any()


def test_a_page_tells_each_class_and_what_it_goes_with():
    corpus()
    page = signed_in(person("evaluation")).get(reverse("words_classes"), {"classes": "3"})
    body = page.content.decode()
    assert len(page.context["worlds"]) == 3
    assert "La Cuisine\u202f: 100\u202f% de ses passages, 0\u202f% ailleurs" in body
    assert all(word in body for word in ("soupe", "vélo", "dossier", "stable"))
    typical = page.context["worlds"][0].typical[0]["url"]
    assert typical in body


def test_a_double_classification_can_be_asked():
    corpus()
    page = signed_in(person("evaluation")).get(reverse("words_classes"), {"classes": "3", "deux": "on"})
    assert "double" in page.context["found"].method


def test_words_of_other_places_and_of_withdrawn_testimonies_are_told_to_nobody():
    here, _ = corpus()
    withdrawn = passage(testimony(here, "zigzag zigzag"), lemmas="zigzag zigzag")
    withdrawn.testimony.consent = "retire"
    withdrawn.testimony.save()
    body = signed_in(person("evaluation", here)).get(reverse("words_classes")).content.decode()
    assert "zigzag" not in body
    assert "vélo" not in body


def test_too_little_is_told_with_what_to_do():
    page = signed_in(person("evaluation")).get(reverse("words_classes"))
    assert page.status_code == 200
    assert "trop peu" in page.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_the_page_is_accessible(browser: Browser, live_server: Any, width: int, scheme: Any):
    corpus()
    size = {"width": width, "height": 900}
    page = window(browser, live_server.url, person("evaluation"), viewport=size, color_scheme=scheme)
    page.goto(reverse("words_classes"))
    page.get_by_text("Choisir les passages et le classement").click()
    assert axe_violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
