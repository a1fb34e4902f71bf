"""One file's work: from its encrypted bytes to testimonies, passages and suggestions, ready to appear in the base."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from voices import passages, privacy
from voices.domain import Consent, FileReport, Outcome, Passage, Purpose, Testimony
from voices.ingest import ReadOptions, held
from voices.ingest.metadata import is_sheet_name
from voices.pipeline import Watch
from voices.raw import RawReading, RawTestimony
from voices.receiving.appearing import Appearance, Arrived, Nothing, Refused, SheetRead, ToCheck, Unpacked
from voices.receiving.depositing import preview
from voices.receiving.machine import Reader
from voices.receiving.placing import Placing
from voices.receiving.sealing import content_of, seal_names
from voices.receiving.twins import key_at, taken_at
from voices.receiving.waiting import WaitingRows
from voices.store import models
from voices.store.keeping import passage_fields, role_fields, terms_fields, testimony_fields
from voices.store.models import SourceFile
from voices.terms import Collected, narrowest

STEPS = ("Lecture du fichier", "Remplacement des noms", "Découpage en passages", "Proposition de codes")
_TOGETHER = 50
"""Testimonies protected at once."""


@dataclass(slots=True)
class _Kept:
    """What is kept of a file's testimonies, and what is said of those that are not."""

    raws: tuple[RawTestimony, ...]
    known: int = 0
    withdrawn: int = 0
    warnings: list[str] = field(default_factory=list)


def read(file_id: int, *, places: Collection[int], machine: Reader, watch: Watch) -> Appearance:
    """What is to appear of that file; nothing is written yet. `places` are those where who handed it in may do so.

    Raises VoicesError where the key does not open it, or a model is missing.
    """
    file = SourceFile.objects.select_related("deposit__place").filter(pk=file_id, content__isnull=False).first()
    if file is None or file.state != SourceFile.State.WAITING:
        return Nothing()
    progress = watch(STEPS[0])
    progress(0, 1)
    content = content_of(file, machine.settings)
    if held.is_archive(file.name):
        return Unpacked.of(file, content, machine.settings)
    sheet = held.read_sheet(file.name, content, _names_beside(file))
    if sheet is not None:
        return SheetRead(file, sheet)
    if file.preview is None and (seen := preview(file.name, content, machine.settings)):
        return ToCheck(file, seen)
    found = _read(file, content, machine)
    (report,) = found.files
    if report.outcome is Outcome.REFUSED:
        return Refused(file, report.reason or "")
    progress(1, 1)
    return _arrived(file, found, report, places, machine, watch)


def _arrived(
    file: SourceFile,
    found: RawReading,
    report: FileReport,
    places: Collection[int],
    machine: Reader,
    watch: Watch,
) -> Appearance:
    placing = Placing(file.deposit.place, places)
    kept = _kept(found.testimonies, placing)
    testimonies, rows = _protected(kept.raws, placing, file, machine, watch)
    waiting = WaitingRows(machine.settings.data)
    cut = passages.cut(testimonies, progress=watch(STEPS[2]))
    for of_chunk in _coded(cut, machine, watch):
        waiting.add(of_chunk)
    return Arrived(
        file=file,
        details=tuple(report.details),
        warnings=(*report.warnings, *kept.warnings, *placing.warnings),
        known=kept.known,
        testimonies=rows,
        waiting=waiting,
        coder=(machine.name, machine.describe()) if cut else None,
    )


def _read(file: SourceFile, content: bytes, machine: Reader) -> RawReading:
    deposit = file.deposit
    consent = Consent(deposit.consent)
    others = SourceFile.objects.filter(digest__startswith=file.digest[:8]).values_list("digest", flat=True)
    return held.read(
        file.name,
        content,
        options=ReadOptions(interviewers=tuple(deposit.interviewers), columns=file.columns),
        consent=None if consent is Consent.UNKNOWN else consent,
        sheets=_sheets_beside(file, machine),
        others=others,
    )


def _names_beside(file: SourceFile) -> list[str]:
    return [name for name in file.deposit.files.values_list("name", flat=True) if name != file.name]


def _sheets_beside(file: SourceFile, machine: Reader) -> dict[str, bytes]:
    """The tables of testimonies handed in with the file: kept until all that came with them is read."""
    names = [name for name in _names_beside(file) if is_sheet_name(name)]
    rows = file.deposit.files.filter(name__in=names, content__isnull=False)
    return {row.name: content_of(row, machine.settings) for row in rows}


def _kept(raws: Sequence[RawTestimony], placing: Placing) -> _Kept:
    """Those to take in: neither withdrawn, whose words go no further, nor at their place already.

    What another place holds neither stops them nor is told.
    """
    today = timezone.localdate()
    given = [raw for raw in raws if privacy.allows(raw.consent, raw.terms, Purpose.ANALYSIS, today=today)]
    wanted = {raw.id: placing.of(raw.origin) for raw in given}
    taken = taken_at([*wanted, *(key_at(key, place) for key, place in wanted.items())])
    known = {key for key, place in wanted.items() if taken.get(key) == place.pk or key_at(key, place) in taken}
    kept = _Kept(tuple(raw for raw in given if raw.id not in known), len(known), len(raws) - len(given))
    if kept.withdrawn:
        kept.warnings.append(f"Accord retiré pour {_counted(kept.withdrawn)}\u202f: rien n’en a été gardé.")
    return kept


def _counted(count: int) -> str:
    return f"{count} témoignage{'s' if count > 1 else ''}"


def _protected(
    raws: Sequence[RawTestimony], placing: Placing, file: SourceFile, machine: Reader, watch: Watch
) -> tuple[list[Testimony], list[models.Testimony]]:
    progress = watch(STEPS[1])
    progress(0, len(raws))
    testimonies: list[Testimony] = []
    rows: list[models.Testimony] = []
    for first in range(0, len(raws), _TOGETHER):
        some = raws[first : first + _TOGETHER]
        for raw, one in zip(some, privacy.protect_all(some), strict=True):
            testimonies.append(one.testimony)
            names = seal_names(one.correspondences, machine.settings) if one.correspondences else None
            rows.append(_row(one.testimony, raw.collected, names, placing, file))
        progress(len(testimonies), len(raws))
    return testimonies, rows


def _row(
    testimony: Testimony, collected: Collected, names: bytes | None, placing: Placing, file: SourceFile
) -> models.Testimony:
    deposit, fields = file.deposit, testimony_fields(testimony)
    fields["channel"] = fields["channel"] or deposit.channel
    fields["date"] = fields["date"] or deposit.date
    fields |= role_fields(fields["role"] or deposit.role)
    fields |= terms_fields(narrowest([testimony.terms, deposit.terms]))
    lent = testimony.consent.value == deposit.consent
    return models.Testimony(
        **fields,
        place=placing.of(testimony.origin),
        deposit=deposit,
        file=file,
        consent_source=deposit.consent_source if lent else "Indiqué dans le fichier",
        collected_by=collected.by[:120] or deposit.collected_by,
        way=collected.way.value or deposit.way,
        names=names,
    )


def _coded(cut: Sequence[Passage], machine: Reader, watch: Watch) -> Iterator[list[dict[str, object]]]:
    position = 0
    for found in machine.read(cut, watch(STEPS[3])):
        some = cut[position : position + len(found)]
        position += len(found)
        yield [
            {"testimony": passage.testimony_id, "passage": passage_fields(passage), **one}
            for passage, one in zip(some, found, strict=True)
        ]
