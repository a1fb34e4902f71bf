"""How the site is, for a probe: the base, the worker and what waits, the disk, the last backup, whether what was erased
may be back; nothing that it holds.

Told whole minutes and hours, to anyone. However often it is asked, the site looks once a second at most.
"""

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from voices.rights import remembered
from voices.safekeeping import daily
from voices.settings import Settings
from voices.store.models import Job, Testimony
from voices.web import heartbeat

WORKER_DEAD = 60.0
"""Seconds without a beat of the worker: it is started again within thirty."""
_LITTLE, _NONE = 2 * 2**30, 64 * 2**20
"""Bytes free on the disk: below the first, make room; below the second, nothing more is taken in."""
_FRESH, _STUCK = 1.0, 30.0
"""Seconds for which what was seen is told again; and after which a look that does not end is a failure."""
_OPENED = time.monotonic()


class State(StrEnum):
    """How one thing is: well; to be looked at by a person, though all works; down."""

    WELL = "bien"
    LOOK = "a_voir"
    DOWN = "panne"


Said = dict[str, Any]
_WORST_LAST = list(State)


@dataclass(frozen=True)
class Health:
    """`state` of the whole, and what is said of each part."""

    state: State
    parts: dict[str, Said]

    @property
    def told(self) -> Said:
        """As it is written in JSON."""
        return {"etat": self.state.value, **self.parts}


DOWN = Health(State.DOWN, {})


def look(settings: Settings) -> Health:
    """How all is now. Never raises."""
    base, waits = _base()
    parts = {
        "base": {"etat": base},
        "travaux": _worker(settings.data) | {"attente_min": waits},
        "disque": _disk(settings.data),
        "sauvegarde": _backup(settings, base),
        "effacements": _erasures(settings),
    }
    return Health(max((State(part["etat"]) for part in parts.values()), key=_WORST_LAST.index), parts)


class Watch:
    """The last look, told again for a second; one look at a time, so that many who ask hold up nobody."""

    def __init__(self, seen: Callable[[], Health]) -> None:
        self._look = seen
        self._lock = threading.Lock()
        self._last: Health | None = None
        self._at = time.monotonic()

    def now(self) -> Health:
        """How all is; down where a look does not come to its end."""
        if self._last is not None and time.monotonic() - self._at < _FRESH:
            return self._last
        if self._lock.acquire(blocking=False):
            try:
                self._last = self._look()
                self._at = time.monotonic()
            finally:
                self._lock.release()
        elif self._last is None or time.monotonic() - self._at > _STUCK:
            return DOWN
        return self._last


def _base() -> tuple[State, int | None]:
    """Whether it answers, and for how many minutes its oldest job waits."""
    named = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(named).exists():
        return State.DOWN, None  # asked, SQLite would put an empty one in its place
    try:
        oldest = Job.objects.filter(state=Job.State.WAITING).order_by("pk").values_list("made_at", flat=True).first()
    except (DatabaseError, InterfaceError):
        return State.DOWN, None
    return State.WELL, _whole(timezone.now() - oldest, minutes=1) if oldest else 0


def _worker(data: Path) -> Said:
    since_open = time.monotonic() - _OPENED  # it is given the time to start
    beat = heartbeat.silence(data, time.time())
    silent = since_open if beat is None else min(beat, since_open)
    return {"etat": State.DOWN if silent > WORKER_DEAD else State.WELL}


def _disk(data: Path) -> Said:
    try:
        disk = shutil.disk_usage(data)
    except OSError:
        return {"etat": State.DOWN}
    state = State.DOWN if disk.free < _NONE else State.LOOK if disk.free < _LITTLE else State.WELL
    return {"etat": state, "libre_pour_cent": 100 * disk.free // max(disk.total, 1)}


def _backup(settings: Settings, base: State) -> Said:
    now = timezone.now()
    try:
        known = daily.told(settings, now)
        empty = known.last is None and base is State.WELL and not Testimony.objects.exists()
    except (OSError, DatabaseError, InterfaceError):
        return {"etat": State.LOOK, "age_h": None}
    state = State.LOOK if (known.late(now) and not empty) or known.problem else State.WELL
    return {"etat": state, "age_h": _whole(now - known.last, hours=1) if known.last else None}


def _erasures(settings: Settings) -> Said:
    """To be looked at where a backup was put back without all that had been erased since being erased again."""
    try:
        known = not remembered.awaited(settings)
    except OSError:
        known = False
    return {"etat": State.WELL if known else State.LOOK}


def _whole(time_gone: timedelta, **one: int) -> int:
    return max(0, time_gone // timedelta(**one))
