"""How long testimonies are kept: told to people thirty days before, then enforced; nothing is erased silently."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from voices.rights.erasing import erase
from voices.settings import Settings
from voices.store.models import Place, Testimony, Trace

NOTICE = timedelta(days=30)
"""From the warning to the erasure, at the least."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A place whose testimonies come to the end of their time: how many, and the first day when some are erased."""

    place: Place
    number: int
    on: date


def look(settings: Settings, *, now: datetime) -> int:
    """How many testimonies were erased: those at the end of their time, of which people were told thirty days ago.

    Those that come near it are told in the activity and on the page of rights; those of a place that keeps longer now
    are told no more.
    """
    erased = 0
    for place in Place.objects.exclude(kept_months=None):
        _call_off(place, now)
        erased += _erase(place, settings, now)
        _warn(place, now)
    Testimony.objects.filter(place__kept_months=None).exclude(warned_at=None).update(warned_at=None)
    return erased


def endings() -> list[Ending]:
    """The places where some testimonies were told to be erased soon, the soonest first."""
    return sorted(_endings(), key=lambda one: one.on)


def months_before(day: date, months: int) -> date:
    """That day so many months before; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _endings() -> Iterator[Ending]:
    for place in Place.objects.exclude(kept_months=None):
        told = Testimony.objects.filter(place=place).exclude(warned_at=None)
        first = told.order_by("warned_at").values_list("warned_at", flat=True).first()
        if first is not None:
            yield Ending(place, told.count(), timezone.localdate(first + NOTICE))


def _older(place: Place, day: date) -> "QuerySet[Testimony]":
    """The testimonies of the place that were handed in so many months before that day, or earlier."""
    limit = months_before(day, place.kept_months or 0)
    before = timezone.make_aware(datetime.combine(limit + timedelta(days=1), time.min))
    return Testimony.objects.filter(place=place, made_at__lt=before)


def _warn(place: Place, now: datetime) -> None:
    near = _older(place, timezone.localdate(now + NOTICE)).filter(warned_at=None)
    number = near.update(warned_at=now)
    if number:
        day = timezone.localdate(now + NOTICE)
        about = f"{place.name}\u202f: {number} à effacer à partir du {day:%d/%m/%Y}"
        Trace.objects.create(what="Fin de conservation annoncée", about=about[:200])


def _call_off(place: Place, now: datetime) -> None:
    """Those that were told, and are no longer near the end of their time."""
    near = _older(place, timezone.localdate(now + NOTICE))
    told = Testimony.objects.filter(place=place).exclude(warned_at=None)
    told.exclude(pk__in=near.values("pk")).update(warned_at=None)


def _erase(place: Place, settings: Settings, now: datetime) -> int:
    ended = _older(place, timezone.localdate(now)).filter(warned_at__lte=now - NOTICE)
    pks = list(ended.values_list("pk", flat=True))
    if pks:
        why = f"Fin de la durée de conservation\u202f: {place.kept_months} mois"
        erase(pks, why=why, by=None, settings=settings)
        about = f"{place.name}\u202f: {len(pks)}, fin de conservation"
        Trace.objects.create(what="Témoignages effacés", about=about[:200])
    return len(pks)
