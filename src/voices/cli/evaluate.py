"""`voices evaluate`: the coder's figures."""

import os
import platform
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voices.cli import options, screen
from voices.errors import SettingsError

if TYPE_CHECKING:
    from voices.coding.figures import Evaluation


def evaluate(
    labelled: Annotated[
        Path | None,
        typer.Argument(metavar="PASSAGES", help="Passages codés, un par ligne (.jsonl), pour une validation croisée."),
    ] = None,
    on: Annotated[
        Path | None,
        typer.Option("--on", metavar="PASSAGES", help="Juger le codeur livré sur ces passages, qu’il n’a jamais lus."),
    ] = None,
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
    source = on or labelled
    if source is None or (on and labelled):
        raise SettingsError("Il faut un fichier de passages codés, et un seul.", "Donner PASSAGES, ou --on PASSAGES.")
    figures = _figures(source, trained=on is not None, folds=folds, encoder=encoder)
    page = figures.as_markdown() + _where_and_when(source)
    if out:
        out.write_text(page, encoding="utf-8")
    if json:
        screen.say_json(figures.as_json())
    elif not out:
        screen.console().print(page, markup=False)


def _figures(source: Path, *, trained: bool, folds: int, encoder: str | None) -> "Evaluation":
    from voices import pipeline

    settings = options.settings(encoder)
    with screen.progress() as watch:
        if trained:
            return pipeline.evaluate_on(source, settings=settings)
        return pipeline.evaluate(source, folds=folds, settings=settings, watch=watch)


def _where_and_when(source: Path) -> str:
    machine = f"{os.cpu_count()} cœurs, {platform.machine()}, {platform.system()}, sans GPU"
    return f"\n## Où et quand\n\nMesuré le {date.today().isoformat()} sur `{source}`, {machine}.\n"
