"""Lexical worlds on the site: the classes, what they go with, and to whom."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from tests.web.conftest import axe_violations, passage, person, place, signed_in, testimony, window
from voices import counting
from voices.lexicon.classes import Choices
from voices.store.models import Job, Passage
from voices.web import worlds
from voices.web.worker import Worker

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
    assert all(word in body for word in ("soupe", "vélo", "dossier"))
    typical = page.context["worlds"][0].typical[0]["url"]
    assert typical in body


def worlds_of(browser: Any, **asked: str) -> str:
    """The page of the classes."""
    return str(browser.get(reverse("words_classes"), asked).content.decode())


@pytest.mark.django_db(transaction=True)
def test_whether_classes_hold_is_measured_by_the_worker_and_the_page_tells_it():
    corpus()
    browser, asked = signed_in(person("evaluation")), {"classes": "3"}
    before = browser.get(reverse("words_classes"), asked)
    assert [one.steady for one in before.context["worlds"]] == [None] * 3
    assert not Job.objects.exists(), "a page that is looked at asks for nothing"
    assert 'hx-trigger="load, submit"' in before.content.decode()

    for _ in range(2):
        assert browser.post(reverse("words_measure"), asked)["Location"] == f"{reverse('words_classes')}?classes=3"
    assert Job.objects.count() == 1
    assert "en attente" in worlds_of(browser, **asked)
    state = browser.get(reverse("words_measured"), asked)
    assert "hx-get" in state.content.decode()
    assert not state.has_header("HX-Refresh")

    assert Worker().one()
    assert browser.get(reverse("words_measured"), asked)["HX-Refresh"] == "true"
    after = browser.get(reverse("words_classes"), asked)
    assert [one.steady for one in after.context["worlds"]] == [True] * 3
    assert "stable" in after.content.decode()
    assert "Calcul" not in after.content.decode()
    assert [
        one.steady for one in signed_in(person("evaluation")).get(reverse("words_classes"), asked).context["worlds"]
    ]
    assert "On ne sait pas encore" in worlds_of(browser, classes="4")


@pytest.mark.django_db(transaction=True)
def test_a_measure_is_that_of_the_words_as_they_were():
    here, _ = corpus()
    browser = signed_in(person("evaluation"))
    browser.post(reverse("words_measure"), {"classes": "3"})
    assert Worker().one()
    passage(testimony(here, WORLDS[0]), lemmas=WORLDS[0])
    body = worlds_of(browser, classes="3")
    assert "ont changé" in body
    assert "load, submit" not in body, "it is measured again when someone asks, not for ever"


@pytest.mark.django_db(transaction=True)
def test_a_measure_reaches_no_further_than_who_asked_for_it():
    here, _ = corpus()
    local = person("evaluation", here)
    job = worlds.ask({"classes": "3"}, local)
    assert Worker().one()
    job.refresh_from_db()
    assert job.state == Job.State.FAILED, "one class of passages alone is in reach"
    assert (
        "Le calcul n’a pas abouti" in signed_in(local).get(reverse("words_measured"), {"classes": "3"}).content.decode()
    )
    assert "stabilite" not in job.subject
    local.is_active = False
    local.save()
    assert worlds.ask({"classes": "4"}, local).pk != job.pk
    assert Worker().one()
    assert not Job.objects.filter(state=Job.State.DONE).exists()


def test_a_measure_is_asked_for_by_hostile_forms_without_harm():
    browser = signed_in(person("evaluation"))
    asked = {
        "classes": "10**9",
        "canal": "\x00" + "x" * 999,
        "lieu": "nulle-part",
        "du": "hier",
        "page": "https://x.test",
    }
    answer = browser.post(reverse("words_measure"), asked)
    assert answer["Location"].startswith(reverse("words_classes"))
    assert browser.get(answer["Location"]).status_code == 422
    assert Worker().one()
    assert Job.objects.get().state == Job.State.FAILED


def test_with_scripts_only_the_part_that_moves_comes_back():
    corpus()
    body = (
        signed_in(person("evaluation")).post(reverse("words_measure"), headers={"HX-Request": "true"}).content.decode()
    )
    assert body.lstrip().startswith("<section")
    assert "Calcul en attente" in body


def test_the_same_words_have_one_name_and_others_another():
    corpus()
    said, choices = counting.count(Passage.objects.all(), least=3), Choices(classes=3, resamples=0)
    again = counting.count(Passage.objects.all(), least=3)
    assert counting.key(said, choices) == counting.key(again, choices)
    fewer = counting.count(Passage.objects.exclude(pk=Passage.objects.latest("pk").pk), least=3)
    others = {counting.key(said, Choices(classes=4, resamples=0)), counting.key(fewer, choices)}
    assert len(others | {counting.key(said, choices)}) == 3


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
    page.get_by_text("Calcul en attente").wait_for()
    assert axe_violations(page) == []
    assert Worker().one()
    page.get_by_text(", stable").first.wait_for()
    assert axe_violations(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
