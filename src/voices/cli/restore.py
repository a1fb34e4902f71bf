"""`voices restore`: a backup put back, in a new folder or in place of what is there, which is kept."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voices.cli import options, screen, site

if TYPE_CHECKING:
    from voices.safekeeping.restoring import Restored


def restore(
    backup: Annotated[Path, typer.Argument(metavar="SAUVEGARDE", help="La sauvegarde.", show_default=False)],
    data: site.Data = None,
    key: site.Key = None,
    replacing: Annotated[
        bool, typer.Option("--remplacer", help="Remplacer le site qui est là ; il est gardé de côté.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Remettre un site comme il était à sa sauvegarde. Tout est vérifié d’abord ; ce qui est là n’est jamais effacé.

    Exemple : voices restore site.sauvegarde --data dossier-neuf --key cle
    """
    os.umask(0o077)  # what is written here is for its owner alone, the base too
    from voices.safekeeping.refused import nothing_left

    folder = site.folder_of(data)
    with nothing_left(folder):
        settings = site.opened(folder, new=True)
        from voices.safekeeping import restoring

        done = restoring.restore(backup.expanduser().absolute(), settings, key=key, replacing=replacing)
    from voices.rights import remembered
    from voices.rights.erasing import erased_anew

    awaited = not remembered.restored(settings)
    erased = erased_anew(settings)
    if not awaited:
        remembered.no_longer_awaited(settings)
    if json:
        screen.say_json(
            {
                "made_at": done.made_at,
                "rows": done.rows,
                "files": done.files,
                "former": done.former,
                "erased": len(erased),
                "erasures_known": not awaited,
            }
        )
    else:
        _tell(done, settings.data)
        if erased:
            screen.console().print(f"Effacés depuis cette sauvegarde, et effacés de nouveau : {len(erased)}.")
    if awaited:
        _warn(settings.data)


def _warn(data: Path) -> None:
    """On the screen of errors: it is told to who asked for JSON too."""
    command = f"{site.command(data)} droits liste --data {data}"
    say = screen.errors().print
    for line in (
        "",
        "ATTENTION : LA LISTE DES EFFACEMENTS MANQUE.",
        "Elle dit quels témoignages ont été effacés à la demande des personnes. Sans elle, ceux qui l’ont été depuis "
        "cette sauvegarde reviennent, et personne ne le voit.",
        "Elle est sur la machine d’avant, dans le dossier du site : .effacements.jsonl (sur un serveur, "
        "/var/lib/voices/.effacements.jsonl), ou avec vos copies.",
        f"La donner avant d’ouvrir le site : {command} FICHIER",
        f"Si personne n’a jamais été effacé : {command} --aucune",
    ):
        say(line, markup=False, highlight=False, soft_wrap=True)


def _tell(done: "Restored", data: Path) -> None:
    say = screen.console().print
    made = datetime.fromisoformat(done.made_at).astimezone()
    say(f"Le site est comme il était le {made:%d/%m/%Y à %H:%M} : {done.rows} lignes, {done.files} fichiers.")
    if done.former:
        say(f"Ce qui était là avant est gardé : {done.former}", markup=False)
    if done.coder:
        say(f"Le codeur que vous aviez adapté est dans {done.coder} : donnez-le avec VOICES_CODEUR.", markup=False)
    opening = "sudo systemctl start voices" if site.of_the_unit(data) else f"voices serve --data {data}"
    say(f"L’ouvrir : {opening}", markup=False)
    say("Chacun devra se connecter de nouveau. Un site ouvert ailleurs sur la même base doit être redémarré.")
