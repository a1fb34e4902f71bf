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
    from voices.settings import Settings

DIAGRAM = Path("images") / "fiabilite.svg"
SETFIT = Path("measures") / "setfit.json"
"""Beside the page: where the diagram goes, and where `python -m benchmarks.setfit` leaves its figures."""


def evaluate(
    labelled: Annotated[
        Path | None,
        typer.Argument(metavar="PASSAGES", help="Passages codés, un par ligne (.jsonl), pour une validation croisée."),
    ] = None,
    on: Annotated[
        Path | None,
        typer.Option(
            "--on",
            metavar="PASSAGES",
            help="Juger un codeur (le livré, ou --coder) sur ces passages, qu’il n’a jamais lus.",
        ),
    ] = None,
    folds: Annotated[int, typer.Option("--folds", min=2, help="Nombre de parts de la validation croisée.")] = 5,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="PAGE", help="Écrire la page .md, et à côté images/fiabilite.svg."),
    ] = None,
    card: Annotated[
        Path | None,
        typer.Option("--card", metavar="FICHE", help="Mettre à jour les chiffres dans la fiche card.md d’un codeur."),
    ] = None,
    also: options.Also = None,
    fast: options.Fast = False,
    encoder: options.Encoder = None,
    coder: options.Coder = None,
    json: options.Json = False,
) -> None:
    """Mesurer le codeur, sans jamais le juger sur un témoignage qu’il a déjà lu.

    Exemple : voices evaluate corpora/gold/coded_passages.jsonl --out docs/evaluation.md

    Exemple : voices evaluate --on mes-passages.jsonl --coder mon-codeur
    """
    source = on or labelled
    if source is None or (on and labelled):
        raise SettingsError("Il faut un fichier de passages codés, et un seul.", "Donner PASSAGES, ou --on PASSAGES.")
    if also and on:
        raise SettingsError("Avec --on, rien n’est appris : --also n’a pas de sens.", "Retirer --also.")
    if fast and (on or encoder):
        raise SettingsError("--rapide ne va ni avec --on, ni avec --encoder.", "Retirer l’un ou l’autre.")
    if coder and not on:
        raise SettingsError(
            "--coder ne va qu’avec --on : sans lui, des codeurs sont appris pour être jugés.", "Donner --on PASSAGES."
        )
    if card and not card.is_file():
        raise SettingsError(f"La fiche « {card} » n’existe pas.", "Donner le card.md d’un codeur.")
    settings = options.settings(encoder, coder)
    figures = _figures(source, settings, trained=on is not None, folds=folds, also=also, fast=fast)
    if card:
        _refresh(card, figures, source)
    if out:
        _write(out, figures, source)
    if json:
        screen.say_json(figures.as_json())
    elif not out:
        from voices.coding.page import page

        screen.console().print(page(figures) + _section(source), markup=False)


def _figures(
    source: Path, settings: "Settings", *, trained: bool, folds: int, also: Path | None, fast: bool
) -> "Evaluation":
    from voices import learning

    with screen.progress(lines=True) as watch:
        if trained:
            return learning.evaluate_on(source, settings=settings)
        return learning.evaluate(
            source, folds=folds, also=also, fast=fast, processes=settings.threads, settings=settings, watch=watch
        )


def _write(out: Path, figures: "Evaluation", source: Path) -> None:
    """The page, and the diagram beside it."""
    from voices.coding import elsewhere
    from voices.coding.diagram import reliability
    from voices.coding.page import headline, page

    ways = elsewhere.read(out.parent / SETFIT) if figures.new_voices else ()
    diagram = out.parent / DIAGRAM
    diagram.parent.mkdir(parents=True, exist_ok=True)
    diagram.write_text(reliability(headline(figures).reliability), encoding="utf-8")
    text = page(figures, elsewhere=ways, diagram=DIAGRAM.as_posix())
    out.write_text(text + _section(source), encoding="utf-8")


def _refresh(card: Path, figures: "Evaluation", source: Path) -> None:
    from voices.coding.page import with_figures

    text = card.read_text(encoding="utf-8")
    card.write_text(with_figures(text, figures, source=_where_and_when(source)), encoding="utf-8")


def _section(source: Path) -> str:
    return f"\n## Où et quand\n\n{_where_and_when(source)}\n"


def _where_and_when(source: Path) -> str:
    machine = f"{os.cpu_count()} cœurs, {_processor()}, {platform.system()}, sans GPU"
    return f"Mesuré le {date.today().isoformat()} sur `{source}`, {machine}."


def _processor() -> str:
    """The processor's name where the system tells it, its family elsewhere."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
