"""The worker's heart: a file of the data folder, touched every few seconds while it lives.

A file, and not a row: it tells of the worker while the base is gone, and is silent where the disk takes nothing.
"""

import threading
import time
from contextlib import suppress
from pathlib import Path

_NAME = ".battement"
"""With a dot: it goes into no backup."""
_EVERY = 5.0


def start(data: Path, stopping: threading.Event) -> threading.Thread:
    """The thread that beats until `stopping` is set, or the process ends."""
    thread = threading.Thread(target=_beat, args=(data, stopping), daemon=True, name="heartbeat")
    thread.start()
    return thread


def silence(data: Path, now: float) -> float | None:
    """Seconds since the last beat, by the clock of the wall; None where there never was one.

    A beat of the future, from before the clock was set back, counts as being as far behind.
    """
    try:
        return abs(now - (data / _NAME).stat().st_mtime)
    except OSError:
        return None


def _beat(data: Path, stopping: threading.Event) -> None:
    while True:
        with suppress(OSError):  # a disk that is full or read only: what is not heard is the sign
            (data / _NAME).write_text(f"{time.time():.0f}\n", encoding="ascii")
        if stopping.wait(_EVERY):
            return
