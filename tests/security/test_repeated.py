"""A parameter that is sent twice: what is checked is what is done, whichever of the two it is."""

from itertools import permutations

import pytest
from axes.models import AccessAttempt
from django.test import Client, override_settings
from django.urls import reverse

from tests.web.conftest import LETTER, person, place, signed_in
from voices.store.models import Deposit, Grant, User
from voices.web import links

pytestmark = pytest.mark.django_db

PHRASE = "une phrase assez longue"


@pytest.mark.parametrize("first", [True, False])
def test_a_place_that_is_not_ones_own_slips_in_beside_none(first: bool):
    here, elsewhere = place(), place()
    client = signed_in(person("coordination", here))
    both = [here.pk, elsewhere.pk] if first else [elsewhere.pk, here.pk]
    sent = {"place": both, "consent": "analyse", "text": LETTER}
    client.post(f"{reverse('deposit_new')}?place={elsewhere.pk}", sent)
    assert [one.place_id for one in Deposit.objects.all()] == ([] if first else [here.pk])


def test_a_role_given_twice_is_given_once_and_never_by_the_address():
    someone = person()
    address = f"{reverse('person', args=[someone.pk])}?role=administration&where=reseau"
    sent = {"role": ["administration", "coordination"], "where": ["reseau", str(place("Ici").pk)]}
    signed_in(person("administration")).post(address, sent)
    assert [(one.role, str(one.place)) for one in Grant.objects.filter(user=someone)] == [("coordination", "Ici")]


@pytest.mark.parametrize("both", list(permutations(["court", PHRASE])))
def test_the_password_that_is_kept_is_the_one_that_was_checked(client: Client, both: tuple[str, str]):
    path = links.invite("Anne", "coordination", place(), None)
    client.post(path, {"name": "Anne", "username": "anne", "password": both, "again": both})
    kept = User.objects.filter(username="anne").first()
    assert (kept is not None and kept.check_password(PHRASE)) is (both[-1] == PHRASE)
    assert kept is None or not kept.check_password("court")


@override_settings(AXES_ENABLED=True)
def test_the_name_that_is_counted_is_the_one_that_enters(client: Client):
    for name in ("anne", "benoit"):
        person(username=name)
    for _ in range(5):
        client.post(reverse("sign_in"), {"username": ["anne", "benoit"], "password": "faux"})
    assert set(AccessAttempt.objects.values_list("username", flat=True)) == {"benoit"}
    right = {"username": ["anne", "benoit"], "password": "mot de passe long"}
    assert client.post(reverse("sign_in"), right).status_code == 429
    assert client.post(reverse("sign_in"), right | {"username": ["benoit", "anne"]}).status_code == 302


def test_of_two_next_pages_the_one_that_is_followed_is_the_one_that_was_checked(client: Client):
    person(username="anne")
    sent = {"username": "anne", "password": "mot de passe long", "next": ["/compte/", "https://ailleurs.example/"]}
    assert client.post(f"{reverse('sign_in')}?next=/compte/", sent).headers["Location"] == reverse("home")


def test_a_cookie_is_no_field():
    someone = person(name="Anne")
    client = signed_in(someone)
    client.cookies["name"] = "Autre"
    client.post(f"{reverse('account_name')}?name=Autre")
    someone.refresh_from_db()
    assert someone.name == "Anne"
