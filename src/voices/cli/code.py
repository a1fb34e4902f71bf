"""`voices code`: passages and their codes."""

from pathlib import Path
from typing import Annotated

import typer

from voices.cli import options, screen


def code(
    source: options.Source,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ETUDE", help="Garder les passages codés dans ce fichier.")
    ] = None,
    consent: options.ConsentOption = None,
    keep_names: options.KeepNames = False,
    interviewer: options.Interviewer = None,
    columns: options.Columns = None,
    encoder: options.Encoder = None,
    coder: options.Coder = None,
    thresholds: options.Thresholds = None,
    codes: options.Codes = None,
    decisions: options.Decisions = None,
    json: options.Json = False,
) -> None:
    """Découper en passages et les coder : Accueil, Appartenance, Action.

    Exemple : voices code lettre.docx
    """
    from voices import pipeline
    from voices.cli import summary
    from voices.exchange import study as files

    chosen = options.choices(consent=consent, keep_names=keep_names, interviewer=interviewer, columns=columns)
    own = options.own(codes, decisions)
    with screen.progress() as watch:
        settings = options.settings(encoder, coder, thresholds)
        study = pipeline.study_of(source, choices=chosen, settings=settings, own=own, watch=watch)
    if out:
        files.save(study, files.named(out))
    if json:
        screen.say_json(summary.passages_as_json(study))
    elif out:
        summary.show(study)
    else:
        summary.show_passages(study)
