"""A network that comes with voices, opened: tokens of a text, and what it answers. ONNX Runtime, no torch."""

from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from voices.errors import ModelError
from voices.networks import manifest

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"


class Network:
    """The network of a folder (`model.onnx`, `tokenizer.json`, `manifest.json`), run on one thread, one text at a time.

    Raises ModelError where a file is missing, damaged, or not of the size its manifest tells.
    """

    def __init__(self, folder: Path) -> None:
        self.manifest = manifest.read(folder)
        self._tokenizer = _tokenizer(folder / TOKENIZER, self.manifest.max_tokens)
        self._session = _session(folder / MODEL)

    @property
    def outputs(self) -> frozenset[str]:
        """The names of what it can give."""
        return frozenset(output.name for output in self._session.get_outputs())

    @property
    def before(self) -> int:
        """How many code points of the prefix come before a text: offsets of tokens count them."""
        return len(self.manifest.prefix)

    def tokens(self, text: str) -> Encoding:
        """The text's tokens, at most `max_tokens`, after the prefix."""
        return self._tokenizer.encode(self.manifest.prefix + text)

    def run(self, tokens: Encoding, outputs: list[str]) -> list[NDArray[np.float32]]:
        """Those outputs, without their first axis, which is 1."""
        ids = np.array([tokens.ids], np.int32)
        return [np.asarray(found[0], np.float32) for found in self._session.run(outputs, {"input_ids": ids})]


def _tokenizer(path: Path, max_tokens: int) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exception
        raise _damaged(path) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return tokenizer


def _session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # every length is another shape: a plan for each would only fill memory
    try:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's own errors have no common class but Exception
        raise _damaged(path) from error


def _damaged(path: Path) -> ModelError:
    return ModelError(
        f"Le fichier {path.name} du modèle {path.parent.name} ne se lit pas.",
        "Vérifier les modèles avec «\u202fvoices doctor\u202f», puis réinstaller voices.",
    )
