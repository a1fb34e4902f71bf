"""A coder put in a folder whole, or not at all."""

import shutil
from pathlib import Path

from voices.coding import storage
from voices.coding.model import CoderModel
from voices.errors import SettingsError


def require_free(folder: Path) -> None:
    """Raises SettingsError where something is already there: no coder is ever replaced in silence."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingsError(f"« {folder} » existe déjà et n’est pas vide.", "Choisir un autre dossier avec --out.")


def adopt(model: CoderModel, folder: Path) -> str:
    """The revision of the coder, written beside the folder, then moved there at one stroke.

    Raises SettingsError where something is already there.
    """
    require_free(folder)
    draft = folder.with_name(f".{folder.name}.brouillon")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        revision = storage.save(model, draft)
        if folder.is_dir():
            folder.rmdir()
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return revision
