"""Whether a site is open on a data folder, told by a lock that ends with the process, however it ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voices.errors import VoicesError

_NAME = "ouvert"


@contextmanager
def site_open(data: Path) -> Iterator[tuple[int, ...]]:
    """The site is open meanwhile: the descriptors that its other processes must hold too.

    Raises VoicesError where the folder is being restored.
    """
    with _locked(data, shared=True) as held:
        if held is None:
            raise VoicesError(
                "Une sauvegarde est en train d’être remise dans ce dossier.", "Attendre la fin, puis rouvrir le site."
            )
        yield held


@contextmanager
def site_closed(data: Path) -> Iterator[None]:
    """No site opens on that folder meanwhile. Raises VoicesError where one is open."""
    with _locked(data, shared=False) as held:
        if held is None:
            raise VoicesError(f"Le site de « {data} » est ouvert.", "L’arrêter (Ctrl-C), puis recommencer.")
        yield


@contextmanager
def _locked(data: Path, *, shared: bool) -> Iterator[tuple[int, ...] | None]:
    """The descriptors of the lock; None where others hold it. Where the system has no such locks, none is needed."""
    try:
        import fcntl
    except ImportError:  # Windows, which does not let go of the file of a base that is open
        yield ()
        return
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(data / _NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield (descriptor,)
    finally:
        os.close(descriptor)
