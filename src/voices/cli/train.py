"""`voices train`: a coder from labelled passages."""

from pathlib import Path
from typing import Annotated

import typer

from voices.cli import options, screen


def train(
    labelled: Annotated[
        Path, typer.Argument(metavar="PASSAGES", help="Passages codés, un par ligne (.jsonl).", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MODELE", help="Dossier où écrire le codeur.")],
    encoder: options.Encoder = None,
) -> None:
    """Apprendre à coder à partir de passages déjà codés.

    Exemple : voices train corpora/gold/coded_passages.jsonl --out mon-modele
    """
    from voices import pipeline

    with screen.progress() as watch:
        written = pipeline.train(labelled, out, settings=options.settings(encoder), watch=watch)
    screen.console().print(str(written), markup=False)
