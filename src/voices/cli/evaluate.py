"""`voices evaluate`: the coder's figures."""

from pathlib import Path
from typing import Annotated

import typer

from voices.cli import options, screen


def evaluate(
    labelled: Annotated[
        Path, typer.Argument(metavar="PASSAGES", help="Passages codés, un par ligne (.jsonl).", show_default=False)
    ],
    folds: Annotated[int, typer.Option("--folds", min=2, help="Nombre de parts de la validation croisée.")] = 5,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PAGE", help="Écrire les tableaux dans ce fichier .md.")
    ] = None,
    encoder: options.Encoder = None,
    json: options.Json = False,
) -> None:
    """Mesurer le codeur, sans jamais le juger sur un témoignage qu’il a déjà lu.

    Exemple : voices evaluate corpora/gold/coded_passages.jsonl --out docs/evaluation.md
    """
    from voices import pipeline

    with screen.progress() as watch:
        figures = pipeline.evaluate(labelled, folds=folds, settings=options.settings(encoder), watch=watch)
    if out:
        out.write_text(figures.as_markdown(), encoding="utf-8")
    if json:
        screen.say_json(figures.as_json())
    elif not out:
        screen.console().print(figures.as_markdown(), markup=False)
