"""Vectors kept on disk, so that coding again computes only what is new.

One SQLite file for all encoders. A vector's key is HMAC-SHA-256(secret, encoder's identity + text), with a secret drawn
when the file is made. No text is stored. The secret keeps two caches from being compared and tables of common sentences
from being used; it does not stop someone who holds the file, secret included, from trying whether one given sentence
was encoded, and a vector tells much of what its text is about: guard the file as the testimonies themselves.

A cache never stops the work: damaged, it is made anew; out of reach, it is done without. Both are logged.
"""

import hmac
import logging
import secrets
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from voices.ports import Encoder, Progress, Span, SplittingEncoder

FILE = "vectors.sqlite3"
_CHUNK = 256
"""Texts computed between two writes: what a power cut or Ctrl-C loses."""
_WAIT = 30.0
"""Seconds to wait for another process that is writing."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS secret (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, float32 BLOB NOT NULL);
"""

_log = logging.getLogger(__name__)
Vectors = dict[str, NDArray[np.float32]]
Answer = TypeVar("Answer")


class CachedEncoder:
    """An encoder that remembers. `hits` and `misses` count the different texts found and computed since it was made.

    Args:
        encoder: the one that computes what is not known yet.
        folder: where the cache's file is, or is to be made.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._store = _Store(folder / FILE)
        self.hits = 0
        self.misses = 0

    @property
    def identity(self) -> str:
        """The identity of the encoder behind: the cache changes no vector."""
        return self._encoder.identity

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._encoder.dim

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """(n_texts, dim) float32, rows L2-normalised, in the order given.

        Each different text is computed at most once; `progress` counts the different texts.
        """

        def compute(some: Sequence[str], progress: Progress | None) -> Vectors:
            return dict(zip(some, self._encoder.encode(some, progress=progress), strict=True))

        vectors = self._remembered(dict.fromkeys(texts, self.dim), compute, progress)
        return np.array([vectors[text] for text in texts], np.float32).reshape(len(texts), self.dim)

    @property
    def splits(self) -> bool:
        """Whether the encoder behind can."""
        return isinstance(self._encoder, SplittingEncoder) and self._encoder.splits

    def encode_parts(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], *, progress: Progress | None = None
    ) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """The vectors, and for each text the (n_spans, dim) parts of its spans. The vectors serve `encode` as well."""
        names = [_name(text, some) for text, some in zip(texts, spans, strict=True)]
        asked = dict(zip(names, zip(texts, spans, strict=True), strict=True))

        def compute(some: Sequence[str], progress: Progress | None) -> Vectors:
            assert isinstance(self._encoder, SplittingEncoder)
            of_texts, of_spans = zip(*(asked[name] for name in some), strict=True)
            vectors, parts = self._encoder.encode_parts(of_texts, of_spans, progress=progress)
            rows = {name: np.vstack([*row]) for name, *row in zip(some, vectors, parts, strict=True)}
            return dict(zip(of_texts, vectors, strict=True)) | rows

        sizes = {name: self.dim * (1 + len(some)) for name, (_, some) in asked.items()}
        found = self._remembered(sizes, compute, progress)
        blocks = [np.asarray(found[name]).reshape(-1, self.dim) for name in names]
        vectors = np.array([block[0] for block in blocks], np.float32).reshape(len(texts), self.dim)
        return vectors, [block[1:] for block in blocks]

    def _remembered(
        self,
        sizes: Mapping[str, int],
        compute: Callable[[Sequence[str], Progress | None], Vectors],
        progress: Progress | None,
    ) -> Vectors:
        """What is kept under each name, of that many numbers, computed and kept where it is not known yet."""
        found = self._store.read(self.identity, sizes)
        missing = [name for name in sizes if name not in found]
        self.hits += len(found)
        self.misses += len(missing)
        known = len(found)
        for start in range(0, len(missing), _CHUNK):
            computed = compute(missing[start : start + _CHUNK], _shifted(progress, known + start, len(sizes)))
            self._store.write(self.identity, computed)
            found |= computed
        return found


def _name(text: str, spans: Sequence[Span]) -> str:
    """What parts are kept under; where there is no span, the text itself: nothing but its vector is kept."""
    return f"{text}\0{[*spans]}" if spans else text


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    return (lambda done, _: progress(before + done, total)) if progress else None


class _Store:
    """The cache's file, opened anew for each question: threads and processes may share it, no handle stays open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._usable = True

    def read(self, identity: str, sizes: Mapping[str, int]) -> Vectors:
        """What is known under those names; a row of another length than its size is not believed."""

        def question(base: sqlite3.Connection) -> Vectors:
            key = _keys(base, identity)
            rows = (
                base.execute("SELECT float32 FROM vectors WHERE key = ?", (key(name),)).fetchone() for name in sizes
            )
            found = {name: np.frombuffer(row[0], np.float32) for name, row in zip(sizes, rows, strict=True) if row}
            return {name: vector for name, vector in found.items() if vector.size == sizes[name]}

        return self._ask(question) or {}

    def write(self, identity: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Keep those vectors, all or none."""

        def question(base: sqlite3.Connection) -> None:
            key = _keys(base, identity)
            rows = [(key(text), vector.astype(np.float32).tobytes()) for text, vector in vectors.items()]
            base.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

        self._ask(question)

    def _ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer | None:
        """The answer, in one transaction; None where there is no usable cache."""
        if not self._usable:
            return None
        try:
            return self._transaction(question)
        except (OSError, sqlite3.OperationalError):  # read-only folder, full disk, a lock that lasts
            _log.warning("Cache des vecteurs hors d’usage\u202f: le calcul continue sans lui.")
            self._usable = False
        except (sqlite3.DatabaseError, ValueError):  # not a database any more, or rows that are not vectors
            _log.warning("Cache des vecteurs abîmé\u202f: il est refait à neuf.")
            self._remove()
        return None

    def _transaction(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        with closing(sqlite3.connect(self._path, timeout=_WAIT)) as base:
            base.execute("PRAGMA journal_mode = WAL")
            base.executescript(_SCHEMA)
            with base:
                base.execute("INSERT OR IGNORE INTO secret VALUES (1, ?)", (secrets.token_bytes(32),))
                return question(base)

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)


def _keys(base: sqlite3.Connection, identity: str) -> Callable[[str], bytes]:
    (secret,) = base.execute("SELECT bytes FROM secret").fetchone()
    return lambda text: hmac.digest(secret, f"{identity}\0{text}".encode(), "sha256")
