"""Where quotes went, and what a consent withdrawn or narrowed asks for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import person, signed_in
from tests.web.quotes.conftest import SAID, SENTENCES, read
from voices.domain import Consent
from voices.receiving.consents import change
from voices.store.models import Publication

pytestmark = pytest.mark.django_db

ONE = f"0-{SENTENCES[1] - 1}"


@pytest.fixture
def published(town):
    """A quote copied for a poster."""
    row = town.said(SAID)
    town.browser.post(reverse("quote_copy", args=[row.pk]), {"coupe": ONE, "ou": "Affiche du marché"})
    return Publication.objects.get()


def test_every_output_is_listed_with_its_form_place_and_author(town, published):
    page = town.page("publications")
    for told in ("Affiche du marché", "Texte copié", "Claire", "Le Lavoir, lettre, 2024", "en cours"):
        assert told in page


@pytest.mark.parametrize("after", [Consent.WITHDRAWN, Consent.ANALYSIS, Consent.UNKNOWN])
def test_a_consent_lost_lists_where_the_quote_went_until_somebody_took_it_down(town, published, after):
    change([published.testimony], after, source="", by=None)
    page = town.page("publications")
    assert "Une publication à retirer ou à corriger" in page
    assert "Retirez-la là où elle a été publiée" in page
    assert "Une citation publiée est à retirer" in town.page("quotes")
    town.browser.post(reverse("publication_removed", args=[published.pk]))
    page = town.page("publications")
    assert "à retirer ou à corriger" not in page
    assert "retirée le" in page
    published.refresh_from_db()
    assert published.removed_by == town.claire
    # Its words are shown no more, and cannot be guessed at by searching.
    assert published.text not in page
    assert "Ses mots ne sont plus montrés" in page
    assert "Rien ne correspond" in town.page("publications", q=published.text[:12])


def test_names_that_nobody_checked_are_said_before_one_publishes(town):
    row = town.said(SAID)
    assert "Noms pas encore vérifiés" in town.page("quotes")
    row.testimony.names_checked_at = row.testimony.made_at
    row.testimony.save()
    assert "Noms pas encore vérifiés" not in town.page("quotes")


def test_a_first_name_no_longer_agreed_to_is_to_be_taken_off(town, published):
    Publication.objects.update(named=True, attribution="Odile, Le Lavoir")
    assert "sans le prénom" in town.page("publications")
    assert "C’est fait : le prénom n’y est plus" in town.page("publications").replace("\u202f", " ")


def test_publications_are_filtered(town, published):
    for query, found in (({"q": "marché"}, True), ({"q": "radio"}, False), ({"lieu": town.there.slug}, False)):
        page = town.page("publications", **query)
        assert ("en cours" in page) is found
        assert ("Rien ne correspond" not in page) is found


def test_those_of_another_place_see_nothing_and_take_nothing_down(town, published):
    browser = signed_in(person("communication", town.there))
    assert "Affiche du marché" not in read(browser.get(reverse("publications")))
    assert browser.post(reverse("publication_removed", args=[published.pk])).status_code == 404
    published.refresh_from_db()
    assert published.removed_at is None


def test_a_form_sent_again_because_the_answer_was_lost_is_one_publication(town, published):
    sent = {"coupe": ONE, "ou": "Affiche du marché"}
    for fields in (sent, sent, sent | {"ou": "Bulletin"}):
        assert town.browser.post(reverse("quote_copy", args=[published.passage_id]), fields).status_code == 200
    assert sorted(Publication.objects.values_list("where", flat=True)) == ["Affiche du marché", "Bulletin"]
    Publication.objects.update(made_at=timezone.now() - timedelta(days=1))
    town.browser.post(reverse("quote_copy", args=[published.passage_id]), sent)
    assert Publication.objects.filter(where="Affiche du marché").count() == 2
