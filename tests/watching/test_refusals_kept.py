"""Who was refused, kept for the administrator: sign-ins, pages, forms; once in a quarter of an hour."""

from datetime import timedelta

import pyotp
import pytest
from django.db import DatabaseError
from django.test import Client, override_settings
from django.urls import reverse

from tests.web.conftest import passage, person, place, signed_in, testimony
from voices.store.models import Passage, Trace, User
from voices.web import links, second_factor, tries

pytestmark = pytest.mark.django_db

PASSWORD = "mot de passe long"


def kept(of: User | None = None) -> list[tuple[str, str]]:
    return list(Trace.objects.filter(user=of, what__contains="refus").order_by("pk").values_list("what", "about"))


def enter(client: Client, username: str, password: str = "faux") -> None:
    client.post(reverse("sign_in"), {"username": username, "password": password})


def later(minutes: int) -> None:
    for one in Trace.objects.all():
        Trace.objects.filter(pk=one.pk).update(made_at=one.made_at - timedelta(minutes=minutes))


def test_a_wrong_password_is_kept_once_for_each_name_and_quarter_of_an_hour(client: Client):
    for name in ("anne", "benoit"):
        person(username=name)
    for _ in range(3):
        for name in ("anne", "Benoit", "MonMotDePasse", "un autre mot de passe"):
            enter(client, name)
    refused = "Connexion refusée\u00a0: mot de passe"
    assert kept() == [(refused, "anne"), (refused, "benoit"), (refused, "un nom que personne n’a ici")]
    later(16)
    enter(client, "anne")
    assert len(kept()) == 4


def test_a_wrong_code_is_kept(client: Client):
    anne, secret = person(username="anne"), second_factor.new_secret()
    assert second_factor.turn_on(anne, secret, pyotp.TOTP(secret).now())
    enter(client, "anne", PASSWORD)
    client.post(reverse("sign_in_code"), {"code": "000000"})
    assert kept() == [("Connexion refusée\u00a0: code du téléphone", "anne")]


@override_settings(AXES_ENABLED=True)
def test_too_many_tries_from_one_address_are_kept(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tries, "OF_ADDRESS", 2)
    for _ in range(5):
        enter(client, "personne")
    assert ("Connexion refusée\u00a0: trop d’essais", "un nom que personne n’a ici") in kept()


@pytest.mark.parametrize(
    ("address", "what"),
    [
        (lambda _: reverse("people"), "Page refusée\u00a0: ce rôle ne l’ouvre pas"),
        (lambda pk: reverse("review_passage", args=[pk]), "Page refusée\u00a0: absente, ou d’un autre lieu"),
        (
            lambda pk: reverse("place", args=[Passage.objects.get(pk=pk).place.slug]),
            "Page refusée\u00a0: absente, ou d’un autre lieu",
        ),
    ],
    ids=["of another role", "of another place", "another place"],
)
def test_a_page_out_of_reach_is_kept_once_for_each_person(address, what: str):
    elsewhere = passage(testimony(place()))
    marie, luc = (person("evaluation", place()) for _ in range(2))
    asked = address(elsewhere.pk)
    for _ in range(3):
        for one in (marie, luc):
            assert signed_in(one).get(asked, {"q": "mot"}).status_code in (403, 404)
    assert kept(marie) == kept(luc) == [(what, asked)]


@pytest.mark.parametrize(("role", "own"), [("evaluation", "review_passage"), ("coordination", "deposit")])
def test_an_address_that_does_not_exist_is_not_kept(role: str, own: str):
    marie = person(role, place())
    nowhere = [reverse(name, args=[10**9]) for name in (own, "report", "report_page", "testimony")]
    for address in ("/rien/", "/rapports/rien/", *nowhere, reverse("place", args=["nulle-part"])):
        assert signed_in(marie).get(address).status_code == 404
    Client().get("/rien/")
    assert not kept(marie)
    assert not kept()


def test_a_form_from_elsewhere_is_kept_and_the_token_of_a_link_is_not():
    client = Client(enforce_csrf_checks=True)
    client.post(links.invite("Anne", "coordination", place(), None), {"name": "Anne"})
    assert kept() == [("Formulaire refusé\u00a0: périmé, ou venu d’ailleurs", "")]
    marie = person()
    client.force_login(marie, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("account_name"), {"name": "Autre"})
    assert kept(marie) == [("Formulaire refusé\u00a0: périmé, ou venu d’ailleurs", reverse("account_name"))]


def test_a_full_disk_refuses_as_well(monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise DatabaseError("database or disk is full")

    client = signed_in(person("evaluation"))
    monkeypatch.setattr(Trace, "save", full)
    assert client.get(reverse("people")).status_code == 403
