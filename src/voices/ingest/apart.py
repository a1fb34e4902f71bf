"""Strange files are read in a process apart: whatever they do to their reader, they do it to that process alone.

It has little memory and little time, opens no connection, writes no file, starts no program. It stays for the next
file; one that was ended is started anew. Where the system cannot bound memory (Windows), time is bounded all the same.
"""

import atexit
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from io import BytesIO
from typing import IO, Any

from voices.domain import Role
from voices.errors import ReadingError, SettingsError
from voices.ingest.columns import Column, Kind
from voices.ingest.document import Document, Parsed, Stretch
from voices.ingest.sheets import Table
from voices.raw import Identity

SECONDS, SIZE_A_SECOND = 3, 500_000
"""Seconds of work without a sign that the reader goes on, and the bytes of the file that give it one second more."""
LONGEST = 300.0
"""Seconds that a whole file may take, by the clock."""
MEMORY = 2**30
"""Bytes."""
_CARRIED = {
    (one.__module__, one.__qualname__): one
    for one in (Role, Kind, Column, Document, Parsed, Stretch, Table, Identity, ReadingError, SettingsError)
}
_LARGE, _MANY = 5_000_000, 500
"""After a file of so many bytes, or so many files, a process is ended: the memory that it holds is let go."""
_SIZE = 8
_idle: list["_Process"] = []


def run(name: str, data: bytes, *others: object) -> Any:  # noqa: ANN401 - what that function gives
    """What that function of this room (« pdf.read ») makes of the data, done apart.

    Raises ReadingError where it does, or where it takes too long, too much memory, or fails in a way nobody foresaw;
    SettingsError where it does.
    """
    try:
        process = _idle.pop()
    except IndexError:
        process = _Process()
    answer = process.ask(pickle.dumps((*name.split("."), data, others)))
    if process.fresh and len(data) < _LARGE and not _idle:
        _idle.append(process)
    else:
        process.end()
    kind, found = _Known(BytesIO(answer)).load()
    if kind == "found":
        return found
    error, problem, remedy = found
    raise error(problem, remedy)


class _Known(pickle.Unpickler):
    """Reads what the process apart says: these few classes, and nothing that could act."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as pickle has it
        if (module, name) not in _CARRIED:
            raise pickle.UnpicklingError(name)
        return _CARRIED[module, name]


class _Process:
    """A process that reads one file after the other."""

    def __init__(self) -> None:
        self._asked = 0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "voices.ingest.enclosed"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's complaint may quote the words
        )

    @property
    def fresh(self) -> bool:
        """Whether it has read few files."""
        return self._asked < _MANY

    def ask(self, question: bytes) -> bytes:
        """Its answer. Raises ReadingError where it gives none."""
        self._asked += 1
        late = threading.Event()
        timer = threading.Timer(LONGEST, self._stop, [late])
        timer.start()
        try:
            put(self._pipe(self._process.stdin), question)
            answer = take(self._pipe(self._process.stdout))
        except (OSError, EOFError) as error:
            code = self._process.wait()
            self.end()
            raise _ended(late=late.is_set(), code=code) from error
        finally:
            timer.cancel()
        return answer

    def _stop(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def end(self) -> None:
        """Nothing; it is no more."""
        with suppress(OSError):
            self._pipe(self._process.stdin).close()
        self._process.kill()
        self._process.wait()
        self._pipe(self._process.stdout).close()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise EOFError
        return pipe


def put(pipe: IO[bytes], message: bytes) -> None:
    """Nothing; the message is in the pipe, after its length."""
    pipe.write(len(message).to_bytes(_SIZE, "big"))
    pipe.write(message)
    pipe.flush()


def take(pipe: IO[bytes]) -> bytes:
    """The next message of the pipe. Raises EOFError where it is closed before its end."""
    head = pipe.read(_SIZE)
    size = int.from_bytes(head, "big")
    message = pipe.read(size) if len(head) == _SIZE else b""
    if len(head) < _SIZE or len(message) < size:
        raise EOFError
    return message


def _ended(*, late: bool, code: int) -> ReadingError:
    """Why the process ended. The system ends with signal 24 what has worked for too long."""
    if late or code == -24:
        return ReadingError(
            "La lecture de ce fichier prend beaucoup trop de temps\u202f: elle a été arrêtée.",
            "Rouvrir le fichier et l’enregistrer à nouveau, ou le découper.",
        )
    if code >= 0:
        return ReadingError("La lecture de ce fichier s’est arrêtée.", "Recommencer, ou l’enregistrer à nouveau.")
    return too_heavy()


def too_heavy() -> ReadingError:
    """What is said of a file whose reading takes more memory than there is for it."""
    return ReadingError(
        "La lecture de ce fichier demande beaucoup trop de mémoire\u202f: elle a été arrêtée.",
        "Vérifier d’où il vient, ou n’en donner que le texte.",
    )


@atexit.register
def _end_all() -> None:
    while _idle:
        _idle.pop().end()
