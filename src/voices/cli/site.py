"""What commands on a site's folder share: which folder, and Django made ready for it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voices.errors import VoicesError

if TYPE_CHECKING:
    from voices.settings import Settings

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DOSSIER", help="Dossier du site (base, clé) ; sinon celui de VOICES_DONNEES."),
]
Key = Annotated[
    Path | None,
    typer.Option("--key", metavar="FICHIER", help="Clé qui ferme ou ouvre la sauvegarde ; sinon celle du site."),
]

_UNIT = Path("/etc/systemd/system/voices.service")
"""Of a server set up as docs/guide/serveur.md says."""


def of_the_unit(data: Path) -> bool:
    """Whether that folder is the one that the unit of this machine opens: its commands are then not the plain ones."""
    try:
        return f"WorkingDirectory={data}" in _UNIT.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False


def command(data: Path) -> str:
    """How `voices` is called for that folder on this machine."""
    return "sudo voices-site" if of_the_unit(data) else "voices"


def folder_of(data: Path | None) -> Path:
    """The folder that was given; that of the settings where none was."""
    from voices.cli import options

    return (data or options.settings().data).expanduser().resolve()


def opened(data: Path | None, *, new: bool = False) -> "Settings":
    """The settings of the site in that folder, whose base can now be asked. `new`: it may be an empty folder.

    Raises VoicesError where there is no site.
    """
    folder = folder_of(data)
    if not new and not os.environ.get("VOICES_BASE") and not (folder / "voices.sqlite3").exists():
        if (folder / "cle").exists() or (folder / "sauvegardes").is_dir():
            raise VoicesError(
                f"La base du site n’est plus dans « {folder} », où il y a encore sa clé ou ses sauvegardes.",
                "La remettre si elle a été déplacée (voices.sqlite3) ; sinon, restaurer la dernière sauvegarde : "
                f"voices restore SAUVEGARDE --data {folder}",
            )
        raise VoicesError(
            f"Il n’y a pas de site dans « {folder} ».", "Donner le dossier du site avec --data, ou VOICES_DONNEES."
        )
    os.environ["VOICES_DONNEES"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "voices.web.settings"
    import django
    from django.conf import settings

    django.setup()
    found: Settings = settings.VOICES
    return found
