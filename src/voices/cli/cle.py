"""`voices cle`: the key that closes real names, and how to change it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from voices.cli import options, screen, site
from voices.errors import VoicesError


def cle(
    tables: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[TABLE]...", help="Tables de noms (SORTIE-noms.chiffre) que la clé ferme."),
    ] = None,
    renew: Annotated[
        bool, typer.Option("--renouveler", help="Changer la clé : tout est refermé avec une clé nouvelle.")
    ] = False,
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FICHIER", help="Clé des tables ; sinon celle de VOICES_CLE.")
    ] = None,
    data: site.Data = None,
    json: options.Json = False,
) -> None:
    """Changer la clé qui ferme les vrais noms : celle des tables données, ou, avec --data, celle d’un site.

    Exemple : voices cle --renouveler SORTIE-noms.chiffre
    """
    if not renew or not (tables or data):
        raise VoicesError(
            "Rien à faire : dire ce qu’il faut refermer.",
            "Écrire voices cle --renouveler, suivi des tables de noms, ou de --data DOSSIER pour un site.",
        )
    count, aside = 0, None
    if tables:
        count, aside = _of_tables(tables, key or options.settings().key)
    if data:
        found = site.opened(data)
        from voices.receiving import rekeying

        more, aside = rekeying.renew(found, datetime.now())
        count += more
    if json:
        screen.say_json({"sealed": count, "old_key": aside})
        return
    say = screen.console().print
    say(f"Clé changée : {count} contenus refermés avec la nouvelle.", markup=False)
    say(f"L’ancienne est dans {aside}. Elle n’ouvre plus que les sauvegardes et les copies d’avant :", markup=False)
    say("gardez-la ailleurs aussi longtemps qu’elles, puis effacez-la.", markup=False)


def _of_tables(tables: list[Path], key: Path) -> tuple[int, Path]:
    """How many tables were sealed anew, and where the old key is. Both keys are kept until the last is done."""
    from voices.privacy import keys
    from voices.privacy.table import renew_table

    keys.renew(key)
    count = sum(renew_table(table, key_file=key) for table in tables)
    aside = key.with_name(f"{key.name}.ancienne-{datetime.now():%Y-%m-%d-%H%M%S}")
    keys.retire(key, aside)
    return count, aside
