"""`voices report`: the report of a study, written again."""

from pathlib import Path
from typing import Annotated

import typer

from voices.cli import options, screen
from voices.errors import VoicesError


def report(
    source: options.Source,
    out: Annotated[
        Path, typer.Option("--out", metavar="RAPPORT", help="Fichier à écrire : .html, .docx, .pdf ou .md.")
    ] = Path("rapport.html"),
    title: options.Title = options.DEFAULT_TITLE,
    before: options.Before = None,
    channel: options.Channel = None,
    unstable: Annotated[
        bool,
        typer.Option("--instables", help="Montrer aussi les thèmes instables, que d’autres tirages ne redonnent pas."),
    ] = False,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="PLAN.toml", help="Parties du rapport, leur ordre, et mots de l’équipe."),
    ] = None,
) -> None:
    """Écrire le rapport d’une étude déjà faite.

    La fin du nom dit la forme : .html à lire, .docx à modifier, .pdf à imprimer, .md en Markdown.

    Exemple : voices report sortie --out rapport.docx --title "Six lieux, trois ans"
    """
    from voices import pipeline

    study = pipeline.saved_study(source)
    if study is None or not study.codings:
        raise VoicesError(
            f"« {source} » n’est pas une étude codée.", "La faire d’abord : voices run MON_DOSSIER --out SORTIE."
        )
    outlets = options.outlets(channel)
    written = pipeline.report(study, out, title=title, unstable=unstable, before=before, plan=plan, outlets=outlets)
    screen.console().print(str(written), markup=False)
