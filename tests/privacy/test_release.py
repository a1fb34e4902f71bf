"""Consent is checked in one place."""

from datetime import date, timedelta

import pytest

from voices import domain
from voices.domain import OUTLETS, Consent, Outlet, Purpose, Terms
from voices.privacy import SHOWN, allows, release
from voices.terms import narrowest

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ALLOWED = {
    Purpose.ANALYSIS: {Consent.UNKNOWN, Consent.ANALYSIS, Consent.ANONYMOUS_QUOTES, Consent.NAMED_QUOTES},
    Purpose.ANONYMOUS_QUOTES: {Consent.ANONYMOUS_QUOTES, Consent.NAMED_QUOTES},
    Purpose.NAMED_QUOTES: {Consent.NAMED_QUOTES},
}
QUOTES = (Purpose.ANONYMOUS_QUOTES, Purpose.NAMED_QUOTES)


@pytest.mark.parametrize("purpose", Purpose)
def test_only_the_consents_that_allow_a_purpose_go_out(purpose):
    testimonies = [domain.Testimony(consent.value, "Bonjour.", (), consent=consent) for consent in Consent]
    assert {one.consent for one in release(testimonies, purpose, today=TODAY)} == ALLOWED[purpose]


def test_order_is_kept():
    testimonies = [domain.Testimony(name, "", (), consent=Consent.ANALYSIS) for name in "cab"]
    assert [one.id for one in release(iter(testimonies), Purpose.ANALYSIS, today=TODAY)] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("until", "quoted"), [(None, True), (TOMORROW, True), (TODAY, True), (YESTERDAY, False), (date(2020, 1, 1), False)]
)
def test_past_its_last_day_a_consent_leaves_analysis_alone(until, quoted):
    terms = Terms(until=until)
    for purpose in QUOTES:
        assert allows(Consent.NAMED_QUOTES, terms, purpose, today=TODAY) is quoted
    assert allows(Consent.NAMED_QUOTES, terms, Purpose.ANALYSIS, today=TODAY)


@pytest.mark.parametrize(
    ("allowed", "asked", "quoted"),
    [
        (OUTLETS, OUTLETS, True),
        ((Outlet.PRESS,), (Outlet.PRESS,), True),
        ((Outlet.PRESS,), (Outlet.WEB,), False),
        ((Outlet.PRESS,), (Outlet.WEB, Outlet.PRESS), False),
        ((Outlet.PRESS,), OUTLETS, False),
        ((Outlet.PRESS,), SHOWN, True),
        ((), SHOWN, False),
        ((), OUTLETS, False),
    ],
)
def test_what_leaves_is_allowed_by_every_channel_asked(allowed, asked, quoted):
    for purpose in QUOTES:
        assert allows(Consent.NAMED_QUOTES, Terms(allowed), purpose, today=TODAY, outlets=asked) is quoted
    assert allows(Consent.NAMED_QUOTES, Terms(allowed), Purpose.ANALYSIS, today=TODAY, outlets=asked)


def test_who_does_not_say_by_which_channel_asks_for_all():
    narrow = domain.Testimony("a", "", (), consent=Consent.ANONYMOUS_QUOTES, terms=Terms((Outlet.PRESS,)))
    assert release([narrow], Purpose.ANONYMOUS_QUOTES, today=TODAY) == ()


def test_the_narrowest_of_several_terms():
    both = narrowest([Terms((Outlet.WEB, Outlet.PRESS), TOMORROW), Terms((Outlet.PRESS, Outlet.FUNDER)), Terms()])
    assert both == Terms((Outlet.PRESS,), TOMORROW)
    assert narrowest([Terms(until=TODAY), Terms(until=YESTERDAY)]) == Terms(until=YESTERDAY)
