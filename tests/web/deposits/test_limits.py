"""The limits of a consent, on the forms of the site."""

import pytest
from django.urls import reverse

from tests.web.conftest import testimony as testified
from tests.web.deposits.conftest import LETTER, text_of
from voices.store import models as store
from voices.store.models import Deposit

pytestmark = pytest.mark.django_db


def sent(here, **more):
    return {"place": here.pk, "consent": "citations_anonymes", "text": LETTER, "way": "oral"} | more


def test_a_deposit_tells_by_which_channels_until_when_by_whom_and_how(here, browser_of):
    more = {"barred": ["presse", "financeur"], "until": "décembre 2099", "collected_by": "Nadia"}
    browser_of.post(reverse("deposit_new"), sent(here, **more))
    made = Deposit.objects.get()
    assert made.limits == {"outlets": "interne site", "until": "2099-12-31", "collected_by": "Nadia", "way": "oral"}


def test_nothing_said_is_no_limit(here, browser_of):
    browser_of.post(reverse("deposit_new"), sent(here))
    assert (Deposit.objects.get().outlets, Deposit.objects.get().until) == ("interne financeur site presse", "")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"until": "un jour"}, "Date non comprise"),
        ({"until": "2020"}, "Ce jour est passé"),
        ({"barred": ["interne", "financeur", "site", "presse"]}, "Aucun canal ne reste"),
        ({"way": ""}, "Dites comment l’accord a été donné"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(here, browser_of, more, told):
    assert told in text_of(browser_of.post(reverse("deposit_new"), sent(here, **more)))
    assert not Deposit.objects.exists()


def test_the_form_of_a_testimony_begins_with_its_limits_and_keeps_them(here, browser_of):
    one = testified(here, outlets="presse", until="2099-12-31", collected_by="Nadia", way="ecrit")
    address = reverse("testimony_consent", args=[one.pk])
    page = browser_of.get(address).content.decode()
    assert page.count("checked") >= 4, "the consent and the three channels that are barred"
    assert "31/12/2099" in page
    more = {"barred": ["interne", "financeur", "site"], "until": "31/12/2099", "collected_by": "Nadia", "way": "ecrit"}
    browser_of.post(address, {"consent": "citations_prenom", "source": ""} | more)
    one = store.Testimony.objects.get()
    assert (one.consent, one.outlets, one.until) == ("citations_prenom", "presse", "2099-12-31")
