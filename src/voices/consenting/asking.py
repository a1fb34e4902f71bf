"""Which testimonies of the base may be used: as a condition of a query, or as testimonies of the domain to release."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Q

from voices import domain, privacy
from voices.domain import OUTLETS, Consent, Outlet, Purpose, Terms
from voices.store.models import Testimony
from voices.store.testimonies import testimony_of
from voices.terms import narrowest


def allowed(purpose: Purpose, *, today: date, outlets: Collection[Outlet] = OUTLETS, path: str = "") -> Q:
    """The condition on testimonies (reached by `path`) that `privacy.release` puts on what `held` gives of them."""
    own = _own(purpose, today, outlets, path)
    if purpose is Purpose.ANALYSIS:
        return own
    narrower = Testimony.objects.exclude(letter="").exclude(_own(purpose, today, outlets, ""))
    return own & (Q(**{f"{path}letter": ""}) | ~Q(**{f"{path}letter__in": narrower.order_by().values("letter")}))


def released(
    row: Testimony, purpose: Purpose, *, today: date, outlets: Collection[Outlet] = OUTLETS
) -> domain.Testimony | None:
    """The testimony, if what holds of its consent allows that; None where it does not."""
    found = privacy.release(held([row]), purpose, today=today, outlets=outlets)
    return found[0] if found else None


def held(rows: Iterable[Testimony]) -> tuple[domain.Testimony, ...]:
    """The testimonies with the consent that holds for quoting them: theirs, or a narrower one of the same words."""
    rows = list(rows)
    letters = {row.letter for row in rows if row.letter}
    beside: dict[str, list[Testimony]] = {}
    if letters:
        fields = ("letter", "consent", "outlets", "until")
        for twin in Testimony.objects.filter(letter__in=letters).only(*fields).order_by():
            beside.setdefault(twin.letter, []).append(twin)
    return tuple(_narrowed(testimony_of(row), beside.get(row.letter, [])) for row in rows)


def _own(purpose: Purpose, today: date, outlets: Collection[Outlet], path: str) -> Q:
    consents = [consent.value for consent in privacy.allowing(purpose)]
    found = Q(**{f"{path}consent__in": consents})
    if purpose is Purpose.ANALYSIS:
        return found
    found &= Q(**{f"{path}outlets__gt": ""})
    found &= Q(**{f"{path}until": ""}) | Q(**{f"{path}until__gte": today.isoformat()})
    for outlet in outlets:
        found &= Q(**{f"{path}outlets__contains": outlet.value})
    return found


def _narrowed(testimony: domain.Testimony, twins: Collection[Testimony]) -> domain.Testimony:
    if not twins:
        return testimony
    order = list(Consent)
    consent = min((testimony.consent, *(Consent(one.consent) for one in twins)), key=order.index)
    terms: list[Terms] = [testimony.terms, *(one.terms for one in twins)]
    return replace(testimony, consent=consent, terms=narrowest(terms))
