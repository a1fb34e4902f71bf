"""A consent that changes, for a testimony or a whole deposit."""

import pytest
from django.urls import reverse

from tests.web.conftest import passage, place
from tests.web.conftest import testimony as testified
from tests.web.deposits.conftest import LETTER, last, text_of
from voices.domain import Consent
from voices.receiving.consents import change
from voices.store import models as store
from voices.store.models import ConsentChange, Deposit, Publication, Trace

pytestmark = pytest.mark.django_db


@pytest.fixture
def deposit(here, coordinator):
    return Deposit.objects.create(place=here, made_by=coordinator)


@pytest.fixture
def given(here, deposit):
    """Two testimonies of the deposit, the first already quoted."""
    found = [testified(here, deposit=deposit), testified(here, deposit=deposit)]
    for one in found:
        passage(one)
    Publication.objects.create(testimony=found[0], text="On m’a tiré une chaise.", form="texte", where="Affiche")
    return found


def test_one_testimony_changes_alone(given, browser_of, coordinator):
    address = reverse("testimony_consent", args=[given[0].pk])
    browser_of.post(address, {"consent": "analyse", "source": "Elle a rappelé"})
    assert [store.Testimony.objects.get(pk=one.pk).consent for one in given] == ["analyse", "citations_anonymes"]
    kept = ConsentChange.objects.get()
    assert (kept.source, kept.made_by) == ("Elle a rappelé", coordinator)
    assert "Elle a rappelé" in text_of(browser_of.get(address))


def test_a_withdrawal_shows_at_once_where_quotes_went(given, browser_of):
    address = reverse("testimony_consent", args=[given[0].pk])
    shown = text_of(browser_of.post(address, {"consent": "retire"}, follow=True))
    assert "Affiche" in shown
    assert "Retirez-la" in shown
    assert "ses mots ne paraissent plus sur les pages du site. Ils ont été publiés" in shown
    assert Trace.objects.get(what="Accord changé").about == f"témoignage n° {given[0].pk}\u202f: accord retiré"
    assert not given[0].passages.filter(retired=False).exists()


def test_a_consent_withdrawn_by_mistake_is_given_again(given, browser_of):
    address = reverse("testimony_consent", args=[given[1].pk])
    browser_of.post(address, {"consent": "retire"})
    assert browser_of.get(address).status_code == 200
    browser_of.post(address, {"consent": "analyse"})
    assert given[1].passages.filter(retired=False).count() == 1


def test_a_whole_deposit_changes_but_for_what_was_withdrawn(given, deposit, browser_of):
    change([given[1]], Consent.WITHDRAWN, source="", by=None)
    answers = {"consent": "citations_prenom", "source": "Formulaire signé"}
    browser_of.post(reverse("deposit_consent", args=[deposit.pk]), answers)
    assert [store.Testimony.objects.get(pk=one.pk).consent for one in given] == ["citations_prenom", "retire"]


def test_files_still_to_be_read_follow_their_deposit(hand_in, browser_of, work_on):
    hand_in({"a.txt": LETTER})
    browser_of.post(reverse("deposit_consent", args=[last().pk]), {"consent": "retire"})
    work_on()
    assert not store.Testimony.objects.exists()
    assert "rien n’en a été gardé" in last().files.get().warnings[-1]


def test_quotes_are_allowed_only_with_their_source(given, browser_of):
    address = reverse("testimony_consent", args=[given[0].pk])
    shown = text_of(browser_of.post(address, {"consent": "citations_prenom"}))
    assert "Dites comment l’accord a été donné" in shown
    assert not ConsentChange.objects.exists()


def test_another_place_s_testimony_of_the_deposit_is_not_touched(given, deposit, browser_of):
    elsewhere = testified(place(), deposit=deposit)
    browser_of.post(reverse("deposit_consent", args=[deposit.pk]), {"consent": "analyse"})
    elsewhere.refresh_from_db()
    assert elsewhere.consent == "citations_anonymes"


def test_the_change_is_traced_without_a_word(given, browser_of):
    browser_of.post(reverse("testimony_consent", args=[given[0].pk]), {"consent": "analyse", "source": "Elle, Odile"})
    trace = Trace.objects.get(what="Accord changé")
    assert str(given[0].pk) in trace.about
    assert "Odile" not in trace.about
