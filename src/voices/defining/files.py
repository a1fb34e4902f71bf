"""The book as files: TOML, which `voices` reads at a terminal; JSON; Markdown, for people. And back."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from voices.defining.book import Book
from voices.defining.written import read, written
from voices.domain import Code, OwnCode
from voices.errors import SettingsError

LARGEST = 1_000_000
"""Bytes of a file of codes."""
_TOPS = ("version", "not_coded", "rules")


def to_toml(book: Book) -> str:
    """TOML that serves twice: as a code book, and, by its [[code]] tables, as a file of codes for `--codes`."""
    said = written(book)
    lines = [f"{name} = {_value(said[name])}" for name in _TOPS if name in said]
    for code in said["codes"]:
        lines += ["", "[[codes]]", *_pairs(code)]
        for sub in code.get("subcodes", ()):
            lines += ["", "[[codes.subcodes]]", *_pairs(sub)]
    for own in said.get("own", ()):
        lines += ["", "[[code]]", *_pairs(own)]
    return "\n".join(lines) + "\n"


def to_json(book: Book) -> str:
    """JSON, the same words."""
    return json.dumps(written(book), ensure_ascii=False, indent=2) + "\n"


def to_markdown(book: Book) -> str:
    """The book to print and to hand over."""
    return "\n".join(_markdown(book)).replace("\n\n\n", "\n\n") + "\n"


def from_bytes(name: str, content: bytes) -> Book:
    """The book of a file that `to_toml` or `to_json` wrote, or a person. Raises SettingsError with what is wrong."""
    if len(content) > LARGEST:
        raise SettingsError("Ce fichier est trop gros pour être une grille.", "Choisir le fichier de la grille.")
    try:
        text = content.decode("utf-8-sig")
        said = json.loads(text) if name.lower().endswith(".json") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # of JSON, of TOML and of UTF-8
        raise SettingsError(
            "Ce fichier ne se lit pas comme une grille, en TOML ou en JSON.",
            "Partir du fichier que la page Grille exporte, et le corriger.",
        ) from error
    return read(said)


def _pairs(said: Mapping[str, Any]) -> Iterator[str]:
    for name, value in said.items():
        if name != "subcodes":
            yield f"{name} = {_value(value)}"


def _value(value: object) -> str:
    """A string or a list of strings: JSON writes them as TOML reads them, but for one character."""
    if isinstance(value, list):
        return "[\n" + "".join(f"  {_value(one)},\n" for one in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _markdown(book: Book) -> Iterator[str]:
    yield f"# Grille de codage {book.codebook.version}\n"
    for code in book.codebook.codes:
        yield f"## {code.label}\n\n*{code.motto}*\n"
        yield from _told(code)
        for sub in code.subcodes:
            yield f"### {sub.label} (`{sub.id}`)\n\n{sub.includes}\n"
            yield from _bullets("Exemples", sub.examples)
    if book.own:
        yield "## Codes ajoutés\n"
    for own in book.own:
        yield f"### {own.label} (`{own.id}`)\n"
        yield from _told(own)
    yield from _bullets("Ce qui ne se code pas", book.codebook.not_coded, level="## ")
    if book.codebook.rules:
        yield "## Règles\n"
        yield "\n".join(f"{rank}. {_line(rule)}" for rank, rule in enumerate(book.codebook.rules, start=1)) + "\n"


def _told(code: Code | OwnCode) -> Iterator[str]:
    yield f"**Présence.** {code.definition}\n"
    if code.lack:
        yield f"**Manque.** {code.lack}\n"
    yield from _bullets("Exemples", code.examples)
    yield from _bullets("Contre-exemples", code.counterexamples)


def _bullets(title: str, lines: Sequence[str], *, level: str = "") -> Iterator[str]:
    if lines:
        yield f"{level}{title}\n" if level else f"**{title}.**\n"
        yield "\n".join(f"- {_line(one)}" for one in lines) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())
