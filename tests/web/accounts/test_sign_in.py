"""The door: who is let in, who is kept waiting, where each one begins."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import person, place, signed_in
from voices.store.models import Trace, User
from voices.web import links

pytestmark = pytest.mark.django_db

PASSWORD = "mot de passe long"


@pytest.fixture
def anne() -> User:
    return person("administration", username="anne", name="Anne Petit")


def enter(client: Client, username: str = "anne", password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("sign_in"), {"username": username, "password": password, **more})


def inside(client: Client) -> bool:
    return bool(client.get(reverse("account")).status_code == 200)


@pytest.mark.parametrize("typed", ["anne", "Anne", " ANNE "])
def test_a_name_and_its_password_let_in_however_the_name_is_typed(client: Client, anne: User, typed: str):
    assert enter(client, typed).headers["Location"] == reverse("home")
    assert inside(client)


@pytest.mark.parametrize(("username", "password"), [("anne", "autre chose"), ("personne", PASSWORD), ("anne", "")])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(client: Client, anne: User, username: str, password: str):
    page = enter(client, username, password)
    assert page.status_code == 200
    assert not inside(client)
    assert ("ne vont pas ensemble" in page.text) is bool(password)
    assert PASSWORD not in page.text


def test_the_session_is_another_one_once_signed_in(client: Client, anne: User):
    client.get(reverse("sign_in"))
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    enter(client)
    assert client.cookies["sessionid"].value != session.session_key


@pytest.mark.parametrize(
    ("wanted", "followed"),
    [
        ("/compte/", True),
        ("https://ailleurs.example/", False),
        ("//ailleurs.example/", False),
        ("javascript:alert(1)", False),
        ("/\\ailleurs.example", False),
    ],
)
def test_the_page_that_was_asked_for_comes_next_if_it_is_ours(client: Client, anne: User, wanted: str, followed: bool):
    assert enter(client, next=wanted).headers["Location"] == (wanted if followed else reverse("home"))


def test_the_page_asked_for_is_kept_through_the_door(client: Client, anne: User):
    door = client.get(client.get(reverse("activity")).headers["Location"])
    assert f'name="next" value="{reverse("activity")}"' in door.text


def test_a_moving_part_whose_session_ended_sends_the_whole_page_to_the_door(client: Client):
    answer = client.get(reverse("activity"), headers={"HX-Request": "true"}, follow=True)
    assert answer.headers["HX-Redirect"] == reverse("sign_in")
    assert answer.content == b""


def test_a_closed_account_does_not_enter_and_is_put_out_at_once(client: Client, anne: User):
    enter(client)
    assert inside(client)
    User.objects.filter(pk=anne.pk).update(is_active=False)
    assert not inside(client)
    assert "ne vont pas ensemble" in enter(Client()).text


def test_signing_out_takes_a_post_and_leaves_nothing(client: Client, anne: User):
    enter(client)
    key = client.session.session_key
    assert client.get(reverse("sign_out")).status_code == 405
    assert inside(client)
    assert client.post(reverse("sign_out")).headers["Location"] == reverse("sign_in")
    assert not inside(client)
    assert not client.session.exists(key or "")


def test_coming_and_going_are_kept_in_the_activity(client: Client, anne: User):
    enter(client)
    client.post(reverse("sign_out"))
    assert list(Trace.objects.values_list("user", "what")) == [(anne.pk, "Connexion"), (anne.pk, "Déconnexion")]


def test_an_empty_site_says_where_its_first_link_is(client: Client):
    page = client.get(reverse("sign_in")).text
    assert "Ce site est encore vide" in page
    assert 'name="password"' not in page
    person()
    assert "encore vide" not in client.get(reverse("sign_in")).text


@override_settings(AXES_ENABLED=True)
def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(client: Client, anne: User):
    for _ in range(4):
        assert enter(client, password="faux").status_code == 200
    locked = enter(client, password="faux")
    assert locked.status_code == 429
    assert "Un quart d’heure de pause" in locked.text
    assert enter(client).status_code == 429, "even with the right one"
    assert not inside(client)
    _later(14)
    assert enter(client).status_code == 429
    _later(2)
    assert enter(client).status_code == 302


@override_settings(AXES_ENABLED=True)
def test_a_lock_is_for_one_name_and_is_kept_once_in_the_activity(client: Client, anne: User):
    person(username="benoit")
    for _ in range(7):
        enter(client, password="faux")
        enter(client, "nulle part", "faux")
    assert enter(client, "benoit").status_code == 302
    kept = Trace.objects.filter(what__startswith="Connexion bloquée").values_list("about", flat=True)
    assert list(kept) == ["anne"], "nothing of a name that is nobody's: it may be a password"


@override_settings(AXES_ENABLED=True)
def test_a_link_for_a_new_password_takes_the_lock_away(client: Client, anne: User):
    for _ in range(5):
        enter(client, password="faux")
    path = links.reset(anne, None)
    new = "une autre phrase longue"
    client.post(path, {"password": new, "again": new})
    assert enter(client, password=new).status_code == 302


@override_settings(AXES_ENABLED=True)
def test_what_was_typed_is_not_kept(client: Client, anne: User):
    enter(client, password="ma phrase secrète")
    kept = AccessAttempt.objects.get()
    assert "secr" not in f"{kept.post_data}{kept.get_data}"


@pytest.mark.parametrize(
    ("roles", "first"),
    [
        (["coordination"], "place_home"),
        (["evaluation"], "review"),
        (["communication"], "quotes"),
        (["administration"], "people"),
        (["administration", "evaluation"], "review"),
    ],
)
def test_each_one_begins_on_their_own_page(roles: list[str], first: str):
    someone = person()
    for role in roles:
        someone.grants.create(role=role)
    assert signed_in(someone).get(reverse("home")).headers["Location"] == reverse(first)


def test_who_was_given_nothing_is_told_so_gently():
    page = signed_in(person()).get(reverse("home"))
    assert page.status_code == 200
    assert "Rien ne vous est encore ouvert" in page.text


def test_a_role_at_one_place_is_enough_to_begin():
    assert signed_in(person("coordination", place())).get(reverse("home")).headers["Location"] == reverse("place_home")


def _later(minutes: int) -> None:
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time = attempt.attempt_time - timedelta(minutes=minutes)
        attempt.save()
    assert not AccessAttempt.objects.filter(attempt_time__gt=timezone.now()).exists()
