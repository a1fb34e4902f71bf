"""What is left of backups and proofs that were killed: taken away once nothing can still be writing it."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from voices.safekeeping.aside import PREFIX
from voices.safekeeping.places import SUFFIX, folder_of
from voices.settings import Settings

_LASTS = 6 * 3600.0
"""Seconds: none is being written for so long."""


def left(settings: Settings, now: datetime) -> Iterator[Path]:
    """What lies there, in the folder of the site and in that of its backups."""
    found = [*settings.data.glob(f"{PREFIX}*"), *folder_of(settings).glob(f".*{SUFFIX}.*.part")]
    for path in found:
        if now.timestamp() - path.stat().st_mtime > _LASTS:
            yield path


def sweep(settings: Settings, now: datetime) -> None:
    """Nothing; it is gone."""
    for path in list(left(settings, now)):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
