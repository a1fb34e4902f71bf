"""The one place where consent is checked before anything leaves."""

from collections.abc import Iterable

from voices.domain import Consent, Purpose, Testimony

_ALLOWS = {
    Purpose.ANALYSIS: frozenset(Consent) - {Consent.WITHDRAWN},
    Purpose.ANONYMOUS_QUOTES: frozenset({Consent.ANONYMOUS_QUOTES, Consent.NAMED_QUOTES}),
    Purpose.NAMED_QUOTES: frozenset({Consent.NAMED_QUOTES}),
}
"""An unknown consent counts as one for analysis only."""


def release(testimonies: Iterable[Testimony], purpose: Purpose) -> tuple[Testimony, ...]:
    """The testimonies whose consent allows that purpose, in the order given."""
    return tuple(testimony for testimony in testimonies if testimony.consent in _ALLOWS[purpose])


def allowing(purpose: Purpose) -> frozenset[Consent]:
    """The consents that allow that purpose: for a base to ask for those testimonies alone."""
    return _ALLOWS[purpose]
