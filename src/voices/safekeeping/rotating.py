"""Which of the site's own backups are kept: the last of each of so many days, weeks and months that have one. Pure.

Those made before an update or a restoration follow: the last three, and none from before all of the others.
"""

import re
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from voices.safekeeping.places import SUFFIX

PREFIX, BEFORE_UPDATE, BEFORE_RESTORING = "site-", "avant-mise-a-jour-", "avant-restauration-"
_BEFORE_KEPT = 3
_BEFORE_ALONE = timedelta(days=366)
"""For how long those of before an update are kept where no daily one says how long."""
_STAMP = "%Y-%m-%d-%H%M%S"


def named(moment: datetime, prefix: str = PREFIX) -> str:
    """What a backup that the site makes at that moment is called; those that people make are called otherwise."""
    return f"{prefix}{moment.astimezone():{_STAMP}}{SUFFIX}"


def moment_of(path: Path, prefix: str = PREFIX) -> datetime | None:
    """When the site made that backup; None for whatever else lies there."""
    found = re.fullmatch(rf"{prefix}(\d{{4}}-\d\d-\d\d-\d{{6}}){re.escape(SUFFIX)}", path.name)
    try:
        return datetime.strptime(found[1], _STAMP).astimezone() if found else None
    except ValueError:
        return None


def of_the_site(paths: Iterable[Path], prefix: str = PREFIX) -> dict[Path, datetime]:
    """Those that the site made by itself, the last first."""
    told = {path: moment for path in paths if (moment := moment_of(path, prefix))}
    return dict(sorted(told.items(), key=lambda one: one[1], reverse=True))


def too_many(paths: Iterable[Path], kept: tuple[int, ...]) -> Collection[Path]:
    """Of the site's own, those to be taken away. `kept`: how many days, weeks and months have one; the last stays."""
    made = of_the_site(paths)
    stay = set(list(made)[:1])
    for wanted, period in zip(kept, _PERIODS, strict=True):
        seen: set[tuple[int, ...]] = set()
        for path, moment in made.items():
            if period(moment) not in seen and len(seen) < wanted:
                seen.add(period(moment))
                stay.add(path)
    return [path for path in made if path not in stay]


def before_too_many(paths: Collection[Path], kept: tuple[int, ...], now: datetime) -> Collection[Path]:
    """Of those made before an update, or a restoration, the ones to be taken away: all but the last three of each, and
    those older than any daily one that stays, once as many of these are there as will ever be.

    So a clock that jumps takes none away. Where no daily one is made, they are kept a year.
    """
    oldest = _oldest_kept(paths, kept) if kept else now - _BEFORE_ALONE
    gone: list[Path] = []
    for prefix in (BEFORE_UPDATE, BEFORE_RESTORING):
        made = of_the_site(paths, prefix)
        last = list(made)[:_BEFORE_KEPT]
        gone += [path for path, moment in made.items() if path not in last or (oldest and moment < oldest)]
    return gone


def _oldest_kept(paths: Collection[Path], kept: tuple[int, ...]) -> datetime | None:
    """When the oldest daily one that stays was made; None as long as older ones may still stay."""
    made, gone = of_the_site(paths), too_many(paths, kept)
    if any(len(set(map(period, made.values()))) < wanted for wanted, period in zip(kept, _PERIODS, strict=True)):
        return None
    return min((moment for path, moment in made.items() if path not in gone), default=None)


def _day(moment: datetime) -> tuple[int, ...]:
    return moment.timetuple()[:3]


def _week(moment: datetime) -> tuple[int, ...]:
    return tuple(moment.isocalendar()[:2])


def _month(moment: datetime) -> tuple[int, ...]:
    return moment.timetuple()[:2]


_PERIODS = (_day, _week, _month)
