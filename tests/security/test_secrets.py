"""What is asked at the door, and what secrets are made of: passwords, codes, sessions, seals, keys."""

import base64
import re
from datetime import timedelta
from math import log2
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from tests.web.conftest import person, place, signed_in
from tests.web.reports.conftest import Network, laid
from tests.web.reports.test_archive import recalled
from voices.privacy import keys, table
from voices.store.models import Trace, User
from voices.web import links, second_factor
from voices.web.views import reports_files

pytestmark = pytest.mark.django_db

PASSWORD = "mot de passe long"
ASKED = {"csrfmiddlewaretoken", "next", "username", "name", "password", "again", "present", "code"}
"""All that the door and one's account ask for: no question about one's mother or one's dog."""
COMPLETED = {
    "password": {"current-password", "new-password"},
    "again": {"new-password"},
    "present": {"current-password"},
}


def fields(client: Client, path: str) -> list[html.HtmlElement]:
    page = html.document_fromstring(client.get(path).text)
    return [one for one in page.iter("input", "textarea", "select") if one.get("name") not in (None, "theme")]


def test_passwords_are_hidden_pasted_and_filled_in_and_nothing_else_is_asked():
    here = place()
    anne = person("coordination", here, username="anne", totp_secret=b"x")
    paths = [
        (Client(), reverse("sign_in")),
        (Client(), links.invite("Luc", "coordination", here, None)),
        (Client(), links.reset(anne, None)),
        (signed_in(anne), reverse("account")),
        (signed_in(person()), reverse("account_code")),
    ]
    for client, path in paths:
        for one in fields(client, path):
            assert one.get("name") in ASKED, path
            assert one.get("readonly") is None
            assert not [name for name in one.attrib if name.startswith("on")]
            if one.get("name") in COMPLETED:
                assert one.get("type") == "password"
                assert one.get("autocomplete") in COMPLETED[one.get("name")]


def test_an_old_password_is_still_good(client: Client):
    person(username="anne")
    old = timezone.now() - timedelta(days=4000)
    User.objects.update(date_joined=old, last_login=old)
    client.post(reverse("sign_in"), {"username": "anne", "password": PASSWORD})
    assert client.get(reverse("account")).status_code == 200


def bits(drawn: list[str], alphabet: str) -> float:
    """What each is worth at most, once seen that they differ and use their alphabet."""
    assert len(set(drawn)) == len(drawn)
    assert all(re.fullmatch(f"[{alphabet}]+", one) for one in drawn)
    return min(map(len, drawn)) * log2(len(set("".join(drawn))))


def test_what_is_drawn_cannot_be_guessed():
    def session() -> str:
        opened = SessionStore()
        opened.create()
        return str(opened.session_key)

    here = place()
    assert bits([session() for _ in range(50)], "a-z0-9") > 128
    assert bits([second_factor.new_secret() for _ in range(50)], "A-Z2-7") > 128
    assert bits([links.invite("", "coordination", here, None).split("/")[2] for _ in range(50)], r"\w-") > 200


def test_what_is_closed_is_closed_with_keys_long_enough(tmp_path: Path):
    table.new_key(tmp_path / "cle")
    (key,) = keys.keys_of(tmp_path / "cle")
    assert len(base64.urlsafe_b64decode(key)) * 8 == 256, "128 to cipher, 128 to seal"


@pytest.mark.parametrize("how", ["another secret", "another algorithm", "another use", "no seal", "a changed one"])
def test_a_seal_is_of_this_site_by_its_own_algorithm_or_nothing(how: str):
    network: Network = laid()
    version = recalled(network)
    browser, said = signed_in(network.evaluator), [version.pk, network.evaluator.pk]
    salt = reports_files._SALT
    right = signing.dumps(said, salt=salt)
    wrong = {
        "another secret": signing.dumps(said, key="un autre secret", salt=salt),
        "another algorithm": signing.TimestampSigner(salt=salt, algorithm="sha1").sign_object(said),
        "another use": signing.dumps(said, salt="autre"),
        "no seal": right.rpartition(":")[0],
        "a changed one": right[:-1] + ("A" if right[-1] != "A" else "B"),
    }[how]
    address = reverse("report_page", args=[version.pk])
    assert browser.get(f"{address}?cle={right}").status_code == 200
    assert browser.get(f"{address}?cle={wrong}").status_code == 302


def test_hours_are_kept_with_their_zone():
    signed_in(person("administration")).post(reverse("sign_out"))
    assert Trace.objects.get().made_at.utcoffset() == timedelta(0)
