"""`voices backup`: the whole site in one encrypted file, made while it runs, and proved."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voices.cli import options, screen, site

if TYPE_CHECKING:
    from voices.safekeeping.backing_up import Backup


def backup(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FICHIER", help="Où l’écrire ; sinon, avec les autres sauvegardes du site."),
    ] = None,
    data: site.Data = None,
    key: site.Key = None,
    json: options.Json = False,
) -> None:
    """Sauvegarder le site, même ouvert, en un fichier chiffré. Elle est vérifiée avant d’être annoncée.

    Exemple : voices backup --out /media/cle-usb/site.sauvegarde
    """
    settings = site.opened(data)
    from voices.receiving.sealing import key_file
    from voices.safekeeping import backing_up, places

    path = out or places.folder_of(settings) / f"voices-{datetime.now():%Y-%m-%d-%H%M%S}{places.SUFFIX}"
    made = backing_up.back_up(path.expanduser().absolute(), settings, key=key)
    if json:
        screen.say_json({"path": made.path, "bytes": made.size, "rows": made.rows, "files": made.files})
    else:
        _tell(made, key or key_file(settings))


def _tell(made: "Backup", key: Path) -> None:
    say = screen.console().print
    say(f"Sauvegarde faite : {made.path} ({_size(made.size)})", markup=False)
    say(f"Vérifiée : remise à part et comparée, {made.rows} lignes et {made.files} fichiers.", markup=False)
    say(f"La clé n’y est pas. Sans elle, personne ne l’ouvrira, vous non plus : copiez {key} ailleurs.", markup=False)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} Mo".replace(".", ",") if count > 1e5 else f"{count / 1e3:.0f} Ko"
