"""A coder put in a folder whole, or not at all: a power cut at any moment leaves the former, or the new one."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from voices.coding import storage
from voices.coding.model import CoderModel
from voices.errors import ModelError, SettingsError


def require_free(folder: Path, *, replacing: bool = False) -> None:
    """Raises SettingsError where something is already there: a coder, unless `replacing`; anything else, always."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not storage.is_coder(folder):
        raise SettingsError(
            f"« {folder} » existe déjà, et ce n’est pas un codeur : rien n’y est écrit.",
            "Choisir un autre dossier avec --out.",
        )
    if not replacing:
        raise SettingsError(
            f"« {folder} » existe déjà : c’est un codeur, et il serait remplacé.",
            "Choisir un autre dossier avec --out, ou ajouter --remplacer pour remplacer ce codeur.",
        )


def adopt(model: CoderModel, folder: Path, *, replacing: bool = False) -> str:
    """The revision of the coder, written beside the folder, then moved there.

    `replacing`, it takes the place of the coder there; a file that is not a coder's stays.
    Raises SettingsError where the folder is taken (see `require_free`), ModelError where the disk refuses.
    """
    require_free(folder, replacing=replacing)
    folder = folder.resolve()
    draft = folder.with_name(f".{folder.name}.brouillon")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        revision = storage.save(model, draft)
        _put_on_disk(*draft.iterdir(), draft)
        if folder.is_dir():
            _take_in(folder)  # what a run that was killed left there
            draft.rename(folder / storage.INCOMING)  # from now on the coder of that folder is this one
            _put_on_disk(folder)
            with suppress(OSError):  # it is read as well from where it is
                _take_in(folder)
        else:
            draft.rename(folder)
            _put_on_disk(folder.parent)
    except OSError as error:
        raise _refused(folder, error) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return revision


def _take_in(folder: Path) -> None:
    """Nothing; what was about to take the place of the coder there has it."""
    incoming = folder / storage.INCOMING
    if not incoming.is_dir():
        return
    for name in storage.FILES:
        if (incoming / name).exists():
            (incoming / name).replace(folder / name)
    _put_on_disk(folder)
    incoming.rmdir()


def _put_on_disk(*paths: Path) -> None:
    """Nothing; what is there, files and names, outlives a power cut. Windows flushes only what is being written."""
    for path in paths if os.name != "nt" else ():
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _refused(folder: Path, error: OSError) -> ModelError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    why = "le disque est plein" if full else "le disque a refusé d’écrire"
    return ModelError(
        f"Le codeur n’a pas pu être écrit dans « {folder} »\u202f: {why}. S’il y en avait un, il est intact.",
        f"{'Faire de la place' if full else 'Vérifier que ce dossier s’ouvre en écriture'}, puis recommencer.",
    )
