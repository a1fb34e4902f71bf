"""Files handed in: kept encrypted, known again where they came before, and given to the worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings as site
from django.db import transaction
from django.utils import timezone

from voices.errors import ReadingError
from voices.ingest import held
from voices.ingest.characters import plain_name
from voices.ingest.metadata import is_sheet_name
from voices.receiving.sealing import content_of, open_text, seal_bytes, seal_text
from voices.settings import Settings
from voices.store.models import Act, Deposit, Job, SourceFile, User
from voices.store.models.deposits import TYPED

State = SourceFile.State
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True, repr=False)
class ColumnShown:
    """A questionnaire's column, for a person to check: heading, kind recognised, rows that fill it, some answers."""

    heading: str
    kind: str
    filled: int
    samples: tuple[str, ...]


def keep_text(deposit: Deposit, title: str, text: str, *, settings: Settings) -> SourceFile:
    """The same as `keep_file`, of a text that a person pasted or typed."""
    return keep_file(deposit, f"{title}{TYPED}", text.encode(), settings=settings, typed=True)


def keep_file(
    deposit: Deposit, name: str, content: bytes, *, settings: Settings, typed: bool = False, checked: bool = False
) -> SourceFile:
    """The file of the deposit, its bytes encrypted, and work asked for: nothing of it is opened here. Where it is a
    questionnaire, its columns will wait to be checked, unless they are said to be `checked`.

    A file too large is refused, and the same bytes at the same place are known again: nothing is kept of them.
    """
    file = _new(deposit, name, len(content))
    file.typed = typed
    file.digest = sha256(content).hexdigest()
    if file.size > site.MAX_FILE_BYTES:
        return _refused(file, too_large())
    file.already = None if is_sheet_name(name) else _earlier(file)
    if file.already:
        file.state, file.done_at = State.KNOWN, timezone.now()
        file.save()
        return file
    file.preview = {} if checked else None
    file.content = seal_bytes(content, settings)
    file.save()
    ask(file, deposit.made_by)
    return file


def keep_member(deposit: Deposit, member: held.Member, *, settings: Settings) -> SourceFile:
    """The same, of a file of an archive; refused where the archive's reader says so."""
    file = _new(deposit, member.name, member.size)
    if member.refusal:
        return _refused(file, member.refusal)
    if member.size > site.MAX_FILE_BYTES:
        return _refused(file, too_large())
    try:
        content = member.content()
    except ReadingError as error:
        return _refused(file, str(error))
    return keep_file(deposit, member.name, content, settings=settings)


def refuse_file(deposit: Deposit, name: str, size: int, reason: str) -> SourceFile:
    """A file that was not taken in, and why, kept for who handed it in to know."""
    return _refused(_new(deposit, name, size), reason)


def too_large() -> str:
    """Why a file is too large, and what to do."""
    return f"Le fichier dépasse {site.MAX_FILE_BYTES // 2**20}\u202fMo. Le découper, ou en donner le texte seul."


def columns_shown(file: SourceFile, settings: Settings) -> tuple[ColumnShown, ...]:
    """The columns of a questionnaire that waits to be checked; none for any other file."""
    if not file.preview:
        return ()
    samples = open_text(file.preview["samples"], settings)
    return tuple(
        ColumnShown(one["heading"], one["kind"], one["filled"], tuple(some))
        for one, some in zip(file.preview["columns"], samples, strict=True)
    )


def effect(file: SourceFile, columns: Mapping[str, str], settings: Settings) -> tuple[str, ...]:
    """What reading the questionnaire that way would give, in French sentences: how many respondents, answers…

    Raises VoicesError where it cannot be read so.
    """
    from voices.ingest import ReadOptions

    options = ReadOptions(columns=columns)
    content = content_of(file, settings)
    (report,) = held.read(file.name, content, options=options).files
    told = [one for one in report.details if not one.startswith(("Colonne", "Et ", "Séparateur"))]
    return (*told, *report.warnings, *([report.reason] if report.reason else []))


def confirm(file: SourceFile, columns: Mapping[str, str], by: User) -> None:
    """Nothing; the questionnaire is to be read with these columns. Once it is being read, nothing changes any more."""
    rows = SourceFile.objects.filter(pk=file.pk, state=State.TO_CHECK)
    if rows.update(state=State.WAITING, columns=dict(columns)):
        ask(file, by)


def set_aside(file: SourceFile, by: User | None) -> None:
    """Nothing; a questionnaire that was not confirmed is not to be read, and its bytes are let go."""
    with transaction.atomic():
        rows = SourceFile.objects.filter(pk=file.pk, state=State.TO_CHECK)
        left = rows.update(
            state=State.REFUSED,
            reason=SourceFile.SET_ASIDE,
            content=None,
            preview=None,
            done_at=timezone.now(),
        )
        if left:
            states = {"before": "à vérifier", "after": "laissé de côté"}
            place = file.deposit.place_id
            Act.objects.create(kind=Act.Kind.FILE_SET_ASIDE, deposit=file.deposit, place_id=place, made_by=by, **states)


def ask(file: SourceFile, by: User | None) -> Job:
    """The work asked of the worker for that file."""
    return Job.objects.create(kind=Job.Kind.READ, subject={"file": file.pk}, made_by=by)


def ask_again(file: SourceFile, by: User) -> None:
    """Nothing; a file whose work failed is to be tried once more."""
    failed = Job.objects.filter(kind=Job.Kind.READ, state=Job.State.FAILED, subject__file=file.pk)
    if file.state == State.WAITING and failed.exists():
        failed.delete()
        ask(file, by)


def _new(deposit: Deposit, name: str, size: int) -> SourceFile:
    return SourceFile(deposit=deposit, name=(plain_name(name) or "sans nom")[-_LONGEST_NAME:], size=size)


def _refused(file: SourceFile, reason: str) -> SourceFile:
    file.state, file.reason, file.done_at = State.REFUSED, reason, timezone.now()
    file.save()
    return file


def _earlier(file: SourceFile) -> SourceFile | None:
    """The file that brought the same bytes to the same place before, and that is read or will be."""
    alive = (State.WAITING, State.TO_CHECK, State.DONE)
    rows = SourceFile.objects.filter(digest=file.digest, deposit__place=file.deposit.place_id, state__in=alive)
    return rows.order_by("pk").first()


def preview(name: str, content: bytes, settings: Settings) -> dict[str, Any]:
    """What is recognised of a questionnaire's columns, answers encrypted; empty where the file is something else."""
    seen = {one.heading: one for one in reversed(held.columns(name, content))}
    if not seen:
        return {}
    columns = [{"heading": one.heading, "kind": one.kind, "filled": one.filled} for one in reversed(seen.values())]
    samples = [list(one.samples) for one in reversed(seen.values())]
    return {"columns": columns, "samples": seal_text(samples, settings)}
