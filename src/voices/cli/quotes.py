"""`voices quotes`: what may be published."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from voices.cli import options, screen
from voices.domain import NO_THEMES, Purpose
from voices.errors import SettingsError


def quotes(
    source: options.Source,
    purpose: Annotated[
        str, typer.Option("--purpose", metavar="USAGE", help="citations_anonymes ou citations_prenom.")
    ] = Purpose.ANONYMOUS_QUOTES.value,
    channel: options.Channel = None,
    per_subject: Annotated[int, typer.Option("--number", min=1, help="Citations par code et par thème, au plus.")] = 5,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ETUDE", help="Garder l’étude et ses citations dans ce fichier.")
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option(
            "--noms",
            metavar="TABLE",
            help="Table des noms écrite par « voices run » : signer du prénom (avec --purpose citations_prenom).",
        ),
    ] = None,
    key: options.Key = None,
    encoder: options.Encoder = None,
    json: options.Json = False,
) -> None:
    """Choisir des citations, parmi les seuls témoignages dont le consentement permet cet usage.

    Exemple : voices quotes sortie --number 3
    """
    from voices import pipeline, signing
    from voices.cli import summary
    from voices.exchange import study as files

    wanted, settings, outlets = _purpose(purpose), options.settings(encoder), options.outlets(channel)
    if names and wanted is not Purpose.NAMED_QUOTES:
        raise SettingsError(
            "Des prénoms ne signent que des citations qui le permettent.", "Ajouter --purpose citations_prenom."
        )
    with screen.progress() as watch:
        study = pipeline.study_of(source, settings=settings, watch=watch)
        if study.themes == NO_THEMES:
            study = replace(study, themes=pipeline.themes(study, settings=settings, watch=watch))
        chosen = pipeline.quotes(
            study, purpose=wanted, outlets=outlets, per_subject=per_subject, settings=settings, watch=watch
        )
    study = replace(study, quotes=chosen)
    if out:
        files.save(study, files.named(out))  # unsigned: what is made of it is for any reader
    if names:
        study = replace(study, quotes=signing.signed(chosen, study, table=names, key=key or settings.key))
    if json:
        screen.say_json(summary.quotes_as_json(study))
        return
    summary.show_quotes(study)


def _purpose(word: str) -> Purpose:
    allowed = (Purpose.ANONYMOUS_QUOTES, Purpose.NAMED_QUOTES)
    if word not in allowed:
        raise SettingsError(f"Usage « {word} » inconnu.", f"Choisir parmi : {', '.join(allowed)}.")
    return Purpose(word)
