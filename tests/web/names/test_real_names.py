"""Real names are shown to the administrator alone, who says why."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import person, signed_in
from tests.web.names.test_names import REAL, laid
from voices.store.models import Trace
from voices.store.models.people import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_real_names() -> tuple[str, Client]:
    _, row, _ = laid()
    return reverse("real_names", args=[row.pk]), signed_in(person(Role.ADMINISTRATOR))


def test_nothing_is_shown_before_it_is_said_why(at_real_names: tuple[str, Client]):
    address, browser = at_real_names
    assert REAL not in browser.get(address).text
    for motif in ("", "  ", "voir"):
        answer = browser.post(address, {"motif": motif})
        assert answer.status_code == 422
        assert REAL not in answer.text
    assert not Trace.objects.filter(what="Vrais noms affichés").exists()


def test_once_it_is_said_why_they_are_shown_and_it_is_kept(at_real_names: tuple[str, Client]):
    address, browser = at_real_names
    answer = browser.post(address, {"motif": "Elle demande à corriger sa lettre"})
    assert REAL in answer.text
    assert "no-store" in answer["Cache-Control"]
    kept = Trace.objects.get(what="Vrais noms affichés")
    assert "Elle demande à corriger sa lettre" in kept.about
    assert REAL not in kept.about
    assert kept.user is not None


def test_who_checks_names_is_never_shown_them():
    _, row, user = laid()
    browser = signed_in(user)
    for query in ("", "?ici=0", "?ici=0&vrais=oui", "?vrais=oui", "?vue=autres"):
        assert REAL not in browser.get(reverse("names", args=[row.pk]) + query).text
    assert browser.get(reverse("real_names", args=[row.pk])).status_code == 403
