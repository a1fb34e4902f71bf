"""The same file handed in at two places: neither is stopped nor told of the other; who sees both is told."""

from typing import Any

import pytest
from django.urls import reverse

from tests.web.conftest import person, place, signed_in
from tests.web.deposits.conftest import LETTER, last, text_of
from voices.store import models as store
from voices.store.models import Grant, Place
from voices.store.models.people import Role

pytestmark = pytest.mark.django_db
TOLD = "mêmes mots"


@pytest.fixture
def there(hand_in: Any, work_on: Any, coordinator: store.User) -> Place:
    """Another place, where somebody else handed in the same letter just before."""
    other = place("Le Fournil")
    grant = Grant.objects.create(user=coordinator, role=Role.COORDINATOR, place=other)
    hand_in({"lettre.txt": LETTER}, place=other.pk)
    work_on()
    grant.delete()
    hand_in({"lettre.txt": LETTER})
    work_on()
    return other


def seen(user: store.User) -> str:
    """What the pages say where the letter is named."""
    browser = signed_in(user)
    pages = [reverse("testimonies"), reverse("deposit", args=[last().pk])]
    pages += [reverse("testimony", args=[one.pk]) for one in store.Testimony.objects.all()]
    answers = [browser.get(page) for page in pages]
    return " ".join(text_of(answer) for answer in answers if answer.status_code == 200)


def test_the_second_place_keeps_it_and_learns_nothing_of_the_first(there, coordinator, here):
    assert set(store.Testimony.objects.values_list("place__name", flat=True)) == {here.name, there.name}
    assert last().files.get().state == "lu"
    told = seen(coordinator)
    assert there.name not in told
    assert TOLD not in told.lower()
    assert "déjà" not in told


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EVALUATOR])
def test_who_sees_both_is_told_on_every_page(there, role):
    told = seen(person(role))
    assert "mêmes mots dans un autre lieu : Le Fournil" in told  # on the line of the list
    assert "Les mêmes mots sont aussi dans un autre lieu (Le Fournil)" in told
    assert "2 témoignages viennent de documents déposés tels quels dans plusieurs lieux" in told


def test_who_changes_the_consent_of_both_is_told_of_the_other(there, here, coordinator):
    told = "Chaque lieu tient son accord"
    mine = store.Testimony.objects.get(place=here)
    page = reverse("testimony_consent", args=[mine.pk])
    assert told not in text_of(signed_in(coordinator).get(page))
    assert told in text_of(signed_in(person(Role.COORDINATOR)).get(page))


def test_an_evaluator_of_one_of_them_is_told_nothing(there, here):
    assert TOLD not in seen(person(Role.EVALUATOR, here)).lower()


def test_at_the_same_place_it_is_said_to_be_there_already(there, hand_in, work_on):
    hand_in({"encore.txt": LETTER})
    work_on()
    assert last().files.get().state == "connu"
    assert store.Testimony.objects.count() == 2
