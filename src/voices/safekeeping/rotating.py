"""Which of the site's own backups are kept: the last of each of so many days, weeks and months that have one. Pure."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path

from voices.safekeeping.places import SUFFIX

PREFIX = "site-"
_STAMP = "%Y-%m-%d-%H%M%S"
_NAME = re.compile(rf"{PREFIX}(\d{{4}}-\d\d-\d\d-\d{{6}}){re.escape(SUFFIX)}")


def named(moment: datetime) -> str:
    """What a backup that the site makes at that moment is called; those that people make are called otherwise."""
    return f"{PREFIX}{moment.astimezone():{_STAMP}}{SUFFIX}"


def moment_of(path: Path) -> datetime | None:
    """When the site made that backup; None for whatever else lies there."""
    found = _NAME.fullmatch(path.name)
    try:
        return datetime.strptime(found[1], _STAMP).astimezone() if found else None
    except ValueError:
        return None


def of_the_site(paths: Iterable[Path]) -> dict[Path, datetime]:
    """Those that the site made by itself, the last first."""
    told = {path: moment for path in paths if (moment := moment_of(path))}
    return dict(sorted(told.items(), key=lambda one: one[1], reverse=True))


def too_many(paths: Iterable[Path], kept: tuple[int, ...]) -> Collection[Path]:
    """Of the site's own, those to be taken away. `kept`: how many days, weeks and months have one; the last stays."""
    made = of_the_site(paths)
    stay = set(list(made)[:1])
    for wanted, period in zip(kept, (_day, _week, _month), strict=True):
        seen: set[tuple[int, ...]] = set()
        for path, moment in made.items():
            if period(moment) not in seen and len(seen) < wanted:
                seen.add(period(moment))
                stay.add(path)
    return [path for path in made if path not in stay]


def _day(moment: datetime) -> tuple[int, ...]:
    return moment.timetuple()[:3]


def _week(moment: datetime) -> tuple[int, ...]:
    return tuple(moment.isocalendar()[:2])


def _month(moment: datetime) -> tuple[int, ...]:
    return moment.timetuple()[:2]
