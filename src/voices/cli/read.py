"""`voices read`: what can be read in a folder, file by file."""

from pathlib import Path
from typing import Annotated

import typer

from voices.cli import options, screen


def read(
    source: options.Source,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="ETUDE", help="Garder ce qui a été lu dans ce fichier.")
    ] = None,
    consent: options.ConsentOption = None,
    keep_names: options.KeepNames = False,
    interviewer: options.Interviewer = None,
    columns: options.Columns = None,
    key: options.Key = None,
    json: options.Json = False,
) -> None:
    """Lire des témoignages, remplacer les noms, et dire ce qu’il en est de chaque fichier.

    Exemple : voices read temoignages --out lecture.voices.json
    """
    from voices import coding, pipeline
    from voices.cli import summary
    from voices.domain import Study
    from voices.exchange import study as files

    chosen = options.choices(
        consent=consent,
        keep_names=keep_names,
        interviewer=interviewer,
        columns=columns,
        names_table=out.with_name(out.name + "-noms.chiffre") if out else None,
        key=key or options.settings().key,
    )
    with screen.progress() as watch:
        reading = pipeline.read(source, choices=chosen, watch=watch)
    if out:
        files.save(Study(reading, coding.codebook()), files.named(out))
    if json:
        screen.say_json(summary.files_as_json(reading))
        return
    summary.show_files(reading)
    summary.show_reading(reading)
