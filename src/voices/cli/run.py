"""`voices run`: the whole work, from a folder to a report."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from voices.cli import options, screen


def run(
    source: options.Source,
    out: Annotated[Path, typer.Option("--out", metavar="SORTIE", help="Dossier où écrire le rapport et les tableaux.")],
    title: options.Title = options.DEFAULT_TITLE,
    before: options.Before = None,
    consent: options.ConsentOption = None,
    channel: options.Channel = None,
    keep_names: options.KeepNames = False,
    interviewer: options.Interviewer = None,
    columns: options.Columns = None,
    key: options.Key = None,
    encoder: options.Encoder = None,
    coder: options.Coder = None,
    thresholds: options.Thresholds = None,
    codes: options.Codes = None,
    decisions: options.Decisions = None,
    json: options.Json = False,
) -> None:
    """Tout faire : lire, remplacer les noms, coder, trouver thèmes et citations, écrire le rapport.

    Exemple : voices run temoignages --out sortie
    """
    from voices import pipeline
    from voices.cli import summary

    names_table = out.with_name(out.name + "-noms.chiffre")
    chosen = options.choices(
        consent=consent,
        keep_names=keep_names,
        interviewer=interviewer,
        columns=columns,
        names_table=names_table,
        key=key or options.settings().key,
    )
    settings = options.settings(encoder, coder, thresholds)
    own, outlets = options.own(codes, decisions), options.outlets(channel)
    with _no_table_alone(names_table, out), screen.progress() as watch:
        study = pipeline.run(
            source,
            out,
            choices=chosen,
            settings=settings,
            title=title,
            own=own,
            before=before,
            outlets=outlets,
            watch=watch,
        )
    if json:
        screen.say_json(summary.as_json(study, out=out))
        return
    summary.show(study)
    summary.show_where(out, names_table=names_table if names_table.exists() else None)


@contextmanager
def _no_table_alone(names_table: Path, out: Path) -> Iterator[None]:
    """What is stopped before it has written anything else leaves no table of real names behind."""
    there = names_table.exists() or out.exists()
    try:
        yield
    except BaseException:
        if not there and not out.exists():
            names_table.unlink(missing_ok=True)
        raise
