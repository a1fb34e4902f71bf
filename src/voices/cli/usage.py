"""Mistakes in a command line, told in French: Typer writes its own in English."""

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

_SENTENCES = {
    "MissingParameter": "Il manque {what}.",
    "NoSuchOption": "L’option {what} n’existe pas.",
    "BadParameter": "La valeur donnée à {what} ne convient pas{expected}.",
    "BadOptionUsage": "L’option {what} demande une valeur.",
}


class FrenchCommand(TyperCommand):
    """A command whose help option speaks French."""

    def get_help_option(self, ctx: Any) -> Any:
        """The help option, with its own help in French."""
        return _in_french(super().get_help_option(ctx))


class FrenchGroup(TyperGroup):
    """A group whose help option speaks French."""

    def get_help_option(self, ctx: Any) -> Any:
        """The help option, with its own help in French."""
        return _in_french(super().get_help_option(ctx))


def _in_french(option: Any) -> Any:
    if option is not None:
        option.help = "Afficher cette aide."
    return option


def explain(error: TyperException) -> str:
    """What is wrong in the command line and how to get help, in French."""
    sentence = (
        _SENTENCES.get(type(error).__name__, "").format(what=_what(error), expected=_expected(error))
        or error.format_message().split(" Did you")[0]
    )
    sentence = re.sub(r"'(.*?)'", r"« \1 »", sentence)
    return f"Problème : {sentence}\nQue faire : voir l’aide avec « {_command(error)} --help »."


def _what(error: TyperException) -> str:
    option = getattr(error, "option_name", None)
    parameter: Any = getattr(error, "param", None)
    if option or parameter is None:
        return str(option or "un argument")
    names = [name for name in parameter.opts if name.startswith("-")]
    return names[0] if names else str(parameter.metavar or parameter.name)


def _expected(error: TyperException) -> str:
    """What value the option takes, where it is a number."""
    kind: Any = getattr(getattr(error, "param", None), "type", None)
    number = {"int": "un nombre entier", "integer": "un nombre entier", "float": "un nombre"}.get(
        str(getattr(kind, "name", "")).removesuffix(" range")
    )
    if number is None:
        return ""
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None and high is not None:
        return f" : il faut {number}, de {low} à {high}"
    return f" : il faut {number}" + (f", {low} ou plus" if low is not None else "")


def _command(error: TyperException) -> str:
    context: Any = getattr(error, "ctx", None)
    return str(context.command_path) if context else "voices"
