"""A tuned encoder's weights, in the place of the source's: layers from training, words and positions as they were."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from sentence_transformers_folder import LAYER, NORMS
from source import Source

NAMES = {short: name for short, (name, _) in LAYER.items()} | NORMS
ENDS = {"w": "weight", "b": "bias"}


class Tuned:
    """What `graph` asks of a Source, from a folder that `tuning.py` wrote."""

    def __init__(self, source: Source, folder: Path) -> None:
        self.source = source
        self.told = json.loads((folder / "tuning.json").read_text(encoding="utf-8"))
        self.shape = replace(source.shape, layers=self.told["layers"])
        self.tensors = load_file(folder / "model.safetensors")
        self.head = folder / "head.safetensors"
        self.blocks = source.blocks  # the word table was frozen

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A bias or a norm of a layer, as tuned; anything else, as it was."""
        found = self._tensor(name)
        return self.source.floats(name, *shape) if found is None else found.reshape(shape)

    def weights(self, name: str, rows: int) -> NDArray[np.float32]:
        """The matrix of a layer, (rows, columns) float32."""
        found = self._tensor(name)
        assert found is not None, name
        assert len(found) == rows, name
        return found

    def _tensor(self, name: str) -> NDArray[np.float32] | None:
        layer, _, rest = name.partition(".")
        part, _, end = rest.rpartition(".")
        if part not in NAMES:
            return None
        found: NDArray[np.float32] = self.tensors[f"encoder.layer.{layer[1:]}.{NAMES[part]}.{ENDS[end]}"]
        return found
