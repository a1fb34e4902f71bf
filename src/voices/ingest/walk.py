"""The files under a path, sorted: those of a folder and below, those of a .zip, or one file alone."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from voices.errors import ReadingError
from voices.ingest.archive import members, open_archive, read_member

MAX_SIZE = 200_000_000
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its path as it will be shown, its bytes when asked for, and why it is left alone, or None.

    `load` raises ReadingError where the bytes cannot be had. `above` is the folder or archive everything comes from:
    its name may tell a place or a year.
    """

    path: PurePosixPath
    load: Callable[[], bytes]
    above: str = ""
    refusal: str | None = None


def sources(path: Path) -> list[Source]:
    """Every file under `path`, sorted by path; those to leave alone come with the reason.

    Raises ReadingError where there is nothing at that path, or nothing in it.
    """
    if not path.exists():
        raise ReadingError(
            f"Rien ne se trouve à cet endroit\u202f: {path}.", "Vérifier le chemin du dossier ou du fichier."
        )
    if not path.is_dir():
        return list(_file(path, PurePosixPath(path.name), above=path.resolve().parent.name))
    above = path.resolve().name
    found = [
        source
        for file in sorted(_files(path))
        for source in _file(file, PurePosixPath(file.relative_to(path).as_posix()), above=above)
    ]
    if not found:
        raise ReadingError(f"Le dossier {path} est vide.", "Y mettre les fichiers des témoignages.")
    return sorted(found, key=lambda source: source.path)


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):  # follows no link to a folder: no endless turn
        yield from (Path(parent) / name for name in names)


def _file(file: Path, shown: PurePosixPath, *, above: str) -> Iterator[Source]:
    """The file itself, or what a .zip holds, each member under the archive's name."""
    source = Source(shown, partial(read_bytes, file), above, left_alone(shown))
    if source.refusal or file.suffix.lower() != ".zip":
        yield source
        return
    try:
        archive = open_archive(read_bytes(file))
        entries = members(archive)
    except ReadingError as error:
        yield Source(shown, source.load, above, str(error))
        return
    for entry in entries:
        inside = shown / PurePosixPath(entry.name.lstrip("/"))
        refusal = entry.refusal or left_alone(inside)
        yield Source(inside, partial(read_member, archive, entry.info), above, refusal)


def left_alone(path: PurePosixPath) -> str | None:
    """Why a file of that path is not to be read, or None: locks, system files, hidden files."""
    name = path.name.lower()
    if name.startswith("~$") or (name.startswith(".~lock.") and name.endswith("#")):
        return "Fichier de verrou d’un document ouvert\u202f: laissé de côté."
    if name in _SYSTEM or "__MACOSX" in path.parts:
        return "Fichier du système\u202f: laissé de côté."
    if any(part.startswith(".") and part != ".." for part in path.parts):
        return "Fichier caché\u202f: laissé de côté."
    return None


def read_bytes(file: Path) -> bytes:
    """The bytes of a file. Raises ReadingError where it cannot be opened, or is too large for a testimony."""
    try:
        if file.stat().st_size > MAX_SIZE:
            raise ReadingError(f"Le fichier dépasse {MAX_SIZE // 1_000_000} Mo.", "Le découper.")
        return file.read_bytes()
    except OSError as error:
        raise ReadingError(
            "Le fichier ne peut pas être ouvert.", "Vérifier qu’il existe et que sa lecture est permise."
        ) from error
