"""A backup made while the site runs: of one moment, encrypted; called done once restored aside and compared."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from voices import __version__, privacy
from voices.errors import VoicesError
from voices.receiving.sealing import key_file as key_of_site
from voices.safekeeping import loading, tables
from voices.safekeeping.archive import Contents, Making, Opening, Part
from voices.safekeeping.aside import base_aside, folder_aside
from voices.safekeeping.places import kept_files, put_on_disk, takes_writing, told_in_french
from voices.safekeeping.stream import keys_of, mark_of
from voices.settings import Settings
from voices.store.columns.notes import one_moment

Beat = Callable[[], None]
"""Called often during what is long; what it raises stops it."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and proved."""

    path: Path
    size: int
    tables: int
    rows: int
    files: int


def back_up(path: Path, settings: Settings, *, key: Path | None = None, beat: Beat = lambda: None) -> Backup:
    """The backup at that path, where nothing was. What is confirmed on the site meanwhile may be in the next one only.

    It is sealed with the site's key, or that of `key`. Raises VoicesError: nothing is at that path then.
    """
    sealing = key or key_of_site(settings)
    if key is None and not sealing.exists():
        privacy.new_key(sealing)
    keys = keys_of(sealing)
    _refuse_to_replace(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    with told_in_french("La sauvegarde ne peut pas être faite", settings.data):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                written = _write(file, keys[0], settings, beat)
            found = prove(draft, keys, _private(settings.data), beat=beat)
            if (found.tables, found.files) != (written.tables, written.files):
                raise unfaithful()
            put_on_disk(draft)
            _publish(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size, len(found.tables), found.rows, len(found.files))


def prove(path: Path, keys: tuple[bytes, ...], folder: Path, *, beat: Beat = lambda: None) -> Contents:
    """What that backup holds: it was restored in a base of its own in that folder, read again, and is what it says.

    That folder is on a disk of this machine, and as private as the base: where backups go may be neither.

    Raises ReadingError, PrivacyError or VoicesError where it is not.
    """

    def look(part: Part) -> None:
        for _ in part.lines:
            beat()

    with folder_aside(folder) as aside, base_aside(aside) as alias, path.open("rb") as file:
        opening = Opening(file, keys, path.name)
        contents = loading.load(opening, alias, path.name, look)
        beat()
        if any(loading.differences(contents, alias)):
            raise unfaithful()
    return contents


def _private(data: Path) -> Path:
    """A folder to restore aside in: the site's own; where its disk is read only, when a backup is wanted most, the
    machine's temporary one, for a folder in it that others cannot open.
    """
    return data if takes_writing(data) else Path(tempfile.gettempdir())


def _write(file: BinaryIO, key: bytes, settings: Settings, beat: Beat) -> Contents:
    of_site = key_of_site(settings)
    with one_moment():
        nodes = tables.applied()
        heading = {
            "voices": __version__,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "migrations": nodes,
            "key": mark_of(keys_of(of_site)[0]) if of_site.exists() else "",
        }
        making = Making(file, key, heading, beat)
        for model in tables.models_at(nodes):
            making.table(model._meta.label_lower, map(tables.line, tables.read(model)))
    for name, path in kept_files(settings, of_site).items():
        making.file(name, path)
    return making.end()


def _publish(draft: Path, path: Path) -> None:
    """Nothing; the draft has that name, which nobody took meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        _refuse_to_replace(path)
    except OSError:  # a disk without links, as many USB sticks
        _refuse_to_replace(path)
        draft.rename(path)
    put_on_disk(path)


def _refuse_to_replace(path: Path) -> None:
    if path.exists():
        raise VoicesError(
            f"« {path} » existe déjà\u202f: une sauvegarde n’en remplace jamais une autre.",
            "Donner un autre nom avec --out.",
        )


def unfaithful() -> VoicesError:
    """What is told of a backup that does not come back as it was."""
    return VoicesError(
        "La sauvegarde, remise à part pour être vérifiée, n’est pas identique au site\u202f: elle n’est pas gardée.",
        "Recommencer ; si cela se répète, lancer « voices doctor --data DOSSIER » et vérifier le disque.",
    )
