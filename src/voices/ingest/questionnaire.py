"""Tables of answers: one row a respondent, one document. Open answers are said; the question is their context."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from voices.domain import Consent, Role
from voices.ingest.answers import says_nothing
from voices.ingest.characters import folded
from voices.ingest.columns import METADATA, Column, Kind, understand
from voices.ingest.document import Document, Parsed, ReadOptions, Stretch
from voices.ingest.sheets import Table, table_of
from voices.ingest.vocabulary import consent_of
from voices.raw import Identity

_CODE = re.compile(
    r"[A-Za-z]{1,4}\d{1,4}\w{0,8}(?:[\[(_.]\w{1,8}[\])]?)?|id|submitdate|lastpage|startlanguage|token|seed"
)
_CONTACT = re.compile(r"@|\d{4}|\d\d[ .]\d\d[ .]\d\d")
_CONTACT_HEADING = re.compile(
    r"\b(?:mail|e ?mail|courriel|tel|telephone|portable|mobile|adresse|contact|coordonnees)\b"
)
_YES = frozenset({"oui", "o", "yes", "y", "ok", "d'accord", "1", "vrai", "true", "x", "j'accepte", "accepte"})
_NO = frozenset({"non", "n", "no", "0", "faux", "false", "je refuse", "refuse", "non merci"})
_MAX_SHOWN = 60


@dataclass(frozen=True, slots=True, repr=False)
class _Sheet:
    """The headings, the rows under them, and the number of the first of those rows as the person sees it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first: int


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document a respondent, keyed by its row's number (« l012 »); or one for an interview laid out as a table.

    Rows without any open answer give no document and are counted. A table without an open column gives no document
    and a warning. Raises ReadingError where the table cannot be read, SettingsError for an unknown kind of column.
    """
    table = table_of(data)
    sheet = _sheet(table)
    columns = understand(sheet.headings, sheet.rows, options.columns)
    details = (*table.details, *_shown(columns))
    if conversation := _conversation(sheet, columns):
        return Parsed((conversation,), details, table.warnings)
    columns = tuple(_as_respondents(column) for column in columns)
    if not any(column.kind is Kind.OPEN for column in columns):
        unread = "Aucune colonne de réponses ouvertes n’est reconnue\u202f: rien n’est repris de ce tableau."
        return Parsed((), details, (*table.warnings, unread))
    rows = [(number, row) for number, row in enumerate(sheet.rows, start=sheet.first) if any(map(str.strip, row))]
    documents = [_document(number, row, columns) for number, row in rows]
    kept = tuple(document for document in documents if document.stretches)
    blank = len(sheet.rows) - len(rows)
    return Parsed(kept, (*details, *_counts(documents, columns, blank)), table.warnings)


def columns_of(data: bytes) -> tuple[tuple[Column, ...], tuple[tuple[str, ...], ...]]:
    """The columns of a table of answers as they are recognised, and its rows; none where it is an interview.

    Raises ReadingError where the table cannot be read.
    """
    sheet = _sheet(table_of(data))
    columns = understand(sheet.headings, sheet.rows, {})
    if _conversation(sheet, columns):
        return (), ()
    return tuple(_as_respondents(column) for column in columns), sheet.rows


def _sheet(table: Table) -> _Sheet:
    """The header row is the first that is nearly as wide as the rows usually are: titles above it are narrower."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in table.rows]
    usual = median([width for width in widths if width] or [0])
    header = next((rank for rank, width in enumerate(widths[:20]) if width and width >= 0.6 * usual), None)
    if header is None:
        return _Sheet((), (), 1)
    if _is_data(table.rows[header], usual):
        return _Sheet(("Témoignage",), table.rows[header:], header + 1)
    rows = table.rows
    if header + 1 < len(rows) and _are_codes(rows[header], rows[header + 1]):
        header += 1
    return _Sheet(tuple(" ".join(cell.split()) for cell in rows[header]), rows[header + 1 :], header + 2)


def _is_data(row: Sequence[str], usual: float) -> bool:
    """A single column without a heading: its first cell is already a testimony."""
    words = " ".join(row).split()
    return usual <= 1 and len(words) > 8 and not words[-1].endswith(("?", ":"))


def _are_codes(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row holds survey codes (« G1Q2 ») and the row below it the questions themselves."""
    codes = [cell.strip() for cell in row if cell.strip()]
    asked = [cell.strip() for cell in below if len(cell.split()) >= 3]
    coded = sum(_CODE.fullmatch(code) is not None for code in codes) >= 0.6 * len(codes)
    return coded and bool(asked) and 2 * sum(cell.endswith(("?", ":")) for cell in asked) >= len(asked)


def _shown(columns: Sequence[Column]) -> Iterator[str]:
    yield from (column.sentence for column in columns[:_MAX_SHOWN] if column.heading or column.kind is not Kind.IGNORED)
    if len(columns) > _MAX_SHOWN:
        yield f"Et {len(columns) - _MAX_SHOWN} autres colonnes."


def _conversation(sheet: _Sheet, columns: Sequence[Column]) -> Document | None:
    """An interview as a table: who speaks, what is said, perhaps when. None where speakers do not come back."""
    speakers = next((column.index for column in columns if column.kind is Kind.SPEAKER), None)
    said = next((column for column in columns if column.kind is Kind.OPEN), None) or _words_column(columns)
    if speakers is None or said is None:
        return None
    times = next((column.index for column in columns if column.kind is Kind.TIME), None)
    stretches: list[Stretch] = []
    speaker: str | None = None
    for row in sheet.rows:
        speaker = _cell(row, speakers).rstrip(" \u00a0\u202f:") or speaker
        if text := _cell(row, said.index):
            stretches.append(Stretch(text, speaker, seconds=_seconds(_cell(row, times)) if times is not None else None))
    names = Counter(stretch.speaker for stretch in stretches)
    recurring = len(stretches) <= 4 or len(names) <= 0.6 * len(stretches)
    return Document(tuple(stretches)) if stretches and recurring else None


def _words_column(columns: Sequence[Column]) -> Column | None:
    """« Texte », « Propos »: what is said may be too short and too repeated to look like open answers."""
    return next((column for column in columns if column.kind is Kind.CLOSED and not column.question), None)


def _as_respondents(column: Column) -> Column:
    """Where rows are respondents, a column of speakers tells who they are."""
    if column.kind is not Kind.SPEAKER:
        return column
    return Column(column.index, column.heading, Kind.IDENTITY, column.question)


def _document(number: int, row: Sequence[str], columns: Sequence[Column]) -> Document:
    stretches: list[Stretch] = []
    for column in columns:
        answer = _cell(row, column.index)
        if column.kind is Kind.OPEN and answer:
            if column.question:
                stretches.append(Stretch(column.question, role=Role.INTERVIEWER))
            stretches.append(Stretch(answer, role=Role.WITNESS, empty=says_nothing(answer)))
    return Document(tuple(stretches), f"l{number:03d}", _metadata(row, columns), _identity(row, columns))


def _metadata(row: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    metadata: dict[str, str] = {}
    for column in columns:
        value = _cell(row, column.index)
        if value and column.kind in METADATA and column.kind is not Kind.CONSENT:
            metadata.setdefault(METADATA[column.kind], value)
    if any(column.kind is Kind.OPEN and column.question for column in columns):
        metadata.setdefault("canal", "questionnaire")
    if consent := _consent(row, columns):
        metadata["consentement"] = consent
    return metadata


def _consent(row: Sequence[str], columns: Sequence[Column]) -> str:
    """What the respondent consents to, in words that are understood further on; as written where they are not.

    Several questions (analysis, quotes, first name) add up; a refusal of the whole wins over everything.
    """
    asked = [column for column in columns if column.kind is Kind.CONSENT]
    written = [(folded(column.heading), _cell(row, column.index)) for column in asked]
    found = [_granted(heading, answer) for heading, answer in written if answer]
    known = [consent for consent in found if isinstance(consent, Consent)]
    if Consent.WITHDRAWN in known:
        return Consent.WITHDRAWN.value
    unclear = [consent for consent in found if isinstance(consent, str) and not isinstance(consent, Consent)]
    if unclear or not known:
        return unclear[0] if unclear else ""
    return max(known, key=list(Consent).index).value


def _granted(heading: str, answer: str) -> Consent | str:
    """The consent that an answer gives, given what the question asks; the answer itself where it cannot be told.

    « Non » to being quoted leaves analysis; « non » to the whole is a withdrawal.
    """
    word = folded(answer)
    quotes = re.search(r"\b(?:cit\w*|publi\w*|extraits?|prenom|nom|anonym\w*)\b", heading) is not None
    if word in _NO:
        return Consent.ANALYSIS if quotes else Consent.WITHDRAWN
    if word not in _YES:
        return consent_of(answer) or answer
    if re.search(r"\banonym\w*|\bsans (?:mon |le )?(?:nom|prenom)", heading):
        return Consent.ANONYMOUS_QUOTES
    if quotes and re.search(r"\bprenom", heading):
        return Consent.NAMED_QUOTES
    if re.search(r"\b(?:citee?s?|citer|citations?|extraits?|publi\w+)\b", heading):
        return Consent.ANONYMOUS_QUOTES  # the narrowest way of being quoted
    if not quotes and re.search(r"\b(?:analys\w*|etude|recherche|traite\w*|utilis\w*|exploit\w*)\b", heading):
        return Consent.ANALYSIS
    return answer


def _identity(row: Sequence[str], columns: Sequence[Column]) -> Identity:
    names: list[str] = []
    contacts: list[str] = []
    for column in columns:
        value = _cell(row, column.index)
        if column.kind is Kind.IDENTITY and value and not says_nothing(value):
            contact = _CONTACT.search(value) or _CONTACT_HEADING.search(folded(column.heading))
            (contacts if contact else names).append(value)
    return Identity(tuple(names), tuple(contacts))


def _counts(documents: Sequence[Document], columns: Sequence[Column], blank: int) -> Iterator[str]:
    answers = [one for document in documents for one in document.stretches if one.role is Role.WITNESS]
    open_columns = sum(column.kind is Kind.OPEN for column in columns)
    respondents = sum(bool(document.stretches) for document in documents)
    yield f"Répondants\u202f: {respondents}\u202f; réponses ouvertes\u202f: {len(answers)}."
    empty = sum(answer.empty for answer in answers)
    if empty:
        yield f"Réponses qui ne disent rien («\u202fRAS\u202f»…)\u202f: {empty}, gardées mais non codées."
    if unanswered := len(documents) * open_columns - len(answers):
        yield f"Questions ouvertes laissées sans réponse\u202f: {unanswered}."
    if silent := sum(not document.stretches for document in documents):
        yield f"Lignes sans aucune réponse ouverte, non reprises\u202f: {silent}."
    if blank:
        yield f"Lignes vides\u202f: {blank}."


def _cell(row: Sequence[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _seconds(time: str) -> float | None:
    found = re.search(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)", time)
    if found is None:
        return None
    return 3600 * int(found[1] or 0) + 60 * int(found[2]) + float(found[3].replace(",", "."))
