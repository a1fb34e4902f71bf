"""When a person last looked at a place: what came since is new to them."""

from datetime import datetime, timedelta

from django.utils import timezone

from voices.store.models import Place, User, Visit

_PAUSE = timedelta(hours=1)
"""A page opened longer after the last one begins another visit."""
_NOTED_EVERY = timedelta(minutes=1)


def since(user: User, place: Place) -> datetime | None:
    """When the visit before this one ended; None where there was none. Opening a page goes on with the visit."""
    now = timezone.now()
    visit, first = Visit.objects.get_or_create(user=user, place=place, defaults={"seen_at": now})
    pause = now - visit.seen_at
    if not first and pause > _NOTED_EVERY:
        visit.since = visit.seen_at if pause > _PAUSE else visit.since
        visit.seen_at = now
        visit.save(update_fields=["since", "seen_at"])
    return visit.since


def known(user: User, place: Place) -> datetime | None:
    """The same, without a word of it kept: for pages that only ask what is new."""
    return Visit.objects.filter(user=user, place=place).values_list("since", flat=True).first()


def last_place(user: User) -> int | None:
    """The id of the place that the person looked at last."""
    return Visit.objects.filter(user=user).order_by("-seen_at").values_list("place", flat=True).first()
