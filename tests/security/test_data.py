"""The page of what the base holds: every table is of one class, and what it calls sealed is."""

import re
from pathlib import Path

import pyotp
import pytest
from django.apps import apps
from django.conf import settings

from tests.web.conftest import person, place
from voices.privacy import Correspondence
from voices.receiving.depositing import keep_file
from voices.receiving.sealing import seal_names
from voices.store.models import Deposit, SourceFile, User
from voices.web import second_factor

PAGE = (Path(__file__).parents[2] / "docs" / "securite" / "donnees.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\w+) \| ([A-E]) \| (.+) \|$", PAGE, re.MULTILINE)


def test_every_table_is_of_one_class():
    held = sorted(one._meta.object_name or "" for one in apps.get_models(include_auto_created=True))
    assert sorted(name for name, _, _ in ROWS) == held


@pytest.mark.django_db
def test_what_says_who_is_sealed_or_hashed():
    secret, said = second_factor.new_secret(), "Josiane Lagarde m’a tiré une chaise."
    anne = person(password="quatre mots sans rapport")
    assert second_factor.turn_on(anne, secret, pyotp.TOTP(secret).now())
    file = keep_file(Deposit.objects.create(place=place()), "a.txt", said.encode(), settings=settings.VOICES)
    names = seal_names([Correspondence("personne", "Josiane Lagarde", "Monique")], settings.VOICES)
    kept = User.objects.get(pk=anne.pk)
    content = bytes(SourceFile.objects.get(pk=file.pk).content or b"")
    assert content
    for sealed in (bytes(kept.totp_secret or b""), content, bytes(names or b""), kept.password.encode()):
        assert sealed
        assert not any(word in sealed for word in (secret.encode(), b"Josiane", b"Lagarde", b"quatre mots"))
