"""From files to testimonies as they came, real names and all: the next room, `privacy`, takes the names out."""

from pathlib import Path
from typing import TYPE_CHECKING

from voices.domain import Consent
from voices.ingest.document import ReadOptions
from voices.ports import Progress

if TYPE_CHECKING:
    from voices.raw import RawReading

_DEFAULTS = ReadOptions()


def read(
    path: Path,
    *,
    options: ReadOptions = _DEFAULTS,
    consent: Consent | None = None,
    progress: Progress | None = None,
) -> "RawReading":
    """The testimonies under `path` (a file, a folder and all below, a .zip) and one report a file, sorted by path.

    `consent` holds for testimonies of which nothing is said (else `Consent.UNKNOWN`). `progress` counts files.
    Place, date, channel and consent come from `temoignages.csv`, else from the file itself, else from folders' names.
    A file that cannot be read is reported as refused, and the others are read.
    Raises ReadingError where there is nothing at `path`, or nothing in it.
    """
    from voices.ingest.door import read_path

    return read_path(Path(path), options=options, consent=consent, progress=progress)


__all__ = ["ReadOptions", "read"]
