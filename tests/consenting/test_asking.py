"""What the base is asked says what `privacy.release` says, for every consent, limit, channel and twin."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.web.conftest import passage, person, place, signed_in, testimony
from voices import consenting, privacy
from voices.domain import OUTLETS, Consent, Outlet, Purpose
from voices.store.columns.asked import chosen, chosen_testimonies
from voices.store.models import Passage
from voices.store.models import Testimony as Row
from voices.store.models.deposits import ALL_OUTLETS

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
UNTIL = ("", TODAY.isoformat(), (TODAY - timedelta(days=1)).isoformat())
CHANNELS = (ALL_OUTLETS, "presse", "interne financeur", "")
ASKED = [OUTLETS, privacy.SHOWN, *((one,) for one in Outlet)]


@pytest.fixture
def every_kind():
    here, there = place(), place()
    for consent, until, outlets in product(Consent, UNTIL, CHANNELS):
        passage(testimony(here, consent=consent.value, until=until, outlets=outlets))
    for rank, (consent, until, outlets) in enumerate(product(Consent, UNTIL[::2], CHANNELS[:2])):
        passage(testimony(here, letter=f"meme-{rank}", consent=Consent.NAMED_QUOTES.value))
        passage(testimony(there, letter=f"meme-{rank}", consent=consent.value, until=until, outlets=outlets))


@pytest.mark.parametrize("purpose", [Purpose.ANONYMOUS_QUOTES, Purpose.NAMED_QUOTES])
@pytest.mark.parametrize("asked", ASKED, ids=lambda one: " ".join(one) or "montré")
def test_a_query_and_release_agree(every_kind, purpose, asked):
    rows = list(Row.objects.select_related("place"))
    released = {one.id for one in privacy.release(consenting.held(rows), purpose, today=TODAY, outlets=asked)}
    where = consenting.allowed(purpose, today=TODAY, outlets=asked)
    found = Row.objects.filter(where)
    assert set(found.values_list("key", flat=True)) == released
    beyond = consenting.allowed(purpose, today=TODAY, outlets=asked, path="testimony__")
    passages = Passage.objects.filter(beyond)
    assert set(passages.values_list("testimony__key", flat=True)) == released
    assert set(chosen_testimonies(found).ids) == set(found.values_list("pk", flat=True))
    assert set(chosen(passages).ids) == set(passages.values_list("pk", flat=True))


def test_analysis_asks_only_that_nothing_was_withdrawn(every_kind):
    found = Row.objects.filter(consenting.allowed(Purpose.ANALYSIS, today=TODAY))
    assert set(found) == set(Row.objects.exclude(consent="retire"))


def test_a_page_tells_that_a_narrower_consent_holds():
    here, there = place(), place()
    mine = testimony(here, letter="lettre")
    testimony(there, letter="lettre", consent=Consent.ANALYSIS.value)
    answer = signed_in(person("evaluation", here)).get(reverse("testimony", args=[mine.pk]))
    assert "accord plus étroit" in answer.content.decode()


def test_of_the_same_words_at_two_places_the_narrower_consent_holds_for_quotes():
    here, there = place(), place()
    wide = testimony(here, letter="lettre", consent=Consent.NAMED_QUOTES.value)
    testimony(there, letter="lettre", consent=Consent.ANONYMOUS_QUOTES.value, outlets="presse", until="2999-12-31")
    (held,) = consenting.held([wide])
    assert held.consent is Consent.ANONYMOUS_QUOTES
    assert held.terms.outlets == (Outlet.PRESS,)
    assert held.terms.until is not None
    assert consenting.released(wide, Purpose.NAMED_QUOTES, today=TODAY, outlets=privacy.SHOWN) is None
    Row.objects.filter(place=there).update(consent="retire")
    assert consenting.released(wide, Purpose.ANONYMOUS_QUOTES, today=TODAY, outlets=privacy.SHOWN) is None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, ""),
        ({"outlets": "presse"}, "presse"),
        ({"outlets": ""}, "aucun canal"),
        ({"until": "2027-12-31", "collected_by": "Nadia"}, "jusqu’au 31/12/2027\u202f; recueilli par Nadia"),
        ({"way": "oral"}, "de vive voix"),
    ],
)
def test_limits_are_told_in_a_few_words(fields, told):
    assert Row(**fields).told == told
