"""The tokeniser: XLM-RoBERTa's unigram pieces, kept for French and English, and its rewriting of characters."""

import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from source import Source
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

SPACE = "▁"
KEPT = Path(__file__).parent / "kept_pieces.npy"


def kept(source: Source) -> NDArray[np.int64]:
    """The ids kept of the source's vocabulary, ascending. On disk: one bit a piece."""
    ids = np.flatnonzero(np.unpackbits(np.load(KEPT)))
    lowest = source.scores[4 : len(source.pieces) - 1].min()
    if not (source.scores[ids[ids < len(source.scores)]] == lowest).any():
        raise SystemExit("a piece of the lowest score must stay: the score of unknown pieces is drawn from it")
    return ids


def tokenizer(source: Source, ids: NDArray[np.int64]) -> Tokenizer:
    """The tokeniser of the kept pieces."""
    pieces = [(source.pieces[i], float(source.scores[i])) for i in ids]
    place = {piece: i for i, (piece, _) in enumerate(pieces)}
    built = Tokenizer(models.Unigram(pieces, unk_id=place["<unk>"], byte_fallback=False))
    rules = normalizers.Precompiled(character_map(_rules(source)))
    built.normalizer = normalizers.Sequence([rules, normalizers.Replace(Regex(" {2,}"), " ")])
    built.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always", split=True)
    built.decoder = decoders.Metaspace(replacement=SPACE, prepend_scheme="always")
    built.add_special_tokens(
        [AddedToken(name, normalized=False, special=True) for name in ("<s>", "<pad>", "</s>", "<unk>")]
        + [AddedToken("<mask>", lstrip=True, normalized=False, special=True)]
    )
    built.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[(name, place[name]) for name in ("<s>", "</s>")],
    )
    return built


def _rules(source: Source) -> dict[bytes, bytes]:
    """The source's rules for single characters, and the compositions of accents, which it left out."""
    rules = {chr(old).encode(): "".join(map(chr, new)).encode() for old, new in source.characters.items()}
    for letter, parts in _compositions():
        if ord(letter) not in source.characters:
            rules.setdefault(parts, letter.encode())
    return rules


def _compositions() -> Iterator[tuple[str, bytes]]:
    for letter in map(chr, [*range(0xC0, 0xD800), *range(0xE000, 0x30000)]):
        parts = unicodedata.normalize("NFD", letter)
        stable = all(unicodedata.normalize(form, text) == letter for form, text in (("NFC", parts), ("NFKC", letter)))
        if len(parts) > 1 and stable and len(parts.encode()) < 6:  # longer ones are never looked up
            yield letter, parts.encode()


def character_map(rules: dict[bytes, bytes]) -> bytes:
    """SentencePiece's precompiled map: the size of a Darts double array, the array, NUL-ended replacements."""
    replacements, where = bytearray(), {}
    for replacement in sorted(set(rules.values())):
        where[replacement] = len(replacements)
        replacements += replacement + b"\0"
    units = DoubleArray(_trie({key: where[new] for key, new in rules.items()})).packed()
    return struct.pack("<I", len(units)) + units + bytes(replacements)


def _trie(values: dict[bytes, int]) -> dict:
    """Nested dictionaries, one level a byte; a key's value stands under 0, as the end of a C string."""
    root: dict = {}
    for key, value in values.items():
        node = root
        for byte in key:
            node = node.setdefault(byte, {})
        node[0] = value
    return root


class DoubleArray:
    """A byte trie laid in one array, as the Darts library reads it: a child lies at its parent's base XOR its byte."""

    HAS_VALUE, IS_VALUE = 1 << 8, 1 << 31

    def __init__(self, trie: dict) -> None:
        self.units: dict[int, int] = {}
        self.taken = {0}
        self.bases: set[int] = set()
        self.first_free = 1
        pending = [(0, trie, 0)]
        while pending:
            at, node, label = pending.pop()
            base = self._room(at, sorted(node))
            self.units[at] = (at ^ base) << 10 | label | (self.HAS_VALUE if 0 in node else 0)
            for byte, child in node.items():
                if byte == 0:
                    self.units[base] = child | self.IS_VALUE
                else:
                    pending.append((base ^ byte, child, byte))

    def packed(self) -> bytes:
        """Little-endian 32-bit units, a whole number of pages of 256."""
        size = (max(self.taken) + 256) // 256 * 256
        return struct.pack(f"<{size}I", *(self.units.get(at, 0) for at in range(size)))

    def _room(self, parent: int, labels: list[int]) -> int:
        """A base whose places for all labels are free, near enough to be written as a 21-bit offset."""
        while self.first_free in self.taken:
            self.first_free += 1
        place = self.first_free
        while not self._fits(place ^ labels[0], parent, labels):
            place += 1
        base = place ^ labels[0]
        self.bases.add(base)
        self.taken.update(base ^ label for label in labels)
        return base

    def _fits(self, base: int, parent: int, labels: list[int]) -> bool:
        if not base or base in self.bases or parent ^ base >= 1 << 21:
            return False
        return all(base ^ label not in self.taken for label in labels)
