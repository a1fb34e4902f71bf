"""`voices serve`: the site, and the worker beside it, in one command."""

import os
from pathlib import Path
from typing import Annotated

import typer

from voices.errors import SettingsError

DEFAULT_PORT = 8000
REFUSED = 78
"""The status that sysexits.h gives to a wrong setting: starting again changes nothing, and the unit does not."""


def serve(
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Remplir un dossier neuf de témoignages d’exemple et d’un compte par rôle."),
    ] = False,
    port: Annotated[int, typer.Option("--port", metavar="PORT", help="Port où écouter.")] = DEFAULT_PORT,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DOSSIER", help="Dossier du site (base, clé) ; sinon celui de VOICES_DONNEES."),
    ] = None,
) -> None:
    """Ouvrir le site : déposer, relire, citer, dans un navigateur. Ctrl-C l’arrête.

    Exemple : voices serve --demo
    """
    from voices.cli import screen

    try:
        _open(port, data, demo=demo)
    except SettingsError as error:
        screen.say_problem(error)
        raise typer.Exit(REFUSED) from error


def _open(port: int, data: Path | None, *, demo: bool) -> None:
    os.environ["VOICES_DONNEES"] = str((data or _usual(demo)).expanduser().resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "voices.web.settings"
    from voices.cli import screen
    from voices.web import serving

    def say(line: str) -> None:
        screen.console().print(line, markup=False)

    serving.run(port, demo=demo, say=say)


def _usual(demo: bool) -> Path:
    """The folder of the settings; one beside it for the demo, so that it never mixes with the real thing."""
    from voices.cli import options

    folder = options.settings().data
    return folder.with_name(f"{folder.name}-demo") if demo else folder
