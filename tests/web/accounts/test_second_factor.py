"""The second step: a code of the telephone, which serves once."""

from typing import Any

import pyotp
import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.web.conftest import person, signed_in
from voices.store.models import User
from voices.web import second_factor
from voices.web.views import accounts

pytestmark = pytest.mark.django_db

NOON = 1_800_000_000
PASSWORD = "mot de passe long"


class Clock:
    """The hour, as the test says it."""

    def __init__(self) -> None:
        self.at: float = NOON

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(second_factor, "time", clock)
    monkeypatch.setattr(accounts, "time", clock)
    return clock


@pytest.fixture
def anne() -> User:
    return person("administration", username="anne")


def secret_of(client: Client) -> str:
    client.get(reverse("account_code"))
    secret: str = client.session["second_factor"]
    return secret


def turned_on(user: User, clock: Clock) -> str:
    """The secret of that person, whose second step is on since long ago."""
    secret = second_factor.new_secret()
    clock.at -= 3600
    assert second_factor.turn_on(user, secret, pyotp.TOTP(secret).at(int(clock.at)))
    clock.at += 3600
    return secret


def half_way(client: Client) -> Any:
    return client.post(reverse("sign_in"), {"username": "anne", "password": PASSWORD})


def give(client: Client, code: str) -> Any:
    return client.post(reverse("sign_in_code"), {"code": code})


def inside(client: Client) -> bool:
    return bool(client.get(reverse("account")).status_code == 200)


def test_it_is_turned_on_by_the_code_of_the_secret_shown(anne: User, clock: Clock):
    client = signed_in(anne)
    secret = secret_of(client)
    page = client.post(reverse("account_code"), {"code": "000000"}).text
    assert "pas le bon code" in page
    assert " ".join(secret[i : i + 4] for i in range(0, 32, 4)) in page, "the same secret, for who mistyped"
    anne.refresh_from_db()
    assert anne.totp_secret is None
    code = pyotp.TOTP(secret).at(NOON)
    assert client.post(reverse("account_code"), {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    anne.refresh_from_db()
    assert anne.totp_secret
    assert "second_factor" not in client.session


def test_the_secret_is_kept_encrypted(anne: User, clock: Clock):
    secret = turned_on(anne, clock)
    assert secret.encode() not in bytes(anne.totp_secret or b"")


def test_the_image_is_of_the_page_itself(anne: User):
    page = signed_in(anne).get(reverse("account_code")).text
    assert 'src="data:image/svg+xml' in page


def test_the_password_alone_opens_nothing_any_more(client: Client, anne: User, clock: Clock):
    secret = turned_on(anne, clock)
    assert half_way(client).headers["Location"] == reverse("sign_in_code")
    assert " autofocus" in client.get(reverse("sign_in_code")).content.decode()
    assert not inside(client)
    assert give(client, "123456").status_code == 200
    assert not inside(client)
    before = client.session.session_key
    assert give(client, pyotp.TOTP(secret).at(NOON)).headers["Location"] == reverse("home")
    assert inside(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(("seconds", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_wrong_no_more(anne: User, clock: Clock, seconds: int, right: bool):
    secret = turned_on(anne, clock)
    assert second_factor.right(anne, pyotp.TOTP(secret).at(NOON + seconds)) is right


def test_a_code_serves_once_and_so_do_those_before_it(anne: User, clock: Clock):
    totp = pyotp.TOTP(turned_on(anne, clock))
    assert second_factor.right(anne, totp.at(NOON))
    assert not second_factor.right(anne, totp.at(NOON))
    assert not second_factor.right(anne, totp.at(NOON - 30))
    assert second_factor.right(anne, totp.at(NOON + 30))


def test_the_code_that_turned_it_on_does_not_sign_in(anne: User, clock: Clock):
    secret = second_factor.new_secret()
    code = pyotp.TOTP(secret).at(NOON)
    assert second_factor.turn_on(anne, secret, code)
    assert not second_factor.right(anne, code)


@pytest.mark.parametrize("code", ["", "é²³", "12345678901234567890", "' OR 1=1"])
def test_nonsense_is_a_wrong_code(client: Client, anne: User, clock: Clock, code: str):
    turned_on(anne, clock)
    half_way(client)
    assert give(client, code).status_code == 200
    assert not inside(client)


@override_settings(AXES_ENABLED=True)
def test_wrong_codes_lock_as_wrong_passwords_do(client: Client, anne: User, clock: Clock):
    secret = turned_on(anne, clock)
    half_way(client)
    given = [give(client, "000000").status_code for _ in range(5)]
    assert given == [200, 200, 200, 200, 429]
    assert give(client, pyotp.TOTP(secret).at(NOON)).status_code == 429
    assert half_way(Client()).status_code == 429
    assert not inside(client)


@override_settings(AXES_ENABLED=True)
def test_the_right_password_again_does_not_forget_wrong_codes(client: Client, anne: User, clock: Clock):
    turned_on(anne, clock)
    for _ in range(4):
        half_way(client)
        assert give(client, "000000").status_code == 200
    half_way(client)
    assert give(client, "000000").status_code == 429


def test_the_way_between_password_and_code_is_ten_minutes_long(client: Client, anne: User, clock: Clock):
    secret = turned_on(anne, clock)
    half_way(client)
    clock.at += 11 * 60
    assert give(client, pyotp.TOTP(secret).at(int(clock.at))).headers["Location"] == reverse("sign_in")
    assert not inside(client)


def test_an_account_closed_half_way_does_not_enter(client: Client, anne: User, clock: Clock):
    secret = turned_on(anne, clock)
    half_way(client)
    User.objects.update(is_active=False)
    give(client, pyotp.TOTP(secret).at(NOON))
    assert not inside(client)


def test_nobody_comes_to_the_second_step_directly(client: Client, anne: User):
    assert client.get(reverse("sign_in_code")).headers["Location"] == reverse("sign_in")


def test_it_is_turned_off_with_the_password(anne: User, clock: Clock):
    turned_on(anne, clock)
    client = signed_in(anne)
    assert "pas votre mot de passe" in client.post(reverse("account_no_code"), {"password": "faux"}).text
    anne.refresh_from_db()
    assert anne.totp_secret
    client.post(reverse("account_no_code"), {"password": PASSWORD})
    anne.refresh_from_db()
    assert anne.totp_secret is None


def test_a_secret_that_is_on_is_never_shown_again(anne: User, clock: Clock):
    turned_on(anne, clock)
    assert signed_in(anne).get(reverse("account_code")).headers["Location"] == reverse("account")
