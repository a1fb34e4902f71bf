"""What happened, kept for the administrator: who did what, when. Never a testimony's words."""

from contextlib import suppress
from datetime import timedelta

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from voices.store.models import Trace, User

_ONCE_IN = timedelta(minutes=15)
_NOBODY = "un nom que personne n’a ici"


def trace(request: HttpRequest, what: str, about: str = "") -> None:
    """Nothing; keeps that the person of the request did this, about that (a name, a number, no testimony)."""
    Trace.objects.create(user=_person(request), what=what, about=about[:200])


def trace_refusal(request: HttpRequest, what: str) -> None:
    """Nothing; keeps that the person of the request was refused this, and where; once in a quarter of an hour, so that
    who insists fills nothing. Of who is not signed in, not even the address: it may hold the token of an invitation.
    """
    person = _person(request)
    _once(person, what, {}, request.path if person else "")


def trace_sign_in_refused(username: str, what: str) -> None:
    """Nothing; keeps it, once in a quarter of an hour for that name. A name that is nobody's may be a password."""
    known = User.objects.filter(username=username).exists()
    about = username if known else _NOBODY
    _once(None, what, {"about": about[:200]}, about)


def _once(person: User | None, what: str, alike: dict[str, str], about: str) -> None:
    lately = Trace.objects.filter(user=person, what=what, made_at__gt=timezone.now() - _ONCE_IN, **alike)
    with suppress(DatabaseError):  # on a full disk one is refused as well
        if not lately.exists():
            Trace.objects.create(user=person, what=what, about=about[:200])


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
