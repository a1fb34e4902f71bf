"""Links handed over by hand: they open once, for a while, and the base cannot give them back."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import person, place, signed_in
from voices.store.models import Link, User
from voices.web import links

pytestmark = pytest.mark.django_db

PHRASE = "trois bols et un chat"
ANSWERS = {"name": "Anne Petit", "username": "Anne", "password": PHRASE, "again": PHRASE}


def token(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[1]


def aged(days: float) -> None:
    for link in Link.objects.all():
        link.expires_at -= timedelta(days=days)
        link.save()


def test_an_invitation_makes_an_account_with_its_role_at_its_place_and_lets_in(client: Client):
    there = place()
    path = links.invite("Anne", "coordination", there, person("administration"))
    assert "Anne" in client.get(path).text
    assert client.post(path, ANSWERS).headers["Location"] == reverse("home")
    anne = User.objects.get(username="anne")
    assert (anne.name, anne.check_password(PHRASE)) == ("Anne Petit", True)
    assert list(anne.grants.values_list("role", "place")) == [("coordination", there.pk)]
    assert client.get(reverse("account")).status_code == 200
    assert Link.objects.get().user == anne


def test_an_invitation_serves_once(client: Client):
    path = links.invite("Anne", "evaluation", None, None)
    client.post(path, ANSWERS)
    again = Client()
    assert again.get(path).status_code == 410
    assert again.post(path, ANSWERS | {"username": "benoit"}).status_code == 410
    assert User.objects.count() == 1


def test_two_who_send_the_same_invitation_at_once_make_one_account(client: Client):
    links.invite("Anne", "evaluation", None, None)
    link = Link.objects.get()
    assert links.accept(link, "anne", "Anne", PHRASE)
    assert links.accept(link, "benoit", "Benoît", PHRASE) is None
    assert User.objects.count() == 1


def test_opening_an_invitation_uses_nothing(client: Client):
    path = links.invite("Anne", "evaluation", None, None)
    for _ in range(3):
        assert client.get(path).status_code == 200
    assert Link.objects.get().used_at is None


@pytest.mark.parametrize(("kind", "days"), [("invitation", 14), ("reset", 2)])
def test_a_link_lasts_its_time_and_no_more(client: Client, kind: str, days: int):
    path = links.invite("Anne", "evaluation", None, None) if kind == "invitation" else links.reset(person(), None)
    aged(days - 0.01)
    assert client.get(path).status_code == 200
    aged(0.02)
    gone = client.get(path)
    assert gone.status_code == 410
    assert "Ce lien n’ouvre plus rien" in gone.text


def test_the_base_keeps_the_digest_alone():
    path = links.invite("Anne", "evaluation", None, None)
    row = Link.objects.values().get()
    assert row["digest"] == hashlib.sha256(token(path).encode()).hexdigest()
    assert not any(token(path) in str(value) for value in row.values())
    assert len(token(path)) >= 43, "256 bits"


@pytest.mark.parametrize("kind", ["invitation", "reset"])
def test_a_made_up_token_and_one_of_the_other_kind_open_nothing(client: Client, kind: str):
    other = links.reset(person(), None) if kind == "invitation" else links.invite("Anne", "evaluation", None, None)
    for made_up in ("x", "é", token(other), "A" * 43):
        assert client.get(reverse(kind, args=[made_up])).status_code == 410


def test_an_administrator_who_opens_it_to_see_is_told_whose_it_is():
    administrator = person("administration")
    path = links.invite("Anne", "evaluation", None, administrator)
    browser = signed_in(administrator)
    for page in (browser.get(path), browser.post(path, ANSWERS)):
        assert "Ce lien est pour quelqu’un d’autre" in page.text
    assert User.objects.count() == 1
    assert Link.objects.get().used_at is None


def test_a_new_password_replaces_the_old_one_and_ends_the_sessions_of_before(client: Client):
    anne = person()
    elsewhere = signed_in(anne)
    path = links.reset(anne, person("administration"))
    assert client.post(path, {"password": PHRASE, "again": PHRASE}).headers["Location"] == reverse("sign_in")
    anne.refresh_from_db()
    assert anne.check_password(PHRASE)
    assert elsewhere.get(reverse("account")).status_code == 302
    assert client.get(reverse("account")).status_code == 302, "a link is not a way in"
    assert client.get(path).status_code == 410


def test_the_last_link_for_a_new_password_is_the_only_one_that_opens(client: Client):
    anne = person()
    first, second = links.reset(anne, None), links.reset(anne, None)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_a_closed_account_chooses_no_password(client: Client):
    anne = person(is_active=False)
    assert client.get(links.reset(anne, None)).status_code == 410


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"password": "court", "again": "court"}, "au minimum 10 caractères"),
        ({"password": "motdepasse1", "again": "motdepasse2"}, "pas les mêmes"),
        ({"password": "1234567890", "again": "1234567890"}, "trop courant"),
        ({"password": "8264019375", "again": "8264019375"}, "fait seulement de chiffres"),
        ({"password": "anne petit!", "again": "anne petit!"}, "trop semblable"),
        ({"username": "anne petit"}, "pas d’espace"),
        ({"username": "PRISE"}, "déjà pris"),
        ({"username": ""}, "obligatoire"),
        ({"name": ""}, "obligatoire"),
    ],
)
def test_what_is_refused_is_said_in_french_and_uses_nothing(client: Client, answers: dict[str, str], told: str):
    person(username="prise")
    path = links.invite("Anne", "evaluation", None, None)
    page = client.post(path, ANSWERS | answers)
    assert told in page.text
    assert 'role="alert"' in page.text
    assert PHRASE not in page.text, "no password comes back in a page"
    assert Link.objects.get().used_at is None


def test_the_rules_are_told_before(client: Client):
    page = client.get(links.invite("Anne", "evaluation", None, None)).text
    assert "Dix caractères au moins" in page


def test_the_first_link_makes_the_administrator_of_an_empty_site(client: Client):
    path = links.first_link()
    assert path is not None
    assert "Ce site est à vous" in client.get(path).text
    client.post(path, ANSWERS)
    grants = User.objects.get().grants
    assert [(one.role, one.place) for one in grants.all()] == [("administration", None)]
    assert links.first_link() is None


def test_a_server_started_twice_leaves_one_first_link(client: Client):
    first, second = links.first_link(), links.first_link()
    assert client.get(str(first)).status_code == 410
    assert client.get(str(second)).status_code == 200


def test_names_are_shown_as_they_are_written_never_as_a_page(client: Client):
    path = links.invite("<script>alert(1)</script>", "evaluation", None, None)
    assert "<script>alert" not in client.get(path).text


def test_no_cache_keeps_a_page_of_a_link(client: Client):
    page: Any = client.get(links.invite("Anne", "evaluation", None, None))
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert timezone.now() < Link.objects.get().expires_at
