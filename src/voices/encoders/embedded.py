"""An encoder that comes with voices: ONNX Runtime, no torch, one text at a time.

One text at a time is what makes a vector depend on its text alone. The weights are 8-bit, and the 8-bit scale of the
activations is computed over all that is run together: in a batch, the neighbours would change it. Alone, nothing is
padded either, and the cores are used by running several texts at once, each on one thread (ONNX Runtime lets go of
the interpreter's lock). See docs/encoder.md for what was measured.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from voices.encoders.parts import parts
from voices.networks.network import Network
from voices.ports import Progress, Span

VECTOR, STATES = "vector", "states"
"""The network's outputs: every model has the first; the second, (1, tokens, dim), is what it is the mean of."""

Answer = TypeVar("Answer")


class EmbeddedEncoder:
    """The encoder of a folder (`model.onnx`, `tokenizer.json`, `manifest.json`).

    Raises ModelError where a file is missing, damaged, or not of the size its manifest tells.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self._network = Network(folder)
        self._threads = max(1, threads)

    @property
    def identity(self) -> str:
        """Name, revision, prefix and variant."""
        return self._network.manifest.identity

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._network.manifest.dim

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """(n_texts, dim) float32, rows L2-normalised, in the order given.

        The same text gives the same bits, whatever its neighbours and the number of threads. Only the first
        `max_tokens` tokens of a text are read (512, about 350 words of French; a passage has at most about 90).
        """
        vectors = np.empty((len(texts), self.dim), np.float32)
        for done, vector in enumerate(self._each(self._vector, texts)):
            vectors[done] = vector
            if progress:
                progress(done + 1, len(texts))
        return vectors

    @property
    def splits(self) -> bool:
        """Whether the network gives its tokens' states."""
        return STATES in self._network.outputs

    def encode_parts(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], *, progress: Progress | None = None
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """The vectors, the same bits as `encode` gives, and for each text the (n_spans, dim) parts of its spans.

        A span beyond the tokens that are read has a part of zeros.
        """
        vectors = np.empty((len(texts), self.dim), np.float32)
        found = []
        for done, (vector, of_spans) in enumerate(self._each(self._parts, texts, spans)):
            vectors[done] = vector
            found.append(of_spans)
            if progress:
                progress(done + 1, len(texts))
        return vectors, found

    def _each(self, work: Callable[..., Answer], *columns: Sequence[Any]) -> Iterator[Answer]:
        pool = ThreadPoolExecutor(self._threads)
        try:
            yield from pool.map(work, *columns)
        finally:
            pool.shutdown(cancel_futures=True)  # so that Ctrl-C does not wait for the whole list

    def _vector(self, text: str) -> NDArray[np.float32]:
        (vector,) = self._network.run(self._network.tokens(text), [VECTOR])
        return vector

    def _parts(self, text: str, spans: Sequence[Span]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        tokens = self._network.tokens(text)
        vector, states = self._network.run(tokens, [VECTOR, STATES])
        return vector, parts(states, tokens.offsets, spans, before=self._network.before)
