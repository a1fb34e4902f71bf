"""What is wrong in the base, told; and, where it can be derived anew of what is kept, what writes it anew.

Nothing here deletes anything that people gave or said: what cannot be mended is told, with what to do.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from voices.reviewing import refresh
from voices.safekeeping import around
from voices.safekeeping.faults import DEPOSIT_AGAIN, Fault, listed, many
from voices.settings import Settings
from voices.store.columns import schema as columns
from voices.store.models import Job, Passage, SourceFile, Testimony
from voices.store.search import checking, schema
from voices.store.search.vectors import DIM

_BYTES = 2 * DIM
_AT_ONCE = 500
_HELD = ("standing", "accueil", "appartenance", "action", "own", "subcodes", "trust", "useful", "doubt", "outside")
_STALE = timedelta(minutes=10)
"""A job whose worker has been silent for so long is nobody's: a worker that is there takes it again in seconds."""
_LONG = 2
"""Days that no job waits where a site is open."""
_BY_ITSELF = "le site fait la suite, une fois ouvert"
_FROM_A_BACKUP = "Restaurer la dernière sauvegarde (voices restore), et garder ce dossier tel quel."


def faults(settings: Settings) -> Iterator[Fault]:
    """All that is wrong, part by part; nothing is changed."""
    closed = list(around.disk(settings))
    yield from closed
    broken = list(_files())
    yield from broken
    yield from around.backups(settings, timezone.now())
    if broken:
        return  # what its pages hold means nothing any more
    try:
        yield from _contents(settings)
    except DatabaseError:
        if not closed:  # what must be written to be looked at, there, tells nothing
            yield Fault("Base", "une partie de la base ne se lit pas", _FROM_A_BACKUP)


def _contents(settings: Settings) -> Iterator[Fault]:
    for check in (_offsets, _words, _notes, _vectors, _standing, _jobs, _orphans):
        yield from check()
    yield from around.sealed(settings)


def _files() -> Iterator[Fault]:
    """The pages of the base, and rows that point at nothing. PostgreSQL sees to both."""
    if connection.vendor != "sqlite":
        return
    try:
        said = [one for (one,) in _rows("PRAGMA integrity_check") if one != "ok"]
    except DatabaseError:
        said = ["unreadable"]
    if said:
        yield Fault("Base", "le fichier de la base est abîmé", _FROM_A_BACKUP)
        return
    loose = _rows("PRAGMA foreign_key_check")
    if loose:
        told = many(len(loose), "ligne se rapporte à une autre", "lignes se rapportent à d’autres")
        tables = ", ".join(sorted({str(row[0]) for row in loose}))
        yield Fault("Base", f"{told} qui n’existe plus ({tables})", _FROM_A_BACKUP)


def _offsets() -> Iterator[Fault]:
    """Passages whose words are not those of their testimony: which of the two is right cannot be derived."""
    wrong: list[int] = []
    for testimony in Testimony.objects.only("pk", "text").order_by("pk").iterator(chunk_size=50):
        rows = Passage.objects.filter(testimony=testimony.pk).values_list("pk", "start", "end", "text", "sentences")
        for pk, start, end, text, sentences in rows:
            inside = all(start <= first < last <= end for first, last in sentences)
            if testimony.text[start:end] != text or not inside:
                wrong.append(pk)
    if wrong:
        yield Fault(
            "Passages", f"les mots ne sont pas ceux du témoignage\u202f: passages {listed(wrong)}", _FROM_A_BACKUP
        )


def _words() -> Iterator[Fault]:
    if not checking.words_sound():
        yield Fault("Recherche", "l’index des mots n’est pas celui des passages", mend=checking.lay_anew)
    if not checking.vectors_sound():
        told = "ce qui sert à chercher par le sens n’est pas celui des passages"
        yield Fault("Recherche", told, mend=checking.lay_anew)


def _notes() -> Iterator[Fault]:
    if not columns.laid(connection):
        yield Fault("Décomptes", "ce qui les tient à jour manque", mend=_lay_notes)


def _lay_notes() -> None:
    schema.lay()
    columns.lay()


def _vectors() -> Iterator[Fault]:
    """Passages that search by meaning would miss, and that nobody was asked to prepare."""
    going = Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING))
    asked = {pk for job in going.filter(kind=Job.Kind.VECTORS) for pk in job.subject["passages"]}
    missing = [
        pk
        for pk, vector in Passage.objects.order_by("pk").values_list("pk", "vector").iterator(chunk_size=_AT_ONCE)
        if pk not in asked and (vector is None or len(vector) != _BYTES)
    ]
    if missing:
        told = many(len(missing), "passage ne serait pas trouvé", "passages ne seraient pas trouvés")
        yield Fault("Recherche", f"{told} par le sens", mend=lambda: _ask_for_vectors(missing), then=_BY_ITSELF)


def _ask_for_vectors(missing: Sequence[int]) -> None:
    Job.objects.create(kind=Job.Kind.VECTORS, subject={"passages": list(missing)})


def _standing() -> Iterator[Fault]:
    """Passages where what holds is not what is derived of all that was said."""
    wrong: list[int] = []
    ids = Passage.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_AT_ONCE)
    for some in _batches(ids):
        held = _held(some)
        with transaction.atomic():
            refresh(some)
            anew = _held(some)
            transaction.set_rollback(True)
        wrong += [pk for pk in some if held[pk] != anew[pk]]
    if wrong:
        told = f"ce qui vaut n’est pas ce qui a été décidé\u202f: passages {listed(wrong)}"
        yield Fault("Relecture", told, mend=lambda: _refresh(wrong))


def _refresh(wrong: Sequence[int]) -> None:
    for some in _batches(iter(wrong)):
        refresh(some)


def _jobs() -> Iterator[Fault]:
    """Works that a worker left, and that none took again; and one that nobody takes."""
    silent = Q(beat_at=None) | Q(beat_at__lt=timezone.now() - _STALE) | Q(beat_at__gt=timezone.now() + _STALE)
    left = Job.objects.filter(silent, state=Job.State.RUNNING)
    if count := left.count():
        told = many(count, "travail est resté en suspens", "travaux sont restés en suspens")

        def again() -> object:
            return left.update(state=Job.State.WAITING, worker="", beat_at=None)

        yield Fault("Travaux", told, mend=again, then=_BY_ITSELF)
    made_at = Job.objects.filter(state=Job.State.WAITING).order_by("pk").values_list("made_at", flat=True).first()
    if made_at and (days := (timezone.now() - made_at).days) >= _LONG:
        told = f"un travail attend depuis {days} jours"
        yield Fault("Travaux", told, "Ouvrir le site, qui le fera ; s’il est ouvert, l’arrêter et le rouvrir.")


def _orphans() -> Iterator[Fault]:
    """Files that wait to be read, and that nobody was asked to read."""
    asked = {job.subject.get("file") for job in Job.objects.filter(kind=Job.Kind.READ).exclude(state=Job.State.DONE)}
    waiting = SourceFile.objects.filter(state=SourceFile.State.WAITING).exclude(pk__in=asked)
    found = list(waiting.exclude(content=None).values_list("pk", "deposit__made_by"))
    if found:
        told = many(len(found), "fichier attendait sans être lu", "fichiers attendaient sans être lus")
        yield Fault("Dépôts", told, mend=lambda: _read(found), then=_BY_ITSELF)
    if lost := list(waiting.filter(content=None).values_list("deposit", flat=True)):
        told = many(len(lost), "fichier en attente n’a plus son contenu", "fichiers en attente n’ont plus leur contenu")
        yield Fault("Dépôts", f"{told}\u202f: dépôts {listed(lost)}", DEPOSIT_AGAIN)


def _read(found: Sequence[tuple[int, int | None]]) -> None:
    for pk, by in found:
        Job.objects.create(kind=Job.Kind.READ, subject={"file": pk}, made_by_id=by)


def _held(ids: Sequence[int]) -> dict[int, tuple[object, ...]]:
    return {pk: tuple(held) for pk, *held in Passage.objects.filter(pk__in=ids).values_list("pk", *_HELD)}


def _batches(ids: Iterator[int]) -> Iterator[list[int]]:
    while some := list(islice(ids, _AT_ONCE)):
        yield some


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
