"""The process apart in which files are read, bounded and cut off: `apart` starts it and speaks with it."""

import importlib
import os
import pickle
import sys
from enum import Enum
from functools import partial
from io import BytesIO
from typing import IO, Any, NoReturn

from voices.errors import ReadingError, SettingsError
from voices.ingest import beat
from voices.ingest.apart import MEMORY, SECONDS, SIZE_A_SECOND, put, take, too_heavy

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.spawn",
    "ctypes.dlopen",
)
_CHANGES = frozenset({"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"})


def main() -> None:
    """Nothing; answers each question of its input, until the input ends."""
    questions, answers = sys.stdin.buffer, _own_output()
    _bound()
    while True:
        try:
            question = take(questions)
        except EOFError:
            return
        _allow(SECONDS + len(question) // SIZE_A_SECOND)
        put(answers, packed(answer_to(question)))


def answer_to(question: bytes) -> tuple[str, Any]:
    """« found » and what was found, or « error » and the error's class, problem and remedy."""
    leaf, name, data, others = pickle.loads(question)  # noqa: S301 - from the process that started this one
    try:
        return "found", getattr(importlib.import_module(f"voices.ingest.{leaf}"), name)(data, *others)
    except (ReadingError, SettingsError) as error:
        return "error", (type(error), error.problem, error.remedy)
    except MemoryError:
        return _told(too_heavy())
    except BaseException as error:  # a native library's panic is no Exception
        problem = f"Le fichier n’a pas pu être lu ({type(error).__name__})."
        return _told(ReadingError(problem, "Le rouvrir et l’enregistrer à nouveau."))


def packed(answer: tuple[str, Any]) -> bytes:
    """The answer as it goes through the pipe, written with the classes that `apart` takes and no function."""
    written = BytesIO()
    _Packing(written).dump(answer)
    return written.getvalue()


class _Packing(pickle.Pickler):
    """Python 3.11.0 to 3.11.3, which Debian 12 has, would write a member of an enumeration with `getattr`."""

    def reducer_override(self, one: object) -> Any:  # noqa: ANN401 - as pickle has it
        return (type(one), (one.value,)) if isinstance(one, Enum) else NotImplemented


def _told(error: ReadingError) -> tuple[str, Any]:
    return "error", (type(error), error.problem, error.remedy)


def _own_output() -> IO[bytes]:
    """The pipe to who asks, out of reach of libraries that print."""
    kept = os.fdopen(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    return kept


def _bound() -> None:
    """Bounds memory and the time without a sign of life; from here on nothing is fetched, written or started."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what it was reading is not left on the disk
    sys.addaudithook(_cut_off)


def _allow(seconds: int) -> None:
    """That many seconds of work from now on, and from each time that the reader says that it goes on."""
    beat.listen(partial(_count, seconds))
    _count(seconds)


def _count(seconds: int) -> None:
    """Counts the seconds of work anew."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))


def _cut_off(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event in _CHANGES or event.startswith(_FORBIDDEN):
        _refuse(event)


def _refuse(event: str) -> NoReturn:
    raise PermissionError(event)


if __name__ == "__main__":
    main()
