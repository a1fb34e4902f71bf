"""Files that appear whole or not at all."""

from collections.abc import Callable
from pathlib import Path


def put(path: Path, write: Callable[[Path], object]) -> Path:
    """The path, written: `write` fills a draft beside it, which then takes its place."""
    draft = path.with_name(f".{path.name}.part")
    try:
        write(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path
