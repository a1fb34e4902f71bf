"""What an embedded encoder's folder says of itself, and whether its files are what it says.

`manifest.json` names the files with their sizes and SHA-256. Sizes are compared at every load (a download cut short
is the usual damage); sums are compared on demand, because reading 70 MB twice would be felt at every start.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voices.errors import ModelError

FILE = "manifest.json"
SHIPPED = "e5-small-fr"
_REMEDY = "Réinstaller voices, ou reconstruire le modèle\u202f: python models/build/build_encoder.py."


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model: its size in bytes and its SHA-256, in hexadecimal."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """An embedded encoder: `prefix` goes before each text, texts are cut after `max_tokens` tokens."""

    name: str
    dim: int
    prefix: str
    variant: str
    max_tokens: int
    files: Mapping[str, ModelFile]

    @property
    def revision(self) -> str:
        """Twelve hexadecimal digits that change with any byte of any file of the model."""
        sums = "".join(self.files[name].sha256 for name in sorted(self.files))
        return hashlib.sha256(sums.encode()).hexdigest()[:12]

    @property
    def identity(self) -> str:
        """Name, revision, prefix and variant."""
        return f"{self.name}@{self.revision} prefix={self.prefix!r} variant={self.variant}"


def is_embedded(name: str, models: Path) -> bool:
    """Whether `name` is an embedded encoder of `models`, or the shipped one, which should be there."""
    return name == SHIPPED or (Path(name).name == name and is_encoder(models / name))


def is_encoder(folder: Path) -> bool:
    """Whether the folder holds an embedded encoder, whole or not (the 3A coder has a manifest too)."""
    path = folder / FILE
    return path.is_file() and "max_tokens" in _content(path)


def read(folder: Path) -> Manifest:
    """The folder's manifest, its files being there with the sizes told. Raises ModelError where they are not."""
    path = folder / FILE
    if not path.is_file():
        raise ModelError(f"Le modèle {folder.name} manque ou est incomplet\u202f: {FILE} n’est pas là.", _REMEDY)
    content = _content(path)
    try:
        files = {name: ModelFile(**facts) for name, facts in content["files"].items()}
        fields = {field: content[field] for field in ("name", "dim", "prefix", "variant", "max_tokens")}
    except (KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"Le manifeste du modèle {folder.name} n’est pas celui d’un encodeur.", _REMEDY) from error
    for name, file in files.items():
        _check_size(folder / name, file)
    return Manifest(**fields, files=files)


def verify(folder: Path) -> None:
    """Compare every file's SHA-256 with the manifest's. Raises ModelError for the first that differs."""
    for name, file in read(folder).files.items():
        with (folder / name).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != file.sha256:
            raise ModelError(f"Le fichier {name} du modèle {folder.name} est abîmé ou a été changé.", _REMEDY)


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"Le manifeste du modèle {path.parent.name} est illisible.", _REMEDY) from error
    return content if isinstance(content, dict) else {}


def _check_size(path: Path, file: ModelFile) -> None:
    if not path.is_file():
        raise ModelError(f"Le fichier {path.name} du modèle {path.parent.name} manque.", _REMEDY)
    if path.stat().st_size != file.bytes:
        raise ModelError(f"Le fichier {path.name} du modèle {path.parent.name} est incomplet.", _REMEDY)
