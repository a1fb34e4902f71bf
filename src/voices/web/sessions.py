"""Who is signed in, since when, seen when, and with which browser: kept in each session, and nowhere else.

A session ends after some time without a request, and in any case half a day after its sign-in. No address is kept.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from voices.store.models import User
from voices.web import browsers, tries

_BEGAN, _SEEN, _SURE, _BROWSER = "began", "seen", "sure", "browser"
_FRESH = 10 * 60
"""Seconds after the password during which nobody else is likely to sit there."""
_SAID_EVERY = 60
"""Seconds between two writings of when it was seen."""


@dataclass(frozen=True, slots=True)
class Open:
    """A session that goes on. `number` tells it from the others, and opens nothing."""

    number: str
    began: datetime
    seen: datetime
    browser: str

    @property
    def just_now(self) -> bool:
        """Whether it was seen within what is written of it."""
        return time() - self.seen.timestamp() < 2 * _SAID_EVERY


def begin(request: HttpRequest, **_: object) -> None:
    """Nothing; the session tells from now on when it began. What others left behind is swept."""
    request.session[_BEGAN] = request.session[_SEEN] = time()
    request.session[_BROWSER] = browsers.told(request.headers.get("User-Agent", ""))
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    tries.forget_old()


def fresh(session: SessionBase) -> bool:
    """Whether the password was given a moment ago: it need not be asked again before something that matters."""
    return bool(0 <= time() - session.get(_SURE, session.get(_BEGAN, 0)) < _FRESH)


def sure(session: SessionBase) -> None:
    """Nothing; the password was just given again."""
    session[_SURE] = time()


def over(session: SessionBase) -> bool:
    """Whether its time is over: nothing was asked for a while, or the sign-in is of another half-day."""
    return _over(session, time())


def seen(session: SessionBase) -> bool:
    """Whether the session still goes on, now that it was seen: elsewhere somebody may just have ended it."""
    if 0 <= time() - session[_SEEN] < _SAID_EVERY:
        return True
    to_save, session[_SEEN] = session.modified, time()
    try:
        session.save()
    except UpdateError:  # somebody ended it, or the disk is full, where one still reads
        return bool(session.exists(session.session_key or ""))
    finally:
        session.modified = to_save
    return True


def of(user: User) -> list[Open]:
    """The sessions of that person that go on, the last seen first."""
    found = (_told(row.session_key, said) for row, said in _of(user))
    return sorted(found, key=lambda one: one.seen, reverse=True)


def number(session: SessionBase) -> str:
    """What tells that session from the others; its key cannot be found from it."""
    return _number(session.session_key or "")


def end(user: User, one: str) -> bool:
    """Whether that session of that person was there; it is not any more."""
    found = [row.pk for row, _ in _of(user) if _number(row.session_key) == one]
    return Session.objects.filter(pk__in=found).delete()[0] > 0


def end_all(user: User, *, but: SessionBase | None = None) -> int:
    """How many sessions of that person were ended: all, or all but this one."""
    kept = but.session_key if but is not None else None
    found = [row.pk for row, _ in _of(user) if row.session_key != kept]
    return Session.objects.filter(pk__in=found).delete()[0]


def _of(user: User) -> Iterator[tuple[Session, dict[str, Any]]]:
    digest, now = user.get_session_auth_hash(), time()
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        said = row.get_decoded()
        ours = said.get(SESSION_KEY) == str(user.pk)
        if ours and constant_time_compare(said.get(HASH_SESSION_KEY, ""), digest) and not _over(said, now):
            yield row, said


def _over(said: "SessionBase | dict[str, Any]", now: float) -> bool:
    began, last = said.get(_BEGAN), said.get(_SEEN)
    if began is None or last is None:  # signed in before sessions told their time
        return True
    idle: int = settings.VOICES.idle_minutes * 60
    return bool(now - began > settings.SESSION_COOKIE_AGE or 0 < idle < now - last)


def _told(key: str, said: dict[str, Any]) -> Open:
    began, last = (datetime.fromtimestamp(said[name], UTC) for name in (_BEGAN, _SEEN))
    return Open(_number(key), began, last, said.get(_BROWSER) or browsers.UNKNOWN)


def _number(key: str) -> str:
    return hashlib.sha256(f"connexion {key}".encode()).hexdigest()[:16]
