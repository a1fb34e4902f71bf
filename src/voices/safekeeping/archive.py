"""What a backup holds: lines of JSON, compressed, then encrypted. A heading, then parts, one after the other.

A part is a line that names it, then its rows (or the pieces of a file), then a line that says how many there were and
what their digest is. The last line says that all is there.
"""

import base64
import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Any, BinaryIO, cast

from voices.safekeeping.stream import Reader, Writer, damaged

_PIECE = 48 * 1024
"""Bytes of a file on one line."""
_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lines a part has, and the SHA-256 of them."""

    lines: int
    digest: str


@dataclass(frozen=True, slots=True)
class Part:
    """A table or a file that is being read: its `lines` are read once, in order."""

    kind: str
    name: str
    lines: Iterator[Any]


@dataclass(slots=True)
class Contents:
    """What a backup said of itself, part by part: its tables and its files, by name."""

    heading: Mapping[str, Any]
    tables: dict[str, Counted] = field(default_factory=dict)
    files: dict[str, Counted] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Of all tables together."""
        return sum(one.lines for one in self.tables.values())


class Making:
    """A backup being written. `beat` is called often: what it raises stops the writing."""

    def __init__(self, file: BinaryIO, key: bytes, heading: Mapping[str, Any], beat: Callable[[], None]) -> None:
        self._sealed, self._beat = Writer(file, key), beat
        self._lines = gzip.GzipFile(fileobj=cast(BinaryIO, self._sealed), mode="wb", compresslevel=_LEVEL, mtime=0)
        self.contents = Contents(heading)
        self._say(dict(heading))

    def table(self, name: str, lines: Iterable[bytes]) -> None:
        """Nothing; a table is there, of these lines."""
        self.contents.tables[name] = self._part("table", name, lines)

    def file(self, name: str, path: Path) -> None:
        """Nothing; the file is there under that name. Raises OSError."""
        with path.open("rb") as file:
            pieces = iter(lambda: file.read(_PIECE), b"")
            self.contents.files[name] = self._part("file", name, map(_piece, pieces))

    def end(self) -> Contents:
        """What was written; the file is whole."""
        self._say({"whole": True})
        self._lines.close()
        self._sealed.close()
        return self.contents

    def _part(self, kind: str, name: str, lines: Iterable[bytes]) -> Counted:
        self._say({kind: name})
        count, digest = 0, sha256()
        for one in lines:
            self._beat()
            self._lines.write(one)
            digest.update(one)
            count += 1
        self._say({"lines": count, "digest": digest.hexdigest()})
        return Counted(count, digest.hexdigest())

    def _say(self, said: Mapping[str, Any]) -> None:
        self._lines.write((json.dumps(said, ensure_ascii=False) + "\n").encode())


class Opening:
    """A backup being read: its heading, then its parts in order, each read wholly before the next is asked for.

    Raises ReadingError where anything is not as it was written, PrivacyError where no key opens it.
    """

    def __init__(self, file: BinaryIO, keys: tuple[bytes, ...], name: str) -> None:
        self._name = name
        self._lines = gzip.GzipFile(fileobj=cast(BinaryIO, Reader(file, keys, name)))
        self.contents = Contents(self._mark())

    def parts(self) -> Iterator[Part]:
        """Its tables and its files. What was said of each is in `contents` once it is read."""
        while not (mark := self._mark()).get("whole"):
            kind, name = next(iter(mark.items()))
            if kind not in ("table", "file"):
                raise damaged(self._name)
            part = Part(kind, name, self._part(kind, name))
            yield part
            for _ in part.lines:
                pass  # what nobody wanted is checked all the same
        if self._lines.read(1):
            raise damaged(self._name)

    def _part(self, kind: str, name: str) -> Iterator[Any]:
        count, digest = 0, sha256()
        for one in takewhile(lambda one: not one.startswith(b"{"), self._every()):
            count += 1
            digest.update(one)
            yield json.loads(one)
        said = json.loads(self._last)
        if (said.get("lines"), said.get("digest")) != (count, digest.hexdigest()):
            raise damaged(self._name)
        of = self.contents.tables if kind == "table" else self.contents.files
        of[name] = Counted(count, digest.hexdigest())

    def _every(self) -> Iterator[bytes]:
        while True:
            self._last = self._read()
            yield self._last

    def _mark(self) -> dict[str, Any]:
        found = json.loads(self._read())
        if not isinstance(found, dict):
            raise damaged(self._name)
        return found

    def _read(self) -> bytes:
        try:
            one = self._lines.readline()
        except (EOFError, gzip.BadGzipFile) as error:
            raise damaged(self._name) from error
        if not one.endswith(b"\n"):
            raise damaged(self._name)
        return one


def pieces(part: Part) -> Iterator[bytes]:
    """The content of a part that is a file."""
    for (piece,) in part.lines:
        yield base64.b64decode(piece)


def _piece(content: bytes) -> bytes:
    return (json.dumps([base64.b64encode(content).decode()]) + "\n").encode()
