"""The finder: what was asked for, of those who agreed, one of each kind; and what is around it."""

import numpy as np
import pytest
from django.urls import reverse

from tests.web.conftest import person, signed_in, suggested
from tests.web.quotes.conftest import SAID, every_consent, read
from voices import loading
from voices.domain import Consent
from voices.receiving.consents import change
from voices.store.models import PassageTheme, Theme, ThemeRun
from voices.store.search.vectors import DIM, packed

pytestmark = pytest.mark.django_db

MAY_BE_QUOTED = {"citations_anonymes", "citations_prenom"}
SOUP = "J’ai servi la soupe jeudi soir avec Odile et les autres."
DOOR = "On m’a laissé dehors sous la pluie pendant une heure."


class OneWord:
    """An encoder for which two texts are near where they share a word of the list."""

    words = ("soupe", "pluie", "confiance")

    def encode(self, texts):
        found = np.zeros((len(texts), DIM), np.float32)
        for row, text in enumerate(texts):
            for at, word in enumerate(self.words):
                found[row, at] = float(word in text)
            found[row, DIM - 1] = 0.1
        return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.fixture
def two(town):
    """A presence here, a lack there."""
    soup = town.said(SOUP, coded={"accueil": "", "action": "+"})
    door = town.said(DOOR, town.there, coded={"accueil": "-"})
    for row in (soup, door):
        row.lemmas = " " + " ".join(row.text.lower().strip(".").split()) + " "
        row.vector = next(packed(OneWord().encode([row.text])))
        row.save()
    return soup, door


def test_only_what_the_consent_allows_is_found(town):
    every_consent(town)
    page = town.page("quotes")
    assert {one.value for one in Consent if f"Voici ce que {one.value} raconte" in page} == MAY_BE_QUOTED


@pytest.mark.parametrize("consent", [one for one in Consent if one.value not in MAY_BE_QUOTED])
@pytest.mark.parametrize("name", ["quote_cut", "quote_around", "quote_testimony", "quote_cards"])
def test_a_testimony_not_to_be_quoted_is_nowhere(town, name, consent):
    kept = every_consent(town)[consent.value]
    assert town.browser.get(reverse(name, args=[kept.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, (True, True)),
        ({"a": "action"}, (True, False)),
        ({"a": "accueil"}, (False, True)),
        ({"ton": "manque"}, (False, True)),
        ({"ton": "presence"}, (True, False)),
        ({"ton": "mixte"}, (False, False)),
        ({"a": "action", "ton": "manque"}, (False, False)),
        ({"longueur": "court"}, (True, True)),
        ({"longueur": "long"}, (False, False)),
        ({"q": "soupe", "par": "mots"}, (True, False)),
    ],
)
def test_it_is_found_by_dimension_tone_and_length(town, two, query, found):
    page = town.page("quotes", **query)
    assert (SOUP in page, DOOR in page) == found


def test_it_is_found_by_place(town, two):
    page = town.page("quotes", lieu=town.there.slug)
    assert (SOUP in page, DOOR in page) == (False, True)


def test_it_is_found_by_theme(town, two):
    theme = Theme.objects.create(run=ThemeRun.objects.create(), label="La soupe")
    PassageTheme.objects.create(theme=theme, passage=two[0], rank=0)
    page = town.page("quotes", theme=str(theme.pk))
    assert (SOUP in page, DOOR in page) == (True, False)


def test_the_nearest_in_meaning_comes_first(town, two, monkeypatch):
    monkeypatch.setattr(loading, "encoder_of", lambda settings: OneWord())
    page = town.page("quotes", q="quelqu’un sous la pluie", par="sens")
    assert page.index(DOOR) >= 0
    assert SOUP not in page or page.index(DOOR) < page.index(SOUP)


def test_by_meaning_what_is_not_close_is_left_out_and_how_close_is_told(town, two, monkeypatch):
    monkeypatch.setattr(loading, "encoder_of", lambda settings: OneWord())
    for number in range(40):  # as far from what is asked as the soup
        row = town.said(f"Le {number} du mois on a épluché des légumes en confiance, comme chaque semaine.")
        row.vector = next(packed(OneWord().encode([row.text])))
        row.save()
    page = town.page("quotes", q="quelqu’un sous la pluie", par="sens")
    assert DOOR in page
    assert "épluché" not in page
    assert page.count("Proche de ce que vous cherchez") == 1
    assert "Assez proche" not in page
    assert "roche de ce que vous cherchez" not in town.page("quotes", q="légumes")


def test_someone_of_another_place_finds_nothing_from_here(town, two):
    browser = signed_in(person("communication", town.there))
    page = read(browser.get(reverse("quotes")))
    assert (SOUP in page, DOOR in page) == (False, True)


def test_those_that_say_the_same_are_folded_under_one(town):
    for _ in range(3):
        town.said(SOUP)
    answer = town.browser.get(reverse("quotes"))
    assert answer.content.decode().count('<blockquote class="said"') == 1
    assert "2 autres disent presque la même chose" in read(answer)


def test_near_duplicates_by_their_vectors_are_folded_too(town, two):
    other = town.said("On m’a laissé dehors sous la pluie plus d’une heure.", town.there, coded={"accueil": "-"})
    other.vector = two[1].vector
    other.save()
    town.said("Un autre jour, on a chanté avec les enfants du quartier.", coded={"accueil": "+"})
    assert "Une autre dit presque la même chose" in town.page("quotes")


def test_a_quote_whose_reading_people_differ_on_is_not_found(town):
    town.said(SOUP, coded={"standing": "divergent"})
    assert SOUP not in town.page("quotes")


@pytest.mark.parametrize(
    ("sure", "standing", "told"), [(0.6, "machine", True), (0.9, "machine", False), (0.6, "relu", False)]
)
def test_a_doubtful_sense_is_told_wherever_the_quote_is(town, sure, standing, told):
    row = town.said(SAID, coded={"standing": standing})
    machine = suggested(row, {"accueil": "+"})
    machine.codings[0]["sense_probability"] = sure
    machine.save()
    assert ("sens à vérifier" in town.page("quotes")) is told
    assert ("Sens à vérifier" in town.page("quote_cut", row.pk)) is told


def test_what_is_around_is_a_page_and_a_piece_of_one(town):
    row = town.said(SAID)
    row.question = "Et la première fois ?"
    row.save()
    address = reverse("quote_around", args=[row.pk]) + "?coupe=0-5"
    page, piece = town.browser.get(address), town.browser.get(address, headers={"HX-Request": "true"})
    for shown in (page, piece):
        assert f"<mark>{row.text[:5]}</mark>{row.text[5:12]}" in shown.content.decode()
        assert "Et la première fois ?" in read(shown)
    assert "<html" in page.content.decode()
    assert "<html" not in piece.content.decode()


def test_a_consent_withdrawn_takes_the_quote_away_at_once(town):
    row = town.said(SAID)
    assert SAID[:30] in town.page("quotes")
    change([row.testimony], Consent.WITHDRAWN, source="", by=None)
    assert SAID[:30] not in town.page("quotes")
    assert town.browser.get(reverse("quote_cut", args=[row.pk])).status_code == 410
