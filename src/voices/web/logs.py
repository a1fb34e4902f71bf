"""What the journal holds: where something failed and how long pages took, never what was sent or what is held.

A message is kept as it was written in the code, with the numbers put into it; whatever else was to go into it, an
error's own words included, could quote a testimony and is left out. Messages of other people's code that were put
together before they came here tell where they come from, and no more.
"""

import contextvars
import json
import logging
import sys
import threading
import warnings
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

REQUEST: contextvars.ContextVar[str] = contextvars.ContextVar("request", default="")
"""The number of the request that is being answered."""
_OWN = "voices"
_PLACES = 8
_LEFT_OUT = "…"
_FIELDS = ("route", "status", "user", "ms", "method")
"""What `voices.requests` adds to its lines."""


class Bare(logging.Filter):
    """Takes values out of a record: a traceback keeps its places, not its messages; a message keeps its numbers."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True; the record is changed."""
        said = _said(record)
        error = record.exc_info[1] if record.exc_info else None
        record.msg = f"{said}: {_chain(error)}" if error is not None else said
        record.args = record.exc_info = record.exc_text = record.stack_info = None
        record.number = f" [{number}]" if (number := REQUEST.get()) else ""
        return True


class Lines(logging.Formatter):
    """One line of JSON a record, bared before."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "said": record.getMessage(),
        }
        if request := REQUEST.get():
            line["request"] = request
        if record.name == "voices.requests":
            line |= {name: getattr(record, name, None) for name in _FIELDS}
        return json.dumps(line, ensure_ascii=False)


def configuration(how: str) -> dict[str, object]:
    """What `logging` is set to: `how` is « court », what goes wrong alone, or « json », each request too."""
    lines = how == "json"
    shown = "json" if lines else "text"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"bare": {"()": "voices.web.logs.Bare"}},
        "formatters": {
            "json": {"()": "voices.web.logs.Lines"},
            "text": {"format": "%(levelname)s %(name)s%(number)s: %(message)s"},
        },
        "handlers": {"err": {"class": "logging.StreamHandler", "filters": ["bare"], "formatter": shown}},
        "root": {"handlers": ["err"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": ["err"], "level": "WARNING", "propagate": False},
            "voices.requests": {"level": "INFO" if lines else "ERROR"},
        },
    }


def keep_all_bare() -> None:
    """Nothing; what Python itself would print of errors that nobody caught, and of warnings, goes by the journal."""
    log = logging.getLogger("voices.uncaught")

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("stopped", exc_info=(kind, error, trace))

    def in_thread(said: threading.ExceptHookArgs) -> None:
        if said.exc_value is not None:
            uncaught(said.exc_type, said.exc_value, said.exc_traceback)

    def nowhere(said: "sys.UnraisableHookArgs") -> None:
        if said.exc_value is not None:
            uncaught(said.exc_type, said.exc_value, said.exc_traceback)

    sys.excepthook, threading.excepthook, sys.unraisablehook = uncaught, in_thread, nowhere
    logging.captureWarnings(True)
    warnings.simplefilter("ignore")  # they quote lines, sometimes values, and nobody here can act on them


def _said(record: logging.LogRecord) -> str:
    written = record.msg if isinstance(record.msg, str) else ""
    own = record.name == _OWN or record.name.startswith(f"{_OWN}.")
    if not record.args:
        return written if own and written else f"{record.module}.{record.funcName}:{record.lineno}"
    if not isinstance(record.args, tuple):
        return f"{record.module}.{record.funcName}:{record.lineno}"
    kept = tuple(one if isinstance(one, int | float) else _LEFT_OUT for one in record.args)
    try:
        return written % kept
    except (TypeError, ValueError):  # a number was asked for where none is
        return written


def _chain(error: BaseException) -> str:
    """The kinds of the error and of those that it comes from, each with its places."""
    told: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        told.append(f"{type(error).__name__} ({_places(error.__traceback__)})")
        if isinstance(error, BaseExceptionGroup):
            told += [_chain(one) for one in error.exceptions[:3]]
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return " from ".join(told)


def _places(trace: TracebackType | None) -> str:
    places: list[str] = []
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        places.append(f"{'/'.join(file.parts[-3:])}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-_PLACES:])
