"""Words of the site: those that set places apart, those that go together, where each is said, and to whom."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from tests.web.conftest import axe_violations, passage, person, place, signed_in, testimony, window
from voices import counting
from voices.errors import SettingsError
from voices.store.models import Passage
from voices.store.models import Testimony as Letter

pytestmark = pytest.mark.django_db
KITCHEN, WORKSHOP = "la soupe est chaude et la louche est pleine", "le frein du vélo est réparé avec la pompe"


def said(text: str, at: Any, **fields: Any) -> Passage:
    """A passage that says it, with its lemmas: its words as they are, here."""
    return passage(testimony(at, text), lemmas=text.replace("’", " "), **fields)


def corpus() -> tuple[Any, Any]:
    one, other = place("La Cuisine"), place("L’Atelier")
    for rank in range(8):
        said(KITCHEN, one, accueil="+" if rank % 2 else "-")
        said(WORKSHOP, other, action="+")
    return one, other


def test_each_place_has_its_words():
    corpus()
    found = counting.compare(counting.count(Passage.objects.all()), "lieu")
    kitchen = found.parts.index("La Cuisine")
    best = {found.terms[at] for at in found.scores[:, kitchen].argsort()[-4:]}
    assert best == {"soupe", "chaude", "louche", "pleine"}
    assert int(found.voices[found.terms.index("soupe"), kitchen]) == 8


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("annee", ("2024",)),
        ("role", ("Bénévole", "(non dit)")),
        ("code", ("Accueil", "Action")),
        ("sens", ("Accueil, manque", "Accueil, présence", "Action, présence")),
        ("theme", ("(hors thème)",)),
    ],
)
def test_passages_are_compared_as_asked(by, names):
    corpus()
    Letter.objects.filter(place__name="La Cuisine").update(role="bénévoles")
    assert counting.parts(counting.count(Passage.objects.all()), by).names == names


def test_another_way_is_refused():
    with pytest.raises(SettingsError):
        counting.parts(counting.count(Passage.objects.none()), "humeur")


def test_names_are_no_words():
    at = place()
    for _ in range(6):
        said("on a parlé avec Odile de la soupe", at)
    assert "odile" not in counting.count(Passage.objects.all()).table.terms
    assert "soupe" in counting.count(Passage.objects.all()).table.terms


def test_what_stands_for_an_address_or_a_name_is_no_word():
    at = place()
    for _ in range(6):
        said("elle habite [adresse] et mange [prénom ou nom] la soupe", at)
    table = counting.count(Passage.objects.all()).table
    assert {"habite", "soupe"} <= set(table.terms)
    assert not {"adresse", "prénom", "nom"} & set(table.terms)
    assert table.sizes.tolist() == [6] * 6


def test_words_are_taken_away_as_a_table():
    here, _ = corpus()
    page = signed_in(person("evaluation")).get(reverse("words_export"), {"par": "lieu"})
    lines = page.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("partie;mot;specificite;")
    assert [line.split(";")[1:2] for line in lines if line.startswith(f"{here.name};soupe;")] == [["soupe"]]
    assert "mots-lieu.csv" in page["Content-Disposition"]
    assert len(signed_in(person("evaluation", place())).get(reverse("words_export")).content.splitlines()) == 1


@pytest.mark.parametrize("query", ["soupe", "sou*", "la * est"])
def test_a_concordance_opens_each_passage(query):
    here, _ = corpus()
    page = signed_in(person("evaluation")).get(reverse("words_concordance"), {"q": query, "tri": "lieu"})
    body = page.content.decode()
    assert page.context["total"] >= 8
    assert all(reverse("review_passage", args=[one.pk]) in body for one in Passage.objects.filter(place=here))


@pytest.mark.parametrize("name", ["words", "words_together", "words_concordance"])
def test_words_of_other_places_and_of_withdrawn_testimonies_are_told_to_nobody(name):
    here, _ = corpus()
    for _ in range(12):
        said("le pain est cuit dans le four", here, action="+")
    withdrawn = said("zigzag zigzag zigzag zigzag zigzag soupe", here)
    withdrawn.testimony.consent = "retire"
    withdrawn.testimony.save()
    asked = {"q": "soupe"} if name == "words_concordance" else {"par": "code"}
    body = signed_in(person("evaluation", here)).get(reverse(name), asked).content.decode()
    assert "zigzag" not in body
    assert "vélo" not in body
    assert "soupe" in body


def test_what_cannot_be_looked_for_is_told():
    page = signed_in(person("evaluation")).get(reverse("words_concordance"), {"q": "…"})
    assert "aucun mot à chercher" in page.content.decode()


@pytest.mark.parametrize("name", ["words", "words_together", "words_concordance"])
def test_an_empty_site_has_its_pages(name):
    assert signed_in(person("evaluation")).get(reverse(name), {"q": "x"}).status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_pages_of_words_are_accessible(browser: Browser, live_server: Any, width: int, scheme: Any):
    corpus()
    size = {"width": width, "height": 900}
    page = window(browser, live_server.url, person("evaluation"), viewport=size, color_scheme=scheme)
    for address in ("words", "words_together", "words_concordance"):
        page.goto(f"{reverse(address)}?q=soupe")
        assert axe_violations(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
