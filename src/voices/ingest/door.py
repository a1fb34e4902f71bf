"""The way in: from a file, a folder or a .zip to testimonies as they came, and one report a file."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath

from voices.domain import Consent, FileReport, Outcome, Role
from voices.errors import ReadingError
from voices.ingest.active import active
from voices.ingest.characters import folded, normalise
from voices.ingest.document import Document, Parsed, ReadOptions, Stretch
from voices.ingest.encodings import looks_garbled
from voices.ingest.formats import format_of
from voices.ingest.limits import settle_collected, settle_terms
from voices.ingest.metadata import (
    Sheet,
    from_folders,
    is_sheet_name,
    one_spelling,
    read_sheet,
    row_for,
    settle,
    settle_consent,
)
from voices.ingest.surplus import surplus
from voices.ingest.turns import label_turns
from voices.ingest.walk import Source, read_bytes, sources
from voices.ports import Progress
from voices.raw import Identity, RawReading, RawTestimony
from voices.roles import role_of_labels

MAX_CHARACTERS = 10_000_000  # two hundred hours of talk: no testimony is longer
_LONG_ENOUGH = 200  # under this many characters, two people may well write the same
_ENOUGH_TO_COMPARE = 20_000


@dataclass(slots=True)
class _Notes:
    """What is to be said of a file, in the order it is found; a sentence is said once."""

    details: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, details: Iterable[str] = (), warnings: Iterable[str] = ()) -> None:
        self.details.extend(one for one in dict.fromkeys(details) if one not in self.details)
        self.warnings.extend(one for one in dict.fromkeys(warnings) if one not in self.warnings)


@dataclass(slots=True)
class Run:
    """One reading under way: what the person said, and what was seen so far."""

    options: ReadOptions
    consent: Consent | None
    sheets: Mapping[PurePosixPath, Sequence[Sheet]]
    seen: dict[str, PurePosixPath] = field(default_factory=dict)
    texts: dict[int, PurePosixPath] = field(default_factory=dict)
    used: set[tuple[PurePosixPath, str]] = field(default_factory=set)


def read_path(
    path: Path, *, options: ReadOptions, consent: Consent | None = None, progress: Progress | None = None
) -> RawReading:
    """The testimonies under `path`, files sorted by path. See `voices.ingest.read`."""
    found = sources(path)
    sheets = readable_sheets(found)
    run = Run(options, consent, by_folder([*_sheets_beside(path).values(), *sheets.values()]))
    testimonies: list[RawTestimony] = []
    reports: dict[PurePosixPath, FileReport] = {}
    for done, source in enumerate(found, start=1):
        if source.path not in sheets:
            read, reports[source.path] = read_source(source, run)
            testimonies += read
        if progress:
            progress(done, len(found))
    for source in found:
        if source.path in sheets:
            reports[source.path] = sheet_report(source.path, sheets[source.path], run.used)
    return RawReading(one_spelling(testimonies), tuple(reports[source.path] for source in found))


def readable_sheets(found: Iterable[Source]) -> dict[PurePosixPath, Sheet]:
    """The tables of testimonies among the files; one that cannot be read is left to be reported with the others."""
    sheets = {}
    for source in found:
        if source.refusal is None and is_sheet_name(source.path.name):
            with suppress(ReadingError):
                sheet = read_sheet(source.load(), source.path.parent)
                sheets.update({source.path: sheet} if sheet else {})
    return sheets


def _sheets_beside(path: Path) -> dict[PurePosixPath, Sheet]:
    """The tables that lie beside a file read alone: a consent withdrawn there holds all the same."""
    if path.is_dir() or is_sheet_name(path.name):
        return {}
    beside = (file for file in sorted(path.parent.iterdir()) if is_sheet_name(file.name) and file.is_file())
    return readable_sheets([Source(PurePosixPath(file.name), partial(read_bytes, file)) for file in beside])


def by_folder(sheets: Iterable[Sheet]) -> dict[PurePosixPath, list[Sheet]]:
    """The tables of testimonies of each folder."""
    found: dict[PurePosixPath, list[Sheet]] = {}
    for sheet in sheets:
        found.setdefault(sheet.folder, []).append(sheet)
    return found


def sheet_report(path: PurePosixPath, sheet: Sheet, used: Container[tuple[PurePosixPath, str]]) -> FileReport:
    """The table's own report; a line that names no file is said. `used` are the lines that name one, by folder."""
    lost = [key for key in sheet.rows if (sheet.folder, key) not in used]
    missing = tuple(f"La table nomme un fichier introuvable\u202f: {key}." for key in lost)
    warnings = sheet.warnings + missing
    outcome = Outcome.WARNED if warnings else Outcome.READ
    return FileReport(str(path), outcome, details=sheet.details, warnings=warnings)


def read_source(source: Source, run: Run) -> tuple[list[RawTestimony], FileReport]:
    """One file's testimonies and report: whatever happens with it stays with it."""
    shown = str(source.path)
    rows = _sheet_rows(source.path, run)
    if source.refusal:
        return [], FileReport(shown, Outcome.REFUSED, reason=source.refusal)
    try:
        return _read_bytes(source, source.load(), rows, run)
    except ReadingError as error:
        return [], FileReport(shown, Outcome.REFUSED, reason=str(error))
    except Exception as error:  # a library's own failure on a strange file must not stop the others
        reason = f"Le fichier n’a pas pu être lu ({type(error).__name__}). Le rouvrir et l’enregistrer à nouveau."
        return [], FileReport(shown, Outcome.REFUSED, reason=reason)


def _read_bytes(
    source: Source, data: bytes, rows: Sequence[Mapping[str, str]], run: Run
) -> tuple[list[RawTestimony], FileReport]:
    shown = str(source.path)
    format_ = format_of(source.path.name, data)
    digest = sha256(data).hexdigest()
    if twin := run.seen.get(digest):
        detail = f"Déjà lu\u202f: même contenu que {twin}."
        return [], FileReport(shown, Outcome.WARNED, warnings=(detail,))
    parsed = format_.reader(data, run.options)
    notes = _Notes()
    if format_.told_by_content:
        notes.add(warnings=[f"L’extension ne dit pas le vrai format\u202f: lu comme {format_.told_by_content}."])
    notes.add(parsed.details, parsed.warnings)
    notes.add(warnings=filter(None, (surplus(data, format_.leaf), active(data, format_.leaf))))
    ident = _identifier(digest, run)
    above = from_folders(PurePosixPath(source.above or ".") / source.path)
    testimonies = _testimonies(parsed, ident, lambda document: (*rows, document.metadata, above), run, notes)
    if not testimonies:
        told = " ".join(parsed.warnings) or "Le fichier ne contient aucun texte."
        raise ReadingError(told, "Vérifier le fichier d’origine.")
    run.seen[digest] = source.path
    notes.add(warnings=_twin_text(testimonies, source.path, run))
    outcome = Outcome.WARNED if notes.warnings else Outcome.READ
    ids = tuple(testimony.id for testimony in testimonies)
    return testimonies, FileReport(shown, outcome, ids, tuple(notes.details), tuple(notes.warnings))


def _twin_text(testimonies: Sequence[RawTestimony], path: PurePosixPath, run: Run) -> Iterator[str]:
    """The same letter in .docx and in .pdf: both are kept, and a person is told."""
    whole = " ".join(turn.text for testimony in testimonies for turn in testimony.turns)
    text = folded(whole[:_ENOUGH_TO_COMPARE])
    if len(text) < _LONG_ENOUGH:
        return
    twin = run.texts.setdefault(hash(text), path)
    if twin != path:
        yield f"Même texte que {twin}, sous une autre forme\u202f: ne garder que l’un des deux."


def _sheet_rows(path: PurePosixPath, run: Run) -> list[Mapping[str, str]]:
    """What the tables of the folders above say of a file, the nearest first."""
    rows = []
    for folder in path.parents:
        for sheet in run.sheets.get(folder, ()):
            if (key := row_for(sheet, path)) is not None:
                run.used.add((folder, key))
                rows.append(sheet.rows[key])
    return rows


def _identifier(digest: str, run: Run) -> str:
    """`t-` and the first 8 figures of the digest; more of them if another file begins alike."""
    length = next(n for n in range(8, 65) if not any(seen.startswith(digest[:n]) for seen in run.seen))
    return f"t-{digest[:length]}"


def _testimonies(
    parsed: Parsed,
    ident: str,
    sources_of: Callable[[Document], Sequence[Mapping[str, str]]],
    run: Run,
    notes: _Notes,
) -> list[RawTestimony]:
    several = len(parsed.documents) > 1
    testimonies = []
    for rank, document in enumerate(parsed.documents, start=1):
        own_id = f"{ident}-{document.key or rank}" if several else ident
        testimony = _testimony(document, own_id, sources_of(document), run, notes)
        testimonies.extend([testimony] if testimony.turns else [])
    return testimonies


def _testimony(
    document: Document, ident: str, written: Sequence[Mapping[str, str]], run: Run, notes: _Notes
) -> RawTestimony:
    if sum(len(stretch.text) for stretch in document.stretches) > MAX_CHARACTERS:
        raise ReadingError(
            "Un seul témoignage dépasse dix millions de caractères.", "Vérifier le fichier, ou le découper."
        )
    interviewers = [*run.options.interviewers, *(one["intervieweur"] for one in written if one.get("intervieweur"))]
    turns = label_turns(_normalised(document.stretches, notes), interviewers=interviewers)
    notes.add(turns.details, turns.warnings)
    origin, doubts = settle(written)
    if origin.role is None:
        origin = replace(origin, role=role_of_labels(one.speaker for one in turns.turns if one.role is Role.WITNESS))
    consent, consent_doubts = settle_consent(written, run.consent)
    terms, limit_doubts = settle_terms(written)
    notes.add(warnings=(*doubts, *consent_doubts, *limit_doubts))
    collected = settle_collected(written)
    return RawTestimony(ident, turns.turns, origin, consent, _identity(document, written), terms, collected)


def _identity(document: Document, written: Sequence[Mapping[str, str]]) -> Identity:
    """The names and contacts of the file, and those of the table of testimonies."""
    names = [one["nom"] for one in written if one.get("nom")]
    contacts = [one["contact"] for one in written if one.get("contact")]
    return Identity((*document.identity.names, *names), (*document.identity.contacts, *contacts))


def _normalised(stretches: Iterable[Stretch], notes: _Notes) -> list[Stretch]:
    clean, removed, garbled = [], 0, False
    for stretch in stretches:
        text, controls = normalise(stretch.text)
        speaker = normalise(stretch.speaker)[0] if stretch.speaker else stretch.speaker
        clean.append(replace(stretch, text=text, speaker=speaker))
        removed += controls
        garbled = garbled or looks_garbled(text)
    if removed:
        notes.add(warnings=[f"Caractères de contrôle retirés\u202f: {removed}."])
    if garbled:
        notes.add(
            warnings=[
                "Des accents sont abîmés dans le fichier même («\u202fÃ©\u202f» pour «\u202fé\u202f»)\u202f: "
                "le produire à nouveau."
            ]
        )
    return clean
