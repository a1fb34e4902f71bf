"""`voices themes`: what people speak of."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from voices.cli import options, screen


def themes(
    source: options.Source,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ETUDE", help="Garder l’étude et ses thèmes dans ce fichier.")
    ] = None,
    encoder: options.Encoder = None,
    json: options.Json = False,
) -> None:
    """Trouver les thèmes d’un dossier de témoignages ou d’une étude déjà codée.

    Exemple : voices themes sortie
    """
    from voices import pipeline
    from voices.cli import summary
    from voices.exchange import study as files

    settings = options.settings(encoder)
    with screen.progress() as watch:
        study = pipeline.study_of(source, settings=settings, watch=watch)
        study = replace(study, themes=pipeline.themes(study, settings=settings, watch=watch))
    if out:
        files.save(study, files.named(out))
    if json:
        screen.say_json(summary.themes_as_json(study))
        return
    summary.show_themes(study)
