"""Files handed in one by one and held in memory: nothing of them is written to the disk."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import PurePosixPath

from voices.domain import Consent, FileReport
from voices.errors import ReadingError
from voices.ingest import apart
from voices.ingest.archive import members, open_archive, read_member
from voices.ingest.columns import Column
from voices.ingest.document import ReadOptions
from voices.ingest.door import Run, by_folder, read_source, readable_sheets, sheet_report
from voices.ingest.formats import format_of
from voices.ingest.metadata import is_sheet_name, one_spelling, row_for
from voices.ingest.walk import Source, left_alone
from voices.raw import RawReading

_SAMPLES = 3
_SAMPLE_LENGTH = 90


@dataclass(frozen=True, slots=True, repr=False)
class ColumnSeen:
    """A questionnaire's column: its heading, its kind, how many rows fill it, a few answers as they came."""

    heading: str
    kind: str
    filled: int
    samples: tuple[str, ...]


def read(
    name: str,
    data: bytes,
    *,
    options: ReadOptions,
    consent: Consent | None = None,
    sheets: Mapping[str, bytes] | None = None,
    others: Iterable[str] = (),
) -> RawReading:
    """The testimonies of one file and its report; `name` may be a path, and its folders tell a place or a year.

    `sheets` are the tables of testimonies that came with it, by name. `others` are the SHA-256 of files known already:
    ids are made long enough not to be taken for theirs.
    """
    digest = sha256(data).hexdigest()
    beside = readable_sheets(_source(one, content) for one, content in (sheets or {}).items())
    seen = {other: PurePosixPath() for other in others if other != digest}
    run = Run(options, consent, by_folder(beside.values()), seen=seen)
    testimonies, report = read_source(_source(name, data), run)
    return RawReading(one_spelling(testimonies), (report,))


def read_sheet(name: str, data: bytes, names: Iterable[str]) -> FileReport | None:
    """What a table of testimonies says of the files of those names; None where it is no such table."""
    if not is_sheet_name(name):
        return None
    found = readable_sheets([_source(name, data)])
    if not found:
        return None
    ((path, sheet),) = found.items()
    used = {(sheet.folder, key) for one in names if (key := row_for(sheet, PurePosixPath(one))) is not None}
    return sheet_report(path, sheet, used)


def columns(name: str, data: bytes) -> tuple[ColumnSeen, ...]:
    """The columns of a questionnaire as they are recognised; none where the file is something else, or damaged."""
    try:
        if format_of(name, data).leaf != "questionnaire":
            return ()
        found, rows = apart.run("questionnaire.columns_of", data)
    except ReadingError:
        return ()
    return tuple(_seen(column, rows) for column in found)


def _seen(column: Column, rows: Iterable[tuple[str, ...]]) -> ColumnSeen:
    cells = [row[column.index].strip() for row in rows if column.index < len(row) and row[column.index].strip()]
    samples = islice(dict.fromkeys(" ".join(cell.split()) for cell in cells), _SAMPLES)
    return ColumnSeen(column.heading, column.kind.value, len(cells), tuple(map(_shortened, samples)))


def _shortened(cell: str) -> str:
    if len(cell) <= _SAMPLE_LENGTH:
        return cell
    return f"{cell[:_SAMPLE_LENGTH].rpartition(' ')[0] or cell[:_SAMPLE_LENGTH]}…"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path under the archive's name, and why it is left alone, or None."""

    name: str
    size: int
    source: Source

    @property
    def refusal(self) -> str | None:
        """Why it is left alone."""
        return self.source.refusal

    def content(self) -> bytes:
        """Its bytes. Raises ReadingError."""
        return self.source.load()


def is_archive(name: str) -> bool:
    """Whether the file holds other files."""
    return PurePosixPath(name).suffix.lower() == ".zip"


def unpack(name: str, data: bytes) -> Iterator[Member]:
    """The files of an archive, sorted by name, none of them inflated before it is asked for.

    Raises ReadingError where the archive is damaged, empty, closed by a password, beside something else, or made to
    fill the memory.
    """
    archive = open_archive(data)
    for entry in members(archive):
        path = PurePosixPath(name) / PurePosixPath(entry.name.lstrip("/"))
        refusal = entry.refusal or left_alone(path)
        source = Source(path, partial(read_member, archive, entry.info), refusal=refusal)
        yield Member(str(path), entry.info.file_size, source)


def _source(name: str, data: bytes) -> Source:
    path = PurePosixPath(name)
    return Source(path, lambda: data, refusal=left_alone(path))
