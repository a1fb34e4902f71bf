"""Any sentence-transformers model, by name or by path: for a laboratory that has its own French encoder.

Only models that are on this computer are loaded: voices asks nothing of the network by itself, and says instead which
command fetches a model.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from voices.errors import ModelError
from voices.ports import Progress

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_E5_PREFIX = "query: "
"""What the authors of E5 ask for where both sides are alike; their models do not carry it in their settings."""


class SentenceTransformerEncoder:
    """A sentence-transformers model. Texts go one at a time, so that padding and neighbours change nothing.

    Raises ModelError where there is no such model on this computer.
    """

    def __init__(self, name: str, *, threads: int = 1) -> None:
        self._model = _load(name)
        self._prefix = _prefix(name, self._model)
        self._identity = f"{_public_name(name)}@{_revision(name, self._model)} prefix={self._prefix!r} variant=torch"
        _use_threads(threads)
        self._dim = len(self._vector("bonjour"))

    @property
    def identity(self) -> str:
        """Name, revision, prefix and variant."""
        return self._identity

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """(n_texts, dim) float32, rows L2-normalised, in the order given."""
        vectors = np.empty((len(texts), self.dim), np.float32)
        for done, text in enumerate(texts):
            vectors[done] = self._vector(text)
            if progress:
                progress(done + 1, len(texts))
        return vectors

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = self._model.encode(text, prompt=self._prefix, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, np.float32)


def _load(name: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    try:
        return SentenceTransformer(name, local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"L’encodeur «\u202f{name}\u202f» n’est pas sur cet ordinateur, ou ne se lit pas.",
            f"Le télécharger d’abord\u202f: hf download {name}\u202f; ou donner le dossier d’un modèle "
            "sentence-transformers, ou «\u202fe5-small-fr\u202f», livré avec voices.",
        ) from error


def _prefix(name: str, model: "SentenceTransformer") -> str:
    if model.default_prompt_name:
        return str(model.prompts[model.default_prompt_name])
    return _E5_PREFIX if "e5" in Path(name).name.lower().split("-") else ""


def _public_name(name: str) -> str:
    """A path's last part: identities are written in reports, which tell nothing of the disk they were made on."""
    return Path(name).name if Path(name).is_dir() else name


def _revision(name: str, model: "SentenceTransformer") -> str:
    folder = Path(name)
    if not folder.is_dir():
        return str(getattr(model[0].auto_model.config, "_commit_hash", None) or "inconnue")[:12]
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:12]


def _use_threads(threads: int) -> None:
    import torch

    torch.set_num_threads(max(1, threads))
