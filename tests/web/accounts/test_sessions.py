"""Sessions: how long they last, who sees them, who ends them, and what is not lost when one ends."""

from datetime import timedelta
from time import time
from typing import Any

import pyotp
import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import person, signed_in
from voices.store.models import User
from voices.web import browsers, sessions

pytestmark = pytest.mark.django_db

HOUR = 3600.0
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Clock:
    """The time that sessions read."""

    def __init__(self) -> None:
        self.at = time()

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(sessions, "time", found)
    return found


@pytest.fixture
def anne() -> User:
    return person("administration", username="anne", name="Anne")


def inside(client: Client) -> bool:
    return bool(client.get(reverse("account")).status_code == 200)


@pytest.mark.parametrize(
    ("pauses", "last"),
    [
        ([1.9], True),
        ([2.1], False),
        ([1.9, 1.9, 1.9], True),
        ([1.9] * 6, True),
        ([1.9] * 7, False),
        ([-1.0, 1.0], True),
    ],
    ids=["a pause", "too long a pause", "pauses", "all day", "the day after", "the clock set back"],
)
def test_it_ends_two_hours_after_the_last_request_and_twelve_after_the_first(anne, clock, pauses, last):
    client = signed_in(anne)
    for pause in pauses:
        clock.at += pause * HOUR
        answered = inside(client)
    assert answered is last
    assert inside(client) is last, "it does not come back"
    assert Session.objects.exists() is last


def test_what_pages_ask_by_themselves_keeps_nothing_going(anne: User, clock: Clock):
    client = signed_in(anne)
    for _ in range(3):
        clock.at += HOUR
        client.get(reverse("themes_state"))
    assert not inside(client)


def test_a_session_of_before_sessions_told_their_time_ends(anne: User):
    client = signed_in(anne)
    session = client.session
    del session["began"]
    session.save()
    assert not inside(client)


def test_who_is_put_out_is_told_why(anne: User, clock: Clock):
    client = signed_in(anne)
    clock.at += 3 * HOUR
    assert "Votre connexion a pris fin" in client.get(reverse("account"), follow=True).text


def test_a_full_disk_puts_nobody_out(anne: User, clock: Clock, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise DatabaseError("database or disk is full")

    client = signed_in(anne)
    clock.at += HOUR
    monkeypatch.setattr(Session, "save", full)
    assert inside(client)


def test_a_session_ended_at_this_very_moment_is_not_brought_back(anne: User, clock: Clock, monkeypatch):
    client = signed_in(anne)
    clock.at += HOUR
    over = sessions.over

    def ended_meanwhile(session: Any) -> bool:
        found = over(session)
        Session.objects.all().delete()
        return found

    monkeypatch.setattr(sessions, "over", ended_meanwhile)
    answer = client.get(reverse("people"))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("sign_in"))
    assert not Session.objects.exists()


def test_one_sees_where_one_is_signed_in_and_no_key(anne: User):
    here, there = signed_in(anne), Client(headers={"User-Agent": FIREFOX})
    there.post(reverse("sign_in"), {"username": "anne", "password": "mot de passe long"})
    signed_in(person())
    page = here.get(reverse("account_sessions"))
    assert [one.browser for one in page.context["sessions"]] == [browsers.UNKNOWN, "Firefox sur Windows"]
    assert "celle-ci" in page.text
    assert not any(one.session_key in page.text for one in Session.objects.all())


def test_one_ends_another_or_all_others_and_nobody_elses(anne: User):
    here, other, third = signed_in(anne), signed_in(anne), signed_in(anne)
    elses = person()
    stranger = signed_in(elses)
    end = reverse("account_sessions_end")
    here.post(end, {"number": sessions.number(stranger.session)})
    assert inside(stranger)
    here.post(end, {"number": sessions.number(other.session)})
    assert (inside(here), inside(other), inside(third)) == (True, False, True)
    here.post(end)
    assert (inside(here), inside(third), inside(stranger)) == (True, False, True)
    assert "déjà finie" in here.post(end, {"number": "0" * 16}, follow=True).text


def test_after_a_while_the_password_is_given_again_before_one_is_ended(anne: User, clock: Clock):
    here, other = signed_in(anne), signed_in(anne)
    clock.at += 11 * 60
    page, end = reverse("account_sessions"), reverse("account_sessions_end")
    assert "Fermer toutes" not in here.get(page).text
    here.post(end)
    assert inside(other)
    assert "pas votre mot de passe" in here.post(page, {"password": "faux"}).text
    here.post(page, {"password": "mot de passe long"})
    assert "Fermer toutes" in here.get(page).text
    here.post(end)
    assert (inside(here), inside(other)) == (True, False)


def test_the_administrator_ends_those_of_a_person(anne: User):
    marie = person("evaluation", name="Marie")
    client, first, second = signed_in(anne), signed_in(marie), signed_in(marie)
    assert "Ses connexions en cours" in client.get(reverse("person", args=[marie.pk])).text
    end = reverse("person_sessions_end", args=[marie.pk])
    client.post(end, {"number": sessions.number(first.session)})
    assert (inside(first), inside(second)) == (False, True)
    client.post(end)
    assert (inside(second), inside(client)) == (False, True)
    assert "Ses connexions en cours" not in client.get(reverse("person", args=[marie.pk])).text


def test_a_closed_account_that_is_opened_again_has_none(anne: User):
    marie = person("evaluation")
    client, hers = signed_in(anne), signed_in(marie)
    client.post(reverse("person_close", args=[marie.pk]))
    client.post(reverse("person_reopen", args=[marie.pk]))
    assert not inside(hers)


def test_a_changed_password_leaves_one_in_the_list(anne: User):
    here, _ = signed_in(anne), signed_in(anne)
    new = "trois bols et un chat"
    here.post(reverse("account_password"), {"present": "mot de passe long", "password": new, "again": new})
    assert len(here.get(reverse("account_sessions")).context["sessions"]) == 1


def test_a_code_is_set_up_with_the_password_unless_it_was_just_given(anne: User, clock: Clock):
    client, address = signed_in(anne), reverse("account_code")
    assert 'name="password"' not in client.get(address).text
    clock.at += 11 * 60
    assert 'name="password"' in client.get(address).text
    code = pyotp.TOTP(client.session["second_factor"]).now()
    for password, told in (("", "obligatoire"), ("faux", "pas votre mot de passe")):
        assert told in client.post(address, {"code": code, "password": password}).text
    assert client.post(address, {"code": code, "password": "mot de passe long"}).status_code == 302
    anne.refresh_from_db()
    assert anne.totp_secret


@override_settings(AXES_ENABLED=True)
def test_tries_are_forgotten_after_a_day(client: Client, anne: User):
    for name in ("un mot de passe", "un autre"):
        client.post(reverse("sign_in"), {"username": name, "password": "faux"})
    AccessAttempt.objects.filter(username="un autre").update(attempt_time=timezone.now() - timedelta(hours=25))
    signed_in(anne)
    assert [one.username for one in AccessAttempt.objects.all()] == ["un mot de passe"]


def test_what_was_being_written_is_given_back(anne: User, clock: Clock):
    client = signed_in(anne)
    clock.at += 3 * HOUR
    said = "Elle dit « chaise » & puis <b>rien</b>."
    answer = client.post(reverse("account_name"), {"name": said, "password": "un mot de passe", "x": "1"})
    assert answer.status_code == 403
    assert "Elle dit « chaise » &amp; puis &lt;b&gt;rien&lt;/b&gt;.</textarea>" in answer.text
    assert "un mot de passe" not in answer.text
    assert client.post(reverse("account_name"), {"name": "Anne"}).status_code == 302


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (FIREFOX, "Firefox sur Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome sur Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140.0", "Edge sur Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari sur un iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome sur Android"),
        ("curl/8.0", browsers.UNKNOWN),
        ("<script>alert(1)</script>", browsers.UNKNOWN),
        ("", browsers.UNKNOWN),
    ],
)
def test_a_browser_is_told_in_plain_words(said: str, told: str):
    assert browsers.told(said) == told
