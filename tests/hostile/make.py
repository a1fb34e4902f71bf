"""Writes corpora/malformed anew: `python -m tests.hostile.make`. The same files everywhere, byte for byte."""

import shutil
from pathlib import Path

from tests.hostile.damage import damaged
from tests.hostile.marked import marked
from tests.hostile.written import written

FOLDER = Path(__file__).parents[2] / "corpora" / "malformed"


def files() -> dict[str, bytes]:
    """Every file of the corpus, by its path in the folder."""
    found: dict[str, bytes] = {}
    for name, data in (*damaged(), *written(), *marked()):
        if name in found:
            raise ValueError(name)
        found[name] = data
    return found


def main() -> None:
    for folder in (one for one in FOLDER.iterdir() if one.is_dir()) if FOLDER.is_dir() else ():
        shutil.rmtree(folder)
    for name, data in files().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main()
