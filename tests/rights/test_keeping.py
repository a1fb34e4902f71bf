"""How long testimonies are kept: nobody's words go without having been told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as site
from django.urls import reverse

from tests.web.conftest import person, place, signed_in, testimony
from voices.rights.keeping import NOTICE, endings, look, months_before
from voices.store.models import Erasure, Place, Trace
from voices.store.models import Testimony as Row

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    return replace(site.VOICES, data=tmp_path)


def given(at: Place, when: datetime) -> Row:
    one = testimony(at)
    Row.objects.filter(pk=one.pk).update(made_at=when)
    return one


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 23), 1, date(2026, 10, 23)),
        (date(2026, 11, 23), 24, date(2024, 11, 23)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_before(day, months, before):
    assert months_before(day, months) == before


def test_a_place_without_a_limit_keeps_everything(settings):
    given(place(), NOW - timedelta(days=5000))
    assert look(settings, now=NOW) == 0
    assert not Trace.objects.exists()


def test_it_is_told_then_erased_thirty_days_later_with_a_proof(settings):
    here = place(kept_months=12)
    old, recent = given(here, NOW - timedelta(days=400)), given(here, NOW - timedelta(days=100))
    assert look(settings, now=NOW) == 0
    assert [(one.place, one.number) for one in endings()] == [(here, 1)]
    assert Trace.objects.get().what == "Fin de conservation annoncée"
    assert look(settings, now=NOW + NOTICE - timedelta(days=1)) == 0
    assert Row.objects.filter(pk=old.pk).exists()
    assert look(settings, now=NOW + NOTICE) == 1
    assert list(Row.objects.all()) == [recent]
    assert Erasure.objects.get().why == "Fin de la durée de conservation\u202f: 12 mois"
    assert look(settings, now=NOW + NOTICE) == 0


def test_what_comes_near_its_end_is_told_thirty_days_before(settings):
    here = place(kept_months=12)
    one = given(here, datetime(2025, 12, 10, tzinfo=UTC))
    look(settings, now=NOW)
    assert endings()
    assert look(settings, now=datetime(2026, 12, 9, tzinfo=UTC)) == 0
    assert Row.objects.filter(pk=one.pk).exists()
    assert look(settings, now=NOW + NOTICE) == 1


@pytest.mark.parametrize("months", [36, None])
def test_a_place_that_keeps_longer_calls_it_off(settings, months):
    here = place(kept_months=12)
    given(here, NOW - timedelta(days=400))
    look(settings, now=NOW)
    Place.objects.filter(pk=here.pk).update(kept_months=months)
    assert look(settings, now=NOW + 2 * NOTICE) == 0
    assert endings() == []
    assert Row.objects.exists()


def test_the_administrator_sets_it_and_sees_it(settings):
    here = place("Le Fournil", kept_months=12)
    given(here, NOW - timedelta(days=400))
    look(settings, now=NOW)
    browser = signed_in(person("administration"))
    assert "Le Fournil" in browser.get(reverse("rights")).content.decode()
    sent = {"name": "Le Fournil", "colour": "#94590a", "kept_months": "36"}
    assert browser.post(reverse("place_edit", args=[here.pk]), sent).status_code == 302
    here.refresh_from_db()
    assert here.kept_months == 36
