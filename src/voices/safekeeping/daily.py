"""The backup that the site makes by itself every day, and what is told of it."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from voices.errors import VoicesError
from voices.safekeeping import drafts, rotating
from voices.safekeeping.backing_up import Beat, back_up
from voices.safekeeping.places import folder_of
from voices.settings import Settings

DAY = timedelta(hours=23)
"""From one to the next: a little less than a day, so that the hour does not slip."""
LATE = timedelta(days=3)
"""Without a backup for so long, it is told as something to look at."""
_AGAIN = timedelta(hours=1)
"""After a failure."""
_FAILED = "echec.json"


@dataclass(frozen=True, slots=True)
class Told:
    """`last`: when the last backup was made; `problem`, `remedy`: why there was none since, if it failed."""

    wanted: bool
    last: datetime | None
    failed_at: datetime | None = None
    problem: str = ""
    remedy: str = ""

    def late(self, now: datetime) -> bool:
        """Whether it has been too long."""
        return self.wanted and (self.last is None or now - self.last >= LATE)


def told(settings: Settings, now: datetime) -> Told:
    """What there is to know of the site's own backups. One of tomorrow, by a clock that was wrong, is not the last."""
    folder = folder_of(settings)
    last = next((one for one in rotating.of_the_site(_there(folder)).values() if one <= now), None)
    said = _failure(folder)
    if said is None:
        return Told(bool(settings.kept), last)
    return Told(bool(settings.kept), last, *said)


def due(settings: Settings, now: datetime) -> bool:
    """Whether one is to be made now: a day went by since the last, or the clock did."""
    if not settings.kept:
        return False
    known = told(settings, now)
    if known.failed_at and timedelta(0) <= now - known.failed_at < _AGAIN:
        return False
    return known.last is None or now - known.last >= DAY


def make(settings: Settings, now: datetime, beat: Beat = lambda: None) -> Path | None:
    """The backup, made; None where it failed, which is then told. Those that are too many are gone afterwards."""
    folder = folder_of(settings)
    try:
        drafts.sweep(settings, now)
        made = back_up(folder / rotating.named(now), settings, beat=beat).path
        for path in rotating.too_many(_there(folder), settings.kept):
            if path != made:
                path.unlink()
    except (VoicesError, OSError) as error:
        _tell_failure(folder, now, error)
        return None
    (folder / _FAILED).unlink(missing_ok=True)
    return made


def _there(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _tell_failure(folder: Path, now: datetime, error: VoicesError | OSError) -> None:
    problem, remedy = _UNKNOWN if isinstance(error, OSError) else (error.problem, error.remedy)
    with suppress(OSError):  # a full disk may not even take this: the date of the last one tells
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        said = {"at": now.isoformat(), "problem": problem, "remedy": remedy}
        (folder / _FAILED).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def _failure(folder: Path) -> tuple[datetime, str, str] | None:
    try:
        said = json.loads((folder / _FAILED).read_text(encoding="utf-8"))
        return datetime.fromisoformat(said["at"]), str(said["problem"]), str(said["remedy"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


_UNKNOWN = (
    "Les anciennes sauvegardes ne peuvent pas être enlevées.",
    "Vérifier le dossier des sauvegardes : il doit s’ouvrir en écriture.",
)
