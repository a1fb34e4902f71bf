"""A coder put in a folder whole, or not at all."""

import shutil
from pathlib import Path

from voices.coding import storage
from voices.coding.model import CoderModel
from voices.errors import SettingsError


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
    Raises SettingsError where the folder is taken (see `require_free`).
    """
    require_free(folder, replacing=replacing)
    folder = folder.resolve()
    draft = folder.with_name(f".{folder.name}.brouillon")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        revision = storage.save(model, draft)
        if folder.is_dir():
            for name in storage.FILES:
                (draft / name).replace(folder / name)
        else:
            draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return revision
