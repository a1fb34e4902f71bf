"""A code that is required: of whom, and how one comes to have it."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyotp
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.web.conftest import person, place, signed_in
from tests.web.test_access import _address, _patterns

pytestmark = pytest.mark.django_db

PASSWORD = "mot de passe long"


@pytest.fixture
def asked_of(monkeypatch: pytest.MonkeyPatch):
    """What says whom a code is required of."""
    return lambda whom: monkeypatch.setattr(settings, "VOICES", replace(settings.VOICES, code_asked_of=whom))


@pytest.mark.parametrize(
    ("whom", "role", "led"),
    [
        ("personne", "administration", False),
        ("administration", "administration", True),
        ("administration", "evaluation", False),
        ("administration", None, False),
        ("tous", "evaluation", True),
        ("tous", None, True),
    ],
)
def test_it_is_required_of_whom_the_setting_says(client: Client, asked_of, whom: str, role: str | None, led: bool):
    asked_of(whom)
    person(role, username="anne")
    client.post(reverse("sign_in"), {"username": "anne", "password": PASSWORD})
    answer = client.get(reverse("account"))
    assert answer.headers.get("Location") == (reverse("account_code") if led else None)


def test_who_must_have_a_code_reaches_nothing_before_it(asked_of):
    asked_of("tous")
    everyone = person()
    for role in ("administration", "evaluation", "coordination", "communication"):
        everyone.grants.create(role=role)
    client = signed_in(everyone)
    for pattern in _patterns():
        if pattern.name in ("sign_out", "account_code") or getattr(pattern.callback, "login_required", True) is False:
            continue
        for answer in (client.get(_address(pattern)), client.post(_address(pattern), {"x": "1"})):
            assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("account_code")), pattern.name
    part = client.get(reverse("activity"), headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == reverse("account_code")
    page = client.get(reverse("account_code")).text
    assert 'class="nav"' not in page
    assert "Pas maintenant" not in page


def test_once_set_up_the_site_is_open_and_the_code_stays(asked_of):
    asked_of("administration")
    anne = person("administration", place(), username="anne")
    client = signed_in(anne)
    client.get(reverse("account_code"))
    code = pyotp.TOTP(client.session["second_factor"]).now()
    assert client.post(reverse("account_code"), {"code": code}).headers["Location"] == reverse("home")
    assert (
        "ne peut pas être retiré" in client.post(reverse("account_no_code"), {"password": PASSWORD}, follow=True).text
    )
    assert "Ne plus demander de code" not in client.get(reverse("account")).text
    anne.refresh_from_db()
    assert anne.totp_secret


def test_a_telephone_that_was_lost_leads_to_another_one(asked_of):
    asked_of("administration")
    lost, other = person("administration"), person("administration")
    for one in (lost, other):
        one.totp_secret = b"x"
        one.save()
    signed_in(other).post(reverse("person_no_code", args=[lost.pk]))
    assert signed_in(lost).get(reverse("people")).headers["Location"] == reverse("account_code")


MADE = """
from voices.cli import site
from pathlib import Path
site.opened(Path(__import__("sys").argv[1]), new=True)
from django.core.management import call_command
call_command("migrate", verbosity=0)
from voices.store.models import User
User.objects.create_user("anne", name="Anne", password="x", totp_secret=b"x")
"""
LEFT = """
from voices.cli import site
from pathlib import Path
site.opened(Path(__import__("sys").argv[1]))
from voices.store.models import Link, Trace, User
links = Link.objects.filter(kind="mot_de_passe", used_at=None)
print(User.objects.get().totp_secret, links.count(), Trace.objects.get().what)
"""


def test_the_last_administrator_comes_back_in_from_the_machine(tmp_path: Path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VOICES_", "DJANGO_"))}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=kept, check=False)

    command = ("-c", "from voices.cli import main; main()", "compte")
    run("-c", MADE, str(tmp_path))
    nobody = run(*command, "marie", "--data", str(tmp_path))
    assert nobody.returncode == 2
    assert "Aucun compte ouvert" in nobody.stderr
    said = run(*command, "Anne", "--data", str(tmp_path))
    assert "http://localhost:8000/nouveau-mot-de-passe/" in said.stdout, said.stderr
    assert run("-c", LEFT, str(tmp_path)).stdout.strip() == "None 1 Accès redonné depuis la machine"
