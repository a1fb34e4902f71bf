"""The one place where consent is checked before anything leaves."""

from collections.abc import Collection, Iterable
from datetime import date

from voices.domain import OUTLETS, Consent, Outlet, Purpose, Terms, Testimony

_ALLOWS = {
    Purpose.ANALYSIS: frozenset(Consent) - {Consent.WITHDRAWN},
    Purpose.ANONYMOUS_QUOTES: frozenset({Consent.ANONYMOUS_QUOTES, Consent.NAMED_QUOTES}),
    Purpose.NAMED_QUOTES: frozenset({Consent.NAMED_QUOTES}),
}
"""An unknown consent counts as one for analysis only."""
SHOWN: tuple[Outlet, ...] = ()
"""The channels of what is only shown, within the house, to who may publish it: none yet."""


def release(
    testimonies: Iterable[Testimony], purpose: Purpose, *, today: date, outlets: Collection[Outlet] = OUTLETS
) -> tuple[Testimony, ...]:
    """The testimonies whose consent allows that purpose today, by all of these channels, in the order given.

    Where nobody says by which channel they leave, they must be allowed by all. Analysis leaves by none.
    """
    return tuple(one for one in testimonies if allows(one.consent, one.terms, purpose, today=today, outlets=outlets))


def allows(
    consent: Consent, terms: Terms, purpose: Purpose, *, today: date, outlets: Collection[Outlet] = OUTLETS
) -> bool:
    """Whether a consent within these terms allows that purpose today, by all of these channels."""
    if consent not in _ALLOWS[purpose]:
        return False
    return purpose is Purpose.ANALYSIS or _quoted(terms, today, outlets)


def allowing(purpose: Purpose) -> frozenset[Consent]:
    """The consents that allow that purpose, their terms aside: for `consenting`, which asks the same of a base."""
    return _ALLOWS[purpose]


def _quoted(terms: Terms, today: date, outlets: Collection[Outlet]) -> bool:
    """Past its end, a consent leaves analysis; without any channel, nothing is quoted."""
    ended = terms.until is not None and terms.until < today
    return bool(terms.outlets) and not ended and set(outlets) <= set(terms.outlets)
