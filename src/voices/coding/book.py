"""The code book: codes, sub-codes, what is not coded, rules at the borders. Standard library only."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from voices.domain import Code, Codebook, Subcode
from voices.errors import SettingsError

SHIPPED = Path(__file__).with_name("codebook.toml")
_CODE_TEXTS = ("id", "label", "motto", "definition", "lack")
_CODE_LISTS = ("examples", "counterexamples")
_SUBCODE_TEXTS = ("id", "label", "includes")


def read_codebook(path: Path | None = None) -> Codebook:
    """The code book of that TOML file, or the shipped one (3A, version 1.2).

    Raises SettingsError when the file cannot be read, or with every fault found in it.
    """
    path = SHIPPED if path is None else path
    return codebook_of(_parse(path), path.name)


def codebook_of(data: Mapping[str, Any], name: str = "donnée") -> Codebook:
    """The code book that such a mapping describes. Raises SettingsError with every fault found in it."""
    faults = list(_faults(data))
    if faults:
        raise SettingsError(f"La grille {name} a des défauts : {' ; '.join(faults)}.", "Corriger ce fichier.")
    return Codebook(
        version=data["version"],
        codes=tuple(_code(code) for code in data["codes"]),
        not_coded=tuple(data.get("not_coded", ())),
        rules=tuple(data.get("rules", ())),
    )


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"La grille {path.name} ne s’ouvre pas.", "Vérifier le chemin donné.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"La grille {path.name} n’est pas du TOML en UTF-8 : {error}.", "Corriger ce fichier."
        ) from error


def _code(data: Mapping[str, Any]) -> Code:
    subcodes = tuple(
        Subcode(id=sub["id"], label=sub["label"], includes=sub["includes"], examples=tuple(sub.get("examples", ())))
        for sub in data.get("subcodes", ())
    )
    examples, counterexamples = (tuple(data.get(name, ())) for name in _CODE_LISTS)
    texts = {name: data[name] for name in _CODE_TEXTS}
    return Code(**texts, subcodes=subcodes, examples=examples, counterexamples=counterexamples)


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    if not is_text(data.get("version")):
        yield "« version » manque ou n’est pas un texte"
    for name in ("not_coded", "rules"):
        if not _is_texts(data.get(name, [])):
            yield f"« {name} » n’est pas une liste de textes"
    codes = _tables(data.get("codes"))
    if not codes or len(codes) != len(data["codes"]):
        yield "les codes ne sont pas tous des tables [[codes]]"
    for position, code in enumerate(codes, start=1):
        yield from _entry_faults(code, _CODE_TEXTS, where=f"code {position}")
        for name in _CODE_LISTS:
            if not _is_texts(code.get(name, [])):
                yield f"code {position} : « {name} » n’est pas une liste de textes"
        for rank, sub in enumerate(_tables(code.get("subcodes")), start=1):
            yield from _entry_faults(sub, _SUBCODE_TEXTS, where=f"code {position}, sous-code {rank}")
            if not _is_texts(sub.get("examples", [])):
                yield f"code {position}, sous-code {rank} : « examples » n’est pas une liste de textes"
    yield from _repeated(codes)


def _entry_faults(entry: Mapping[str, Any], names: tuple[str, ...], *, where: str) -> Iterator[str]:
    for name in names:
        if not is_text(entry.get(name)):
            yield f"{where} : « {name} » manque ou n’est pas un texte"


def _repeated(codes: list[dict[str, Any]]) -> Iterator[str]:
    """Ids must be unique over codes and sub-codes together: they name columns and figures."""
    ids = [entry.get("id") for code in codes for entry in (code, *_tables(code.get("subcodes")))]
    for twice in sorted({one for one in ids if isinstance(one, str) and ids.count(one) > 1}):
        yield f"l’identifiant « {twice} » sert deux fois"


def _tables(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def is_text(value: object) -> bool:
    """Whether it is a text that says something."""
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(is_text(one) for one in value)
