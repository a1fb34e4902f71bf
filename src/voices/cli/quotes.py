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
    encoder: options.Encoder = None,
    json: options.Json = False,
) -> None:
    """Choisir des citations, parmi les seuls témoignages dont le consentement permet cet usage.

    Exemple : voices quotes sortie --number 3
    """
    from voices import pipeline
    from voices.cli import summary
    from voices.exchange import study as files

    wanted, settings, outlets = _purpose(purpose), options.settings(encoder), options.outlets(channel)
    with screen.progress() as watch:
        study = pipeline.study_of(source, settings=settings, watch=watch)
        if study.themes == NO_THEMES:
            study = replace(study, themes=pipeline.themes(study, settings=settings, watch=watch))
        chosen = pipeline.quotes(
            study, purpose=wanted, outlets=outlets, per_subject=per_subject, settings=settings, watch=watch
        )
    study = replace(study, quotes=chosen)
    if out:
        files.save(study, files.named(out))
    if json:
        screen.say_json(summary.quotes_as_json(study))
        return
    summary.show_quotes(study)


def _purpose(word: str) -> Purpose:
    allowed = (Purpose.ANONYMOUS_QUOTES, Purpose.NAMED_QUOTES)
    if word not in allowed:
        raise SettingsError(f"Usage « {word} » inconnu.", f"Choisir parmi : {', '.join(allowed)}.")
    return Purpose(word)
