"""Vectors kept from one run to the next, forgotten: they are computed again when they are needed."""

from pathlib import Path

from voices.encoders.cache import FILE


def forget(cache: Path) -> None:
    """Nothing; no vector is kept in that folder any more. Raises OSError."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        (cache / (FILE + suffix)).unlink(missing_ok=True)
