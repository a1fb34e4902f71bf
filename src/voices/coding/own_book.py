"""The file where an evaluator describes codes of their own: TOML, one [[code]] a code. Standard library only."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from voices.coding.book import is_text
from voices.coding.layout import TRUST
from voices.domain import Code, Codebook, OwnCode
from voices.errors import SettingsError

_TEXTS = ("id", "label", "definition")
_KNOWN = {*_TEXTS, "lack", "examples", "counterexamples"}
_TRUST = OwnCode(
    TRUST,
    "Confiance",
    "Toute parole ou tout geste de confiance, ou sa perte.",
    None,
    ("Clés, enfant, argent, secret confiés, surveillance abandonnée, méfiance dite.",),
)
"""The code book has no code for trust: these are the words of its rules 14 and 26."""
_FORM = "Un code de cette forme : [[code]], puis id, label et definition ; lack, examples et counterexamples au besoin."


def read_own(path: Path, codebook: Codebook) -> tuple[OwnCode, ...]:
    """The codes of that TOML file, in its order.

    Raises SettingsError when it cannot be read, or with every fault found in it: an id of `codebook` or « confiance »
    among them, since an own code stands beside these.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"Le fichier de codes {path.name} ne s’ouvre pas.", "Vérifier le chemin donné.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"Le fichier de codes {path.name} n’est pas du TOML en UTF-8 : {error}.", _FORM) from error
    return own_of(data.get("code"), codebook, path.name)


def own_of(entries: object, codebook: Codebook, name: str = "donné") -> tuple[OwnCode, ...]:
    """The codes that such a list of mappings describes. Raises SettingsError as `read_own` does."""
    faults = list(_faults(entries, _taken(codebook)))
    if faults or not isinstance(entries, list):
        raise SettingsError(f"Le fichier de codes {name} a des défauts : {' ; '.join(faults)}.", _FORM)
    return tuple(_code(entry) for entry in entries)


def with_own(codebook: Codebook, codes: tuple[OwnCode, ...]) -> Codebook:
    """The code book and those codes after its own: what decisions may name."""
    more = tuple(Code(one.id, one.label, "", one.definition, one.lack or "") for one in codes)
    return Codebook(codebook.version, codebook.codes + more, codebook.not_coded, codebook.rules)


def known(codebook: Codebook) -> tuple[OwnCode, ...]:
    """The codes, sub-codes and trust of the code book, told as own codes would be: what a code never seen stands
    among.
    """
    codes = [OwnCode(one.id, one.label, one.definition, one.lack) for one in codebook.codes]
    subs = [
        OwnCode(sub.id, sub.label, sub.includes, None, sub.examples) for one in codebook.codes for sub in one.subcodes
    ]
    return (*codes, *subs, _TRUST)


def _taken(codebook: Codebook) -> set[str]:
    subs = (sub for code in codebook.codes for sub in code.subcodes)
    return {TRUST, *(code.id for code in codebook.codes), *(sub.id for sub in subs)}


def _faults(entries: object, taken: set[str]) -> Iterator[str]:
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        yield "aucune table [[code]]"
        return
    seen: set[str] = set()
    for place, entry in enumerate(entries, start=1):
        yield from (f"code {place} : {fault}" for fault in _entry_faults(entry))
        name = entry.get("id")
        if isinstance(name, str):
            if name in taken:
                yield f"l’identifiant « {name} » est déjà celui d’un code, d’un sous-code ou d’un marqueur des 3A"
            if name in seen:
                yield f"l’identifiant « {name} » sert deux fois"
            seen.add(name)


def _entry_faults(entry: Mapping[str, Any]) -> Iterator[str]:
    for name in _TEXTS:
        if not is_text(entry.get(name)):
            yield f"« {name} » manque ou n’est pas un texte"
    if is_text(entry.get("id")) and not (entry["id"].isidentifier() and entry["id"] == entry["id"].lower()):
        # It names columns of tables.
        yield f"l’identifiant « {entry['id']} » n’est pas fait de minuscules, de chiffres et de tirets bas"
    if "lack" in entry and not is_text(entry["lack"]):
        yield "« lack » n’est pas un texte"
    for name in ("examples", "counterexamples"):
        value = entry.get(name, [])
        if not isinstance(value, list) or not all(is_text(one) for one in value):
            yield f"« {name} » n’est pas une liste de textes"
    for name in sorted(entry.keys() - _KNOWN):
        yield f"« {name} » n’est pas un champ connu"


def _code(entry: Mapping[str, Any]) -> OwnCode:
    return OwnCode(
        id=entry["id"],
        label=entry["label"],
        definition=entry["definition"],
        lack=entry.get("lack"),
        examples=tuple(entry.get("examples", ())),
        counterexamples=tuple(entry.get("counterexamples", ())),
    )
