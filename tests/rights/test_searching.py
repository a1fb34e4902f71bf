"""A person is found by each word of their name, in the sealed tables and where it was left in clear."""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain, repeat

import pytest
from django.conf import settings as site
from django.urls import reverse

from tests.web.conftest import person, place, signed_in, testimony
from voices.privacy import Correspondence
from voices.receiving.depositing import keep_text
from voices.receiving.sealing import seal_names
from voices.rights import searching
from voices.rights.called import asked, numbers_of
from voices.rights.searching import Sought, find
from voices.store.models import Deposit

pytestmark = pytest.mark.django_db

TABLE = [
    ("personne", "Oleksandra", "Monique"),
    ("personne", "Kovalchuk", "Vasseur"),
    ("personne", "goff", "kervella"),
    ("personne", "Benoît d’Almeida-Roux", "Luc Martel"),
    ("telephone", "06.12.34.56.78", "[téléphone]"),
    ("courriel", "sacha@exemple.fr", "[courriel]"),
]
SAID = "Monique Vasseur est venue. Kovalenko lui a dit bonjour, et Petit aussi ; je suis née à Brest."


@pytest.fixture
def settings(tmp_path):
    return replace(site.VOICES, data=tmp_path, cache=tmp_path / "cache")


@pytest.fixture
def one(settings):
    here = place("Le Fournil")
    deposit = Deposit.objects.create(place=here)
    file = keep_text(deposit, "lettre d’Anaïs", SAID, settings=settings)
    names = seal_names([Correspondence(*one) for one in TABLE], settings)
    return testimony(here, SAID, deposit=deposit, file=file, names=names)


@pytest.fixture
def clock(monkeypatch) -> Callable[..., None]:
    """Sets how many seconds after its beginning a search looks at its watch, each time; then as the last time."""

    def told(*seconds: float) -> None:
        shown = chain((0.0,), seconds, repeat(seconds[-1]))
        monkeypatch.setattr(searching, "monotonic", lambda: next(shown))

    return told


@pytest.mark.parametrize(
    "name",
    [
        "Oleksandra Kovalchuk",
        "KOVALCHUK oleksandra",
        "Mme Kovalchuk",
        "o. kovalchuk",
        "koval",
        "valch",
        "le goff",
        "Le Goff",
        "benoit almeida",
        "Benoît d'Almeida",
        "Almeida Roux",
        "almeidaroux",
        "0612345678",
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "Kovalchuk 06-12-34-56-78",
        "34.56.78",
        "sacha@exemple.fr",
        "anais",
    ],
)
def test_each_word_of_a_name_is_met_in_the_table_of_one_testimony(one, settings, name):
    found = find(Sought(name=name), settings)
    assert (found.called, found.said) == ([one], [])


@pytest.mark.parametrize(
    "sought",
    [
        Sought(),
        Sought(name="x"),
        Sought(name=" . "),
        Sought(name="Monique"),
        Sought(name="Vasseur"),
        Sought(name="Oleksandra Dupont"),
        Sought(name="0612345679"),
        Sought(name="kovalen"),
        Sought(name="Petit Brest"),
        Sought(name="Kovalenko", place=10**6),
        Sought(number=10**6),
    ],
)
def test_nothing_is_found_of_what_is_not_asked_or_not_there(one, settings, sought):
    found = find(sought, settings)
    assert (found.called, found.said) == ([], [])


@pytest.mark.parametrize("name", ["Kovalenko", "m. petit", "Kovalenko Oleksandra", "née BREST"])
def test_a_name_that_was_never_replaced_is_found_in_the_text_and_told_apart(one, settings, name):
    found = find(Sought(name=name), settings)
    assert (found.called, found.said) == ([], [one])


def test_a_telephone_left_in_clear_is_found(settings):
    one = testimony(place(), "Appelez-moi au 06 98-76.54 32, le soir.")
    assert find(Sought(name="0698765432"), settings).said == [one]


def test_the_words_of_two_testimonies_are_not_put_together(settings):
    here = place()
    for name in ("Oleksandra", "Kovalchuk"):
        testimony(here, "Bonjour.", names=seal_names([Correspondence("personne", name, "Luc")], settings))
    assert find(Sought(name="Oleksandra Kovalchuk"), settings).called == []


def test_what_was_not_read_for_lack_of_time_is_told(one, settings, clock):
    clock(15)
    found = find(Sought(name="Kovalenko"), settings)
    assert (found.said, found.texts, found.unread, found.unopened) == ([], 0, 1, 0)
    assert "1 texte n’a pas été lu" in found.searched
    clock(15)
    assert find(Sought(name="le goff"), settings).called == [one]


def test_tables_that_were_not_opened_for_lack_of_time_are_told(one, settings, clock):
    last = testimony(place(), "Bonjour.", names=seal_names([Correspondence("personne", "Josiane", "Luc")], settings))
    clock(0, 0, 25)  # the last testimony in time, the one before too late
    found = find(Sought(name="josiane"), settings)
    assert (found.called, found.tables, found.texts, found.unread, found.unopened) == ([last], 1, 1, 0, 1)
    assert found.missed == "Faute de temps, 1 témoignage n’a pas été ouvert du tout\u202f: cherchez lieu par lieu."
    clock(25)
    assert find(Sought(name="le goff"), settings).unopened == 2


def test_those_that_are_too_many_to_be_given_are_told(settings, monkeypatch):
    monkeypatch.setattr(searching, "MOST", 2)
    here = place()
    for _ in range(4):
        testimony(here, "Bonjour.", names=seal_names([Correspondence("personne", "Josiane", "Luc")], settings))
    for sought in (Sought(name="josiane"), Sought(place=here.pk)):
        found = find(sought, settings)
        assert (len(found.called), found.beyond) == (2, 2)
        assert "2 autres répondent aussi" in found.missed
    page = signed_in(person("administration")).post(reverse("rights"), {"lieu": here.pk}).text
    assert "2 autres répondent aussi" in page
    assert "Cherché\u202f:" not in page


def test_titles_and_small_words_count_where_nothing_else_is_said():
    assert asked("Mme Le Goff") == ("goff",)
    assert asked("Le Ben") == ("le", "ben")
    assert list(numbers_of("0033 6 12 34 56 78")) == ["0612345678"]


def test_the_page_tells_them_apart_and_says_where_it_looked():
    one = testimony(place(), SAID)
    administrator = signed_in(person("administration"))

    def told(name: str) -> str:
        return str(administrator.post(reverse("rights"), {"nom": name}).content.decode())

    left = told("Brest")
    assert "Dans le texte, jamais remplacé" in left
    assert reverse("rights_one", args=[one.pk]) in left
    nothing = told("Introuvable")
    for said in ("Aucun témoignage trouvé", "Cherché\u202f: dans 0 table de noms", "Pas cherché\u202f: les fichiers"):
        assert said in nothing
