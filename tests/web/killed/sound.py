"""What is wrong in a base, told in JSON by a process of its own: nothing, whenever its site was stopped."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import django

Faults = Iterator[str]
_HELD = ("standing", "accueil", "appartenance", "action", "own", "subcodes", "trust", "useful", "doubt", "outside")


def files() -> Faults:
    """The base itself: its pages, and rows that point at nothing. PostgreSQL sees to both."""
    from django.db import connection

    if connection.vendor == "sqlite":
        yield from (f"integrity: {said}" for (said,) in _rows("PRAGMA integrity_check") if said != "ok")
        yield from (f"points at nothing: {row}" for row in _rows("PRAGMA foreign_key_check"))


def offsets() -> Faults:
    """Places in texts: each passage is the words it points at, and all that points into it does."""
    from voices.store.models import Passage, ShortlistItem, Suggestion, Testimony

    for testimony in Testimony.objects.all():
        if not all(0 <= turn[0] <= turn[1] <= len(testimony.text) for turn in testimony.turns):
            yield f"turns of testimony {testimony.pk}"
    for one in Passage.objects.select_related("testimony"):
        if one.testimony.text[one.start : one.end] != one.text or not _within(one, one.sentences):
            yield f"words of passage {one.pk}"
    for suggestion in Suggestion.objects.select_related("passage"):
        evidence = [coding["evidence"] for coding in suggestion.codings if coding["evidence"]]
        if not _within(suggestion.passage, [(one["start"], one["end"]) for one in evidence]):
            yield f"evidence of suggestion {suggestion.pk}"
    for item in ShortlistItem.objects.select_related("passage"):
        if not _within(item.passage, item.spans):
            yield f"spans of kept quote {item.pk}"


def words() -> Faults:
    """The index of words: exactly what one made anew of the passages would hold."""
    from django.db import connection

    if connection.vendor == "postgresql":
        columns = ("text", "lemmas", "question")
        wrong = " OR ".join(f"searched_{one} IS DISTINCT FROM voices_words({one})" for one in columns)
        yield from (f"words of passage {pk}" for (pk,) in _rows(f"SELECT id FROM store_passage WHERE {wrong}"))
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE temp.anew"
            " USING fts5(text, lemmas, question, tokenize='unicode61 remove_diacritics 2')"
        )
        cursor.execute(
            "INSERT INTO temp.anew (rowid, text, lemmas, question)"
            " SELECT id, text, lemmas, question FROM store_passage_read"
        )
        cursor.execute("CREATE VIRTUAL TABLE temp.held_words USING fts5vocab(main, store_passage_words, instance)")
        cursor.execute("CREATE VIRTUAL TABLE temp.new_words USING fts5vocab(temp, anew, instance)")
    for one, other in (("held_words", "new_words"), ("new_words", "held_words")):
        for row in _rows(f"SELECT * FROM temp.{one} EXCEPT SELECT * FROM temp.{other} LIMIT 5"):
            yield f"in {one} alone: {row}"


def vectors() -> Faults:
    """What search by meaning needs: there for each passage, and noted, or asked of the worker."""
    from voices.store.models import Job, Passage

    noted = {pk for (pk,) in _rows("SELECT passage_id FROM store_passage_vectors")}
    waiting = Job.objects.filter(kind=Job.Kind.VECTORS, state__in=("attente", "en_cours"))
    asked = {pk for job in waiting for pk in job.subject["passages"]}
    for pk, vector in Passage.objects.values_list("pk", "vector"):
        if vector is None and pk not in asked:
            yield f"passage {pk} will have no vector"
        if vector is not None and (len(vector) != 768 or pk not in noted):
            yield f"vector of passage {pk}"


def standing() -> Faults:
    """What holds for each passage: what is derived anew of all that was said of it."""
    from django.db import transaction

    from voices.reviewing import refresh
    from voices.store.models import Passage

    held = dict(_held())
    with transaction.atomic():
        refresh(Passage.objects.values_list("pk", flat=True))
        anew = dict(_held())
        transaction.set_rollback(True)
    yield from (f"passage {pk} holds {held[pk]}, not {anew[pk]}" for pk in held if held[pk] != anew[pk])


def themes() -> Faults:
    """A search for themes: whole, with every passage in one place."""
    from voices.store.models import Job, Passage, PassageTheme, ThemeRun, UnthemedPassage

    runs, done = ThemeRun.objects.count(), Job.objects.filter(kind=Job.Kind.THEMES, state=Job.State.DONE).count()
    if runs != done:
        yield f"{runs} searches for {done} works done"
    placed = [*PassageTheme.objects.values_list("passage", flat=True)]
    placed += UnthemedPassage.objects.values_list("passage", flat=True)
    if runs and sorted(placed) != sorted(Passage.objects.values_list("pk", flat=True)):
        yield "some passages are in no theme, or in two"
    last = ThemeRun.objects.order_by("-pk").first()
    if PassageTheme.objects.exclude(theme__run=last).exists() or UnthemedPassage.objects.exclude(run=last).exists():
        yield "themes of two searches"


def reports() -> Faults:
    """Reports: one for each work done, whole; frozen, intact, and its quotes told to have gone out once."""
    from voices.reporting import facts_of, intact
    from voices.store.models import Job, Publication, ReportVersion

    done = Job.objects.filter(kind=Job.Kind.REPORT, state=Job.State.DONE)
    if sorted(done.values_list("pk", flat=True)) != sorted(ReportVersion.objects.values_list("job", flat=True)):
        yield "reports are not those of the works done"
    quoted = 0
    for version in ReportVersion.objects.all():
        if not version.html.rstrip().endswith("</html>") or not bytes(version.pdf).startswith(b"%PDF"):
            yield f"page or PDF of report {version.pk}"
        facts = facts_of(version)
        if version.frozen_at:
            quoted += len(facts["quotes"])
            if not intact(version):
                yield f"report {version.pk} is not what was frozen"
    if Publication.objects.filter(form="rapport").count() != quoted:
        yield "quotes of frozen reports"


def machine() -> Faults:
    """Machine passes: one for each work done, of every passage it was asked or that the file it read holds."""
    from django.db.models import Count

    from voices.store.models import Job, MachinePass, Passage

    asked = [len(job.subject["passages"]) for job in Job.objects.filter(kind=Job.Kind.CODE, state=Job.State.DONE)]
    read = Passage.objects.filter(testimony__file__isnull=False).values("testimony__file").annotate(count=Count("pk"))
    asked += read.values_list("count", flat=True)
    made = MachinePass.objects.filter(made_by__isnull=False).annotate(count=Count("suggestions"))
    if sorted(asked) != sorted(made.values_list("count", flat=True)):
        yield f"machine passes: asked {asked}, made {[one.count for one in made]}"


def book() -> Faults:
    """Versions of the book: one after the other."""
    from voices.store.models import CodebookVersion

    numbers = list(CodebookVersion.objects.order_by("number").values_list("number", flat=True))
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"versions of the book: {numbers}"


def _within(passage: Any, spans: Sequence[Sequence[int]]) -> bool:
    return all(passage.start <= start < end <= passage.end for start, end in spans)


def _held() -> Iterator[tuple[int, tuple[Any, ...]]]:
    from voices.store.models import Passage

    for pk, *held in Passage.objects.values_list("pk", *_HELD):
        yield pk, tuple(held)


def _rows(query: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


CHECKS: tuple[Callable[[], Faults], ...] = (
    *(files, offsets, words, vectors, standing),
    *(themes, reports, machine, book),
)

if __name__ == "__main__":
    django.setup()
    json.dump([f"{check.__name__}: {fault}" for check in CHECKS for fault in check()], sys.stdout)
