"""Nothing left of a restoration that was refused, where there was no site: no base, no secret, no folder."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from voices.errors import VoicesError
from voices.safekeeping.aside import NAME
from voices.safekeeping.places import told_in_french
from voices.safekeeping.presence import site_closed

_KEPT = ("sauvegardes", "avant-restauration-")
"""What may hold the only copy of a base that is on a server."""


@contextmanager
def nothing_left(data: Path) -> Iterator[None]:
    """What fails meanwhile leaves that folder as it was, where it held no base.

    Where it held one, or where a site was opened on it meanwhile, nothing is taken away.
    """
    with told_in_french("La sauvegarde ne peut pas être remise"):
        before = {one.name for one in data.iterdir()} if data.exists() else None
    try:
        yield
    except BaseException:
        if before is None or NAME not in before:
            with suppress(OSError, VoicesError):
                _take_away(data, before)
        raise


def _take_away(data: Path, before: set[str] | None) -> None:
    """Nothing; what was not there before is gone, and the folder too where it was not there."""
    if not data.is_dir():
        return
    with site_closed(data):
        for one in [one for one in data.iterdir() if one.name not in (before or ())]:
            if one.name.startswith(_KEPT):
                continue
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one)
            else:
                one.unlink()
    if before is None:
        data.rmdir()
