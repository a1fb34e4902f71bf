"""What a file's work gives, written into the base: whole, within the transaction of the worker that calls `write`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils import timezone

from voices.domain import FileReport
from voices.ingest import held
from voices.receiving.depositing import keep_member
from voices.receiving.machine import vector_bytes
from voices.receiving.twins import key_at, taken_at, tie
from voices.receiving.waiting import WaitingRows
from voices.settings import Settings
from voices.store.models import Deposit, MachinePass, Passage, SourceFile, Suggestion, Testimony

_BATCH = 200
"""Rows written at once."""


class Appearance(Protocol):
    """Something ready to appear."""

    def write(self) -> Iterator[list[int]]:
        """Ids of the passages written, some at a time: what holds for them is still to be derived."""


class Nothing:
    """The file was read already, or is there no more."""

    def write(self) -> Iterator[list[int]]:
        """Nothing."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read, and why."""

    file: SourceFile
    reason: str

    def write(self) -> Iterator[list[int]]:
        """Nothing; says why on the file, whose bytes are let go."""
        self.file.reason = self.reason
        _close(self.file, SourceFile.State.REFUSED)
        yield from ()


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A questionnaire whose columns a person is to check before it is read, and what was recognised of them."""

    file: SourceFile
    preview: dict[str, Any]

    def write(self) -> Iterator[list[int]]:
        """Nothing; the file waits for that person, its bytes kept."""
        self.file.state, self.file.preview = SourceFile.State.TO_CHECK, self.preview
        self.file.save(update_fields=["state", "preview"])
        yield from ()


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A table that tells of the other files of its deposit: it is kept until they are all read."""

    file: SourceFile
    report: FileReport

    def write(self) -> Iterator[list[int]]:
        """Nothing; says on the file what was understood."""
        content = self.file.content
        self.file.details, self.file.warnings = list(self.report.details), list(self.report.warnings)
        _close(self.file, SourceFile.State.DONE, content=content)
        yield from ()


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An archive: each of its files becomes one of the deposit's."""

    file: SourceFile
    members: Sequence[held.Member]
    settings: Settings

    @classmethod
    def of(cls, file: SourceFile, content: bytes, settings: Settings) -> "Appearance":
        """The archive's files, none of them inflated yet; a refusal where it cannot be opened."""
        from voices.errors import ReadingError

        try:
            return cls(file, tuple(held.unpack(file.name, content)), settings)
        except ReadingError as error:
            return Refused(file, str(error))

    def write(self) -> Iterator[list[int]]:
        """Nothing; the files are there, to be read in their turn."""
        for member in self.members:
            keep_member(self.file.deposit, member, settings=self.settings)
        count = len(self.members)
        self.file.details = [f"Archive ouverte\u202f: {count} fichier{'s' if count > 1 else ''}."]
        _close(self.file, SourceFile.State.DONE)
        yield from ()


class OvertakenError(Exception):
    """What the file was read for changed meanwhile: it is to be read again."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that was read: its testimonies, and what was found of their passages, waiting."""

    file: SourceFile
    details: tuple[str, ...]
    warnings: tuple[str, ...]
    known: int
    testimonies: Sequence[Testimony]
    waiting: WaitingRows
    coder: tuple[str, dict[str, str]] | None

    def write(self) -> Iterator[list[int]]:
        """Ids of the passages written, some at a time. What another file brought meanwhile is not doubled.

        Raises OvertakenError where the deposit's consent changed since the file was read.
        """
        deposit = Deposit.objects.select_for_update().get(pk=self.file.deposit_id)
        read_for = self.file.deposit
        if (deposit.consent, deposit.limits) != (read_for.consent, read_for.limits):
            raise OvertakenError
        rows = self._fresh()
        taken = len(self.testimonies) - len(rows)
        Testimony.objects.bulk_create(rows.values(), batch_size=_BATCH)
        tie(self.file)
        with self.waiting:
            yield from self._passages(rows)
        self.file.details, self.file.warnings = list(self.details), list(self.warnings)
        self._say_known(self.known + taken)
        new = bool(rows) or not (self.known or taken)
        _close(self.file, SourceFile.State.DONE if new else SourceFile.State.KNOWN)

    def _fresh(self) -> dict[str, Testimony]:
        """The testimonies that are not at their place yet, by the key that they were read under."""
        taken = taken_at([key for row in self.testimonies for key in (row.key, key_at(row.key, row.place))])
        found: dict[str, Testimony] = {}
        for row in self.testimonies:
            key, own = row.key, key_at(row.key, row.place)
            if taken.get(key) == row.place_id or own in taken:
                continue
            if key in taken:
                row.key = own
            found[key] = row
        return found

    def _passages(self, testimonies: dict[str, Testimony]) -> Iterator[list[int]]:
        if self.coder is None or not testimonies:
            return
        name, identity = self.coder
        made_by = self.file.deposit.made_by
        machine_pass = MachinePass.objects.create(coder=name[:120], identity=identity, made_by=made_by)
        for batch in self.waiting.batches(_BATCH):
            found = [one for one in batch if one["testimony"] in testimonies]
            passages = Passage.objects.bulk_create([_passage(one, testimonies[one["testimony"]]) for one in found])
            Suggestion.objects.bulk_create(
                Suggestion(machine_pass=machine_pass, passage=passage, **one["suggestion"])
                for passage, one in zip(passages, found, strict=True)
            )
            yield [passage.pk for passage in passages]

    def _say_known(self, known: int) -> None:
        if not known:
            return
        file, place = self.file, self.file.deposit.place_id
        several = known > 1
        said = f"{known} témoignages étaient déjà enregistrés" if several else "Un témoignage était déjà enregistré"
        file.warnings.append(f"{said}\u202f: {'ils ne sont' if several else 'il n’est'} pas repris une seconde fois.")
        file.already = _others(file).filter(deposit__place=place).first()


def _passage(found: dict[str, Any], testimony: Testimony) -> Passage:
    return Passage(
        **found["passage"],
        testimony=testimony,
        place_id=testimony.place_id,
        lemmas=found["lemmas"],
        vector=vector_bytes(found),
    )


def _others(file: SourceFile) -> "QuerySet[SourceFile]":
    return SourceFile.objects.filter(digest=file.digest).exclude(pk=file.pk).order_by("pk")


def _close(file: SourceFile, state: SourceFile.State, *, content: bytes | memoryview | None = None) -> None:
    """Nothing; the file is read, and its bytes are let go, with those of the tables that nothing waits for any more."""
    file.state, file.content, file.preview, file.done_at = state, content, None, timezone.now()
    file.save(update_fields=["state", "content", "preview", "done_at", "reason", "details", "warnings", "already"])
    pending = (SourceFile.State.WAITING, SourceFile.State.TO_CHECK)
    if not file.deposit.files.filter(state__in=pending).exists():
        file.deposit.files.exclude(content=None).update(content=None)
