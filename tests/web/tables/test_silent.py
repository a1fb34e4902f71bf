"""Tables say which testimonies they do not count, since these have no passage."""

import pytest
from django.urls import reverse

from tests.web.conftest import passage, person, place, signed_in, testimony
from voices.domain import Consent
from voices.store.models import Place

pytestmark = pytest.mark.django_db
ONE = "1 témoignage n’a aucun passage"
TWO = "2 témoignages n’ont aucun passage"


@pytest.fixture
def here() -> Place:
    """A place where one testimony has a passage, one had one, and one says nothing; elsewhere another says nothing."""
    here = place("Ici")
    passage(testimony(here))
    passage(testimony(here, date="2023"), retired=True)
    testimony(here, "RAS", date="2024-05", channel="courrier")
    testimony(here, "RAS", consent=Consent.WITHDRAWN.value)
    elsewhere = place("Ailleurs")
    passage(testimony(elsewhere))
    testimony(elsewhere, "RAS", date="2023-01")
    return here


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "3 témoignages n’ont"),
        ("lieu={slug}", TWO),
        ("lieu={slug}&par=mois", TWO),
        ("lieu={slug}&du=2024-01-01", ONE),
        ("lieu={slug}&canal=courrier", ONE),
        ("canal=-&au=2024-01-31", TWO),
        ("avis=machine", None),
    ],
)
def test_testimonies_without_a_passage_are_told(here: Place, query: str, told: str | None):
    browser = signed_in(person("evaluation"))
    page = browser.get(f"{reverse('tables')}?{query.format(slug=here.slug)}").content.decode()
    assert ("aucun passage (" in page) is (told is not None)
    assert told is None or told in page


def test_those_out_of_reach_are_not(here: Place):
    page = signed_in(person("evaluation", here)).get(reverse("tables")).content.decode()
    assert TWO in page
