"""Consent is checked in one place."""

import pytest

from voices import domain
from voices.domain import Consent, Purpose
from voices.privacy import release

ALLOWED = {
    Purpose.ANALYSIS: {Consent.UNKNOWN, Consent.ANALYSIS, Consent.ANONYMOUS_QUOTES, Consent.NAMED_QUOTES},
    Purpose.ANONYMOUS_QUOTES: {Consent.ANONYMOUS_QUOTES, Consent.NAMED_QUOTES},
    Purpose.NAMED_QUOTES: {Consent.NAMED_QUOTES},
}


@pytest.mark.parametrize("purpose", Purpose)
def test_only_the_consents_that_allow_a_purpose_go_out(purpose):
    testimonies = [domain.Testimony(consent.value, "Bonjour.", (), consent=consent) for consent in Consent]
    assert {one.consent for one in release(testimonies, purpose)} == ALLOWED[purpose]


def test_order_is_kept():
    testimonies = [domain.Testimony(name, "", (), consent=Consent.ANALYSIS) for name in "cab"]
    assert [one.id for one in release(iter(testimonies), Purpose.ANALYSIS)] == ["c", "a", "b"]
