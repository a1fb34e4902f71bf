"""The door: who tries many keys, who borrows a session, who sends fields that no form has."""

from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client, override_settings
from django.urls import reverse

from tests.web.conftest import person, place, signed_in
from voices.store.models import Grant, Link, Place, Trace, User
from voices.web import links, second_factor, sessions, tries

pytestmark = pytest.mark.django_db

PASSWORD = "mot de passe long"


def enter(client: Client, username: str, password: str = PASSWORD, address: str = "192.0.2.7") -> Any:
    asked = {"username": username, "password": password}
    return client.post(reverse("sign_in"), asked, REMOTE_ADDR=address)


@override_settings(AXES_ENABLED=True)
def test_one_address_that_tries_many_names_waits(client: Client):
    person(username="anne")
    for number in range(tries.OF_ADDRESS):
        assert enter(client, f"nom{number}", "faux").status_code == 200
    assert enter(client, "anne").status_code == 429
    assert "quart d’heure" in enter(client, "anne").text
    assert enter(Client(), "anne", address="192.0.2.8").status_code == 302, "the others come in meanwhile"


@override_settings(AXES_ENABLED=True)
def test_one_account_tried_from_many_addresses_waits(client: Client):
    person(username="anne")
    person(username="benoit")
    for number in range(tries.OF_ACCOUNT):
        enter(client, "anne", "faux", address=f"192.0.2.{number // 4}")
    assert enter(client, "anne", address="198.51.100.1").status_code == 429
    assert enter(Client(), "benoit", address="198.51.100.1").status_code == 302


@override_settings(AXES_ENABLED=True)
def test_nobody_is_kept_out_by_a_few_wrong_passwords_from_elsewhere(client: Client):
    person(username="anne")
    for number in range(19):
        for _ in range(6):
            enter(client, "anne", "faux", address=f"203.0.113.{number}")
    assert enter(Client(), "anne").status_code == 302


@pytest.mark.parametrize(
    ("name", "field", "more"),
    [
        ("account_password", "present", {"password": "une autre phrase", "again": "une autre phrase"}),
        ("account_no_code", "password", {}),
        ("account_sessions", "password", {}),
        ("account_code", "password", {"code": "000000"}),
    ],
)
@override_settings(AXES_ENABLED=True)
def test_the_password_is_not_guessed_from_a_session_left_open(monkeypatch, name: str, field: str, more: dict[str, str]):
    monkeypatch.setattr(sessions, "_FRESH", 0)
    anne = person(username="anne", totp_secret=None if name == "account_code" else b"x")
    client = signed_in(anne)
    given = [client.post(reverse(name), {field: f"faux {number}"} | more).status_code for number in range(5)]
    assert given == [200, 200, 200, 200, 429]
    assert client.post(reverse(name), {field: PASSWORD} | more).status_code == 429, "even with the right one"
    assert Trace.objects.filter(user=anne, what__startswith="Mot de passe refusé").count() == 1
    anne.refresh_from_db()
    assert anne.check_password(PASSWORD)
    assert enter(Client(), "anne", address="198.51.100.9").status_code == 302, "from elsewhere one comes in"


class Counting(Argon2PasswordHasher):
    """The site's own, that counts what it is asked to compute."""

    algorithm = "argon2"
    work = 0
    time_cost, memory_cost, parallelism = 1, 8, 1

    def encode(self, password: str, salt: str) -> str:
        type(self).work += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        type(self).work += 1
        return super().verify(password, encoded)


@pytest.mark.parametrize("name", ["anne", "fermee", "personne"])
def test_a_name_that_is_nobodys_costs_as_much_as_one_that_is(client: Client, name: str):
    with override_settings(PASSWORD_HASHERS=["tests.security.test_door.Counting"]):
        person(username="anne")
        person(username="fermee", is_active=False)
        Counting.work = 0
        answer = enter(client, name, "faux")
        assert Counting.work == 1
        assert "ne vont pas ensemble" in answer.text


def test_the_session_changes_at_each_step_of_the_door(client: Client, monkeypatch: pytest.MonkeyPatch):
    anne = person(username="anne")
    monkeypatch.setattr(second_factor, "right", lambda user, code: code == "123456")
    User.objects.filter(pk=anne.pk).update(totp_secret=b"x")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = str(session.session_key)
    enter(client, "anne")
    half_way = client.cookies["sessionid"].value
    client.post(reverse("sign_in_code"), {"code": "123456"})
    inside = client.cookies["sessionid"].value
    assert len({planted, half_way, inside}) == 3
    assert client.get(reverse("account")).status_code == 200
    for stolen in (planted, half_way):
        other = Client()
        other.cookies["sessionid"] = stolen
        assert other.get(reverse("account")).status_code == 302


def test_a_session_that_is_made_up_is_nobodys(client: Client):
    for made_up in ("a" * 32, "", "../../secret", "' OR 1=1 --"):
        client.cookies["sessionid"] = made_up
        assert client.get(reverse("account")).status_code == 302


def test_cookies_are_closed_to_scripts_and_to_other_sites(client: Client):
    person(username="anne")
    client.get(reverse("sign_in"))
    enter(client, "anne")
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


STOLEN = {"is_superuser": "on", "is_staff": "on", "is_active": "", "username": "chef", "password": "x", "id": "1"}


def test_a_form_takes_its_own_fields_and_no_other():
    here = place()
    someone = person("coordination", here, username="anne")
    client = signed_in(someone)
    before = User.objects.filter(pk=someone.pk).values().get()
    client.post(reverse("account_name"), {"name": "Anne", "role": "administration", "grants": "1"} | STOLEN)
    assert User.objects.filter(pk=someone.pk).values().get() == before | {"name": "Anne"}
    assert list(Grant.objects.values_list("role", "place")) == [("coordination", here.pk)]


def test_an_invitation_gives_its_role_whatever_is_sent(client: Client):
    here, elsewhere = place(), place()
    path = links.invite("Anne", "coordination", here, None)
    sent = {
        "name": "Anne",
        "username": "anne",
        "password": "une phrase assez longue",
        "again": "une phrase assez longue",
    }
    more = {"role": "administration", "place": str(elsewhere.pk), "where": "reseau", "is_superuser": "on"}
    assert client.post(path, sent | more).status_code == 302
    anne = User.objects.get(username="anne")
    assert (anne.is_superuser, anne.is_staff) == (False, False)
    assert [(one.role, one.place) for one in anne.grants.all()] == [("coordination", here)]


def test_a_place_is_edited_by_its_own_form():
    here = place("Ici")
    sent = {"name": "Ici", "type": "cantine", "town": "Dole", "slug": "autre", "closed": "on", "id": "99", "pk": "99"}
    signed_in(person("administration")).post(reverse("place_edit", args=[here.pk]), sent)
    row = Place.objects.get(pk=here.pk)
    assert (row.slug, row.closed, Place.objects.count()) == (here.slug, here.closed, 1)


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("court", False),
        ("0123456789012", False),
        ("motdepasse1", False),
        ("password123", False),
        ("azertyuiop", False),
        ("anne petit 1", False),
        ("Administration2026!", False),
        ("leCafédesLilas!2026", False),
        ("une cantine sous la neige", True),
        ("quatre mots sans rapport", True),
        ("x" * 5 + " é ☕ " + "y" * 60, True),
    ],
)
def test_passwords_that_everyone_tries_are_refused_and_long_ones_taken(client: Client, password: str, taken: bool):
    path = links.invite("Anne Petit", "coordination", place("Le Café des Lilas"), None)
    sent = {"name": "Anne Petit", "username": "annepetit", "password": password, "again": password}
    assert (client.post(path, sent).status_code == 302) is taken
    assert Link.objects.filter(used_at=None).exists() is not taken
