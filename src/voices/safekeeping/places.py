"""Where backups lie and what of the data folder goes into them; errors of the disk told in French."""

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError

from voices.errors import VoicesError
from voices.settings import Settings

SUFFIX = ".sauvegarde"
CODERS = "codeurs"
"""Where, in the data folder, a coder that came along is put back."""
_NEVER = ("secret", "envois", "sauvegardes", "ouvert")
"""In the data folder, what is not backed up: what is drawn anew, what is on its way, the backups themselves."""
NO_ROOM = 2**16
"""Bytes: where no more are left, SQLite often says something else than that the disk is full."""
_MAKE_ROOM = "Faire de la place, ou donner un autre dossier, puis recommencer."
_FORMER = "avant-restauration-"


def folder_of(settings: Settings) -> Path:
    """Where the site keeps its backups."""
    return settings.backups or settings.data / "sauvegardes"


def former_of(settings: Settings, stamp: str) -> Path:
    """Where what a restoration replaces is kept."""
    return settings.data / f"{_FORMER}{stamp}"


def kept_files(settings: Settings, key_file: Path) -> dict[str, Path]:
    """The files that a backup holds, by their name in the data folder: neither the base nor any key.

    The coder that the settings name comes along where it lies elsewhere, as « codeurs/its name ».
    """
    keys = {key_file.resolve(), settings.key.resolve()}
    formers = f"{key_file.name}."
    found = {
        path.relative_to(settings.data).as_posix(): path
        for path in _files(settings.data)
        if path.resolve() not in keys
        and not (path.parent == key_file.parent and path.name.startswith(formers))
        and not path.resolve().is_relative_to(folder_of(settings).resolve())
    }
    return found | _coder(settings)


def _coder(settings: Settings) -> dict[str, Path]:
    """The files of a coder of one's own; none where it is one of the shipped, or in the data folder already."""
    coder = settings.coder.resolve() if settings.coder else None
    if not coder or not coder.is_dir() or coder.is_relative_to(settings.data.resolve()):
        return {}
    files = (path for path in sorted(coder.rglob("*")) if path.is_file())
    return {f"{CODERS}/{coder.name}/{path.relative_to(coder).as_posix()}": path for path in files}


def _files(data: Path) -> Iterator[Path]:
    for entry in sorted(data.iterdir()):
        base = entry.name.startswith("voices.sqlite3")
        if base or entry.name.startswith((".", _FORMER)) or entry.name in _NEVER or entry.is_symlink():
            continue
        found = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        yield from (one for one in found if one.is_file() and not one.is_symlink())


@contextmanager
def told_in_french(doing: str, *disks: Path) -> Iterator[None]:
    """What a disk, or the base that lies there, refuses meanwhile is told: « La sauvegarde ne peut être faite : … »."""
    try:
        yield
    except (OSError, sqlite3.Error, DatabaseError) as error:
        full = _full(error) or any(shutil.disk_usage(disk).free < NO_ROOM for disk in disks if disk.exists())
        why = "le disque est plein" if full else _why(error)
        raise VoicesError(f"{doing}\u202f: {why}.", _MAKE_ROOM if full else _remedy(error)) from error


def takes_writing(folder: Path) -> bool:
    """Whether something can be written there: tried, for a disk that failed still says that one may."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError as error:
        return _full(error)


def put_on_disk(path: Path) -> None:
    """Nothing; the file, and its name in its folder, outlive a power cut. Raises OSError."""
    for one in (path, path.parent):
        if one.is_dir() and os.name == "nt":
            continue
        descriptor = os.open(one, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _why(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EROFS, errno.EACCES, errno.EPERM) or "readonly" in str(error):
        return "ce dossier ne s’ouvre pas en écriture"
    if number == errno.ENOENT:
        return "ce dossier ou ce fichier n’existe pas"
    return "le disque a refusé" if isinstance(error, OSError) else "la base ne répond pas, ou est abîmée"


def _remedy(error: Exception) -> str:
    if isinstance(error, OSError):
        return "Donner un dossier qui existe et où l’on peut écrire."
    return "Lancer « voices doctor --data DOSSIER » pour savoir ce qu’a la base."


def _full(error: Exception) -> bool:
    number = error.errno if isinstance(error, OSError) else None
    return number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or "full" in str(error)
