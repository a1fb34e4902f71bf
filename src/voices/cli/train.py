"""`voices train`: a coder from labelled passages, or one adapted to a person's decisions."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voices.cli import options, screen
from voices.errors import SettingsError

if TYPE_CHECKING:
    from voices.coding.comparing import Candidate


def train(
    out: Annotated[Path, typer.Option("--out", metavar="MODELE", help="Dossier où écrire le codeur.")],
    labelled: Annotated[
        Path | None,
        typer.Argument(metavar="PASSAGES", help="Passages codés, un par ligne (.jsonl).", show_default=False),
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="DECISIONS", help="Passages relus (.jsonl) : adapter le codeur au lieu d’en apprendre un."
        ),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option("--gold", metavar="PASSAGES", help="Avec --from : dire aussi ce qui serait oublié d’eux."),
    ] = None,
    adopt: Annotated[
        bool | None,
        typer.Option("--adopt/--refuse", help="Avec --from : répondre d’avance. Sans réponse, rien n’est adopté."),
    ] = None,
    replacing: Annotated[
        bool, typer.Option("--remplacer", help="Remplacer le codeur qui est déjà dans le dossier de --out.")
    ] = False,
    also: options.Also = None,
    fast: options.Fast = False,
    encoder: options.Encoder = None,
    coder: options.Coder = None,
    json: options.Json = False,
) -> None:
    """Apprendre à coder à partir de passages déjà codés, ou adapter le codeur à des décisions de relecture.

    Exemple : voices train corpora/gold/coded_passages.jsonl --out mon-modele

    Exemple : voices train --from decisions.jsonl --out mon-codeur
    """
    if (labelled is None) == (decisions is None):
        raise SettingsError(
            "Il faut des passages codés ou des décisions, pas les deux.", "Donner PASSAGES, ou --from DECISIONS."
        )
    if also and not labelled:
        raise SettingsError("--also va avec des passages à apprendre.", "Donner PASSAGES.")
    if fast and (encoder or not labelled):
        raise SettingsError("--rapide va avec des passages à apprendre, et sans --encoder.", "Retirer l’un ou l’autre.")
    if labelled and (gold or coder or json or adopt is not None):
        raise SettingsError("--gold, --coder, --adopt, --refuse et --json ne vont qu’avec --from.", "Donner --from.")
    if labelled:
        _learn(labelled, out, also, encoder, fast=fast, replacing=replacing)
    elif decisions:
        _adapt(decisions, out, gold=gold, adopt=adopt, replacing=replacing, encoder=encoder, coder=coder, json=json)


def _learn(labelled: Path, out: Path, also: Path | None, encoder: str | None, *, fast: bool, replacing: bool) -> None:
    from voices import learning

    settings = options.settings(encoder)
    with screen.progress() as watch:
        written = learning.train(
            labelled,
            out,
            also=also,
            fast=fast,
            replacing=replacing,
            processes=settings.threads,
            settings=settings,
            watch=watch,
        )
    screen.console().print(str(written), markup=False)


def _adapt(
    decisions: Path,
    out: Path,
    *,
    gold: Path | None,
    adopt: bool | None,
    replacing: bool,
    encoder: str | None,
    coder: Path | None,
    json: bool,
) -> None:
    from voices import learning

    learning.require_free(out, replacing=replacing)
    with screen.progress() as watch:
        candidate = learning.adapt(decisions, gold=gold, settings=options.settings(encoder, coder), watch=watch)
    if not json:
        screen.console().print(candidate.comparison.as_markdown(), markup=False)
    adopted = _asked() if adopt is None and sys.stdin.isatty() and not json else adopt
    if adopted:
        learning.adopt(candidate, out, replacing=replacing)
    if json:
        screen.say_json(_as_json(candidate, out, adopted=bool(adopted)))
    else:
        screen.console().print(_ending(out, adopted=adopted), markup=False)


def _asked() -> bool:
    answer = typer.prompt("Adopter le nouveau codeur ? [o/N]", default="", show_default=False, err=True)
    return str(answer).strip().lower() in {"o", "oui"}


def _ending(out: Path, *, adopted: bool | None) -> str:
    if adopted:
        return f"Adopté : {out}\nPour s’en servir : VOICES_CODEUR={out}, ou --coder {out}."
    if adopted is None:
        return "Rien n’est adopté, faute de réponse. Pour l’adopter : la même commande avec --adopt."
    return "Refusé : rien n’est écrit, le codeur reste celui d’avant."


def _as_json(candidate: "Candidate", out: Path, *, adopted: bool) -> dict[str, object]:
    return {
        "adopte": adopted,
        "dossier": str(out) if adopted else None,
        "comparaison": candidate.comparison.as_json(),
    }
