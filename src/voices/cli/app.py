"""The application: its commands by table, and errors told as sentences."""

import gc
import sys
import traceback
from importlib import import_module
from typing import NoReturn

import typer
from typer.exceptions import TyperException

from voices import __version__
from voices.cli.screen import errors, say_problem
from voices.cli.usage import FrenchCommand, FrenchGroup, explain
from voices.errors import VoicesError

COMMANDS = (
    "run",
    "read",
    "code",
    "themes",
    "lexicon",
    "quotes",
    "report",
    "serve",
    "backup",
    "restore",
    "droits",
    "cle",
    "compte",
    "train",
    "evaluate",
    "doctor",
)
"""Each is a module of this room with a function of the same name, or a group of functions."""

INTERRUPTED = 130

HELP = """voices : des témoignages aux passages codés, aux thèmes, aux citations et au rapport.

Tout se passe sur cet ordinateur : rien n’est envoyé nulle part.

Pour commencer : voices run MON_DOSSIER --out SORTIE"""

app = typer.Typer(
    help=HELP,
    cls=FrenchGroup,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"voices {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_say_version, is_eager=True, help="Dire la version."),
) -> None:
    del version
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


for _name in COMMANDS:
    _found = getattr(import_module(f"voices.cli.{_name}"), _name)
    if isinstance(_found, typer.Typer):
        app.add_typer(_found, name=_name)
    else:
        app.command(_name, cls=FrenchCommand)(_found)


def start() -> NoReturn:
    """Runs the command and exits with its code. No traceback is shown: it could hold a testimony's words."""
    try:
        code = app(standalone_mode=False)
    except VoicesError as error:
        say_problem(error)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except typer.Exit as end:
        code = end.exit_code
    except TyperException as error:
        errors().print(explain(error), highlight=False, markup=False)
        sys.exit(2)
    except Exception as error:  # the last door: whatever comes, no testimony's words on the screen
        errors().print(_unexpected(error), highlight=False, markup=False)
        sys.exit(3)
    if code == INTERRUPTED:  # Typer makes this code of Ctrl-C
        errors().print("Interrompu. Aucun fichier n’est resté à moitié écrit.")
    gc.freeze()  # or the interpreter walks through the models once more before it ends: 0.3 s of a cold page
    sys.exit(code if isinstance(code, int) else 0)


def _unexpected(error: Exception) -> str:
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{where.filename.rsplit('/', 1)[-1]}, ligne {where.lineno}"
    return (
        f"Problème inattendu : {type(error).__name__} ({place}).\n"
        "Que faire : lancer « voices doctor », puis signaler ce message ; il ne contient aucun mot des témoignages."
    )
