"""The base as a study: what a report covers, with what holds for each passage now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from numpy.typing import NDArray

from voices import consenting, defining, domain, privacy
from voices.defining.book import number_now
from voices.domain import (
    NO_THEMES,
    CodedPassage,
    Consent,
    Distinctive,
    FileReport,
    Outcome,
    Purpose,
    Quote,
    Reading,
    Study,
    Theme,
    Themes,
)
from voices.pipeline import Watch
from voices.quotes import choose
from voices.quotes.attributions import Naming
from voices.quotes.namesakes import first_name_of, namesakes
from voices.quotes.namesakes import told as namesake_told
from voices.quoting.wording import namings
from voices.reporting.asked import Asked, covered
from voices.reporting.held import BATCH, batches, codings, own_codings, passes, reviewed, suggestions
from voices.settings import Settings
from voices.store.models import MachinePass, Passage, PassageTheme, SourceFile, Suggestion, Testimony, ThemeRun
from voices.store.models import Theme as ThemeRow
from voices.store.search.vectors import DIM
from voices.store.testimonies import passages_of, testimony_of
from voices.themes import tell
from voices.theming.recomposing import recomposed

STEPS = (
    "Témoignages réunis",
    "Codes et décisions",
    "Choix des citations",
    "Écriture de la page",
    "Mise en pages du PDF",
)
_PER_SUBJECT = 5
_SET_ASIDE = "laissé de côté à la demande du lieu"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A study of the base, and what it was made of. `named` are the quotes' passages signed with a first name."""

    study: Study
    testimonies: Sequence[Testimony]
    passages: Sequence[Passage]
    quotable: frozenset[str]
    book_number: int
    machine: Sequence[MachinePass]
    suggested: Mapping[int, Suggestion]
    named: frozenset[str] = field(default_factory=frozenset)


def gather(asked: Asked, testimonies: QuerySet[Testimony], *, settings: Settings, watch: Watch) -> Gathered:
    """What the report covers among these testimonies, all of them open to analysis."""
    rows = list(covered(asked, testimonies).select_related("place").defer("names").order_by("place__name", "key"))
    passages = _passages(rows, watch)
    suggested = suggestions([row.pk for row in passages])
    number, book = number_now(), defining.book()
    coded = codings(passages, suggested, book.codebook)
    machine = passes(suggested.values())
    told = tuple(testimony_of(row) for row in rows)
    study = Study(
        reading=Reading(told, _files(asked, rows), _withdrawn(asked)),
        codebook=book.codebook,
        passages=passages_of(passages),
        codings=coded,
        themes=_themes(passages),
        machine=_described(machine),
        own=own_codings(passages, book.own),
    )
    themes = tell(study)
    study = replace(study, themes=themes if asked.unstable else themes.steady())
    released = quotable(rows, asked)
    watch(STEPS[2])(0, 1)
    chosen, named = _quotes(study, released, passages, asked, settings)
    return Gathered(
        study=replace(study, quotes=chosen),
        testimonies=rows,
        passages=passages,
        quotable=frozenset(one.id for one in released),
        book_number=number,
        machine=machine,
        suggested=suggested,
        named=named,
    )


def _passages(rows: Sequence[Testimony], watch: Watch) -> list[Passage]:
    """Their standing passages, in the order of the testimonies."""
    progress, found = watch(STEPS[0]), []
    by_id = {row.pk: row for row in rows}
    progress(0, len(rows))
    for done, some in enumerate(batches(list(by_id))):
        standing = Passage.objects.filter(testimony_id__in=some, retired=False).defer("lemmas")
        found += list(standing.order_by("testimony_id", "start"))
        progress(min((done + 1) * BATCH, len(rows)), len(rows))
    order = {pk: rank for rank, pk in enumerate(by_id)}
    for one in found:
        one.testimony = by_id[one.testimony_id]
    watch(STEPS[1])(0, len(found))
    return sorted(found, key=lambda one: (order[one.testimony_id], one.start))


def _files(asked: Asked, rows: Sequence[Testimony]) -> tuple[FileReport, ...]:
    """The files that these testimonies came from; and those refused, where no period is asked: they have no date."""
    ids = sorted({row.file_id for row in rows if row.file_id})
    files = [file for some in batches(ids) for file in SourceFile.objects.filter(pk__in=some).defer("content")]
    if not (asked.since or asked.until):
        files += list(_refused(asked).defer("content"))
    return tuple(_file(file) for file in files)


def _refused(asked: Asked) -> QuerySet[SourceFile]:
    """Those that were refused, but where the same content was given again at the same place: the last answer counts."""
    same = SourceFile.objects.filter(digest=OuterRef("digest"), deposit__place=OuterRef("deposit__place"))
    again = same.filter(pk__gt=OuterRef("pk")).exclude(digest="")
    refused = SourceFile.objects.filter(~Exists(again), state=SourceFile.State.REFUSED)
    return refused.filter(deposit__place__in=asked.places) if asked.places else refused


def _file(file: SourceFile) -> FileReport:
    if file.state == SourceFile.State.REFUSED:
        # « Votre » is for who handed it in; a report is read by others.
        reason = _SET_ASIDE if file.reason == SourceFile.SET_ASIDE else file.reason
        return FileReport(file.name, Outcome.REFUSED, reason=reason)
    return FileReport(file.name, Outcome.WARNED if file.warnings else Outcome.READ)


def _withdrawn(asked: Asked) -> tuple[str, ...]:
    gone = Testimony.objects.filter(consent=Consent.WITHDRAWN.value)
    return tuple(covered(asked, gone).values_list("key", flat=True))


def _described(machine: Sequence[MachinePass]) -> dict[str, str]:
    """What the last machine says of itself, and who read before it."""
    if not machine:
        return {}
    last, *before = machine
    others = sorted({one.coder for one in before} - {last.coder})
    told = {"Codeur": last.coder} | {str(label): str(text) for label, text in last.identity.items()}
    return told | ({"Codeurs d’avant, pour une part des passages": ", ".join(others)} if others else {})


def _themes(passages: Sequence[Passage]) -> Themes:
    """The themes of the last search that hold some of these passages, the largest first."""
    run = ThemeRun.objects.order_by("-pk").first()
    if run is None:
        return NO_THEMES
    ids = {row.pk for row in passages}
    members = Prefetch("members", PassageTheme.objects.order_by("rank"))
    shown = ThemeRow.objects.filter(run=run, hidden=False).select_related("merged_into").prefetch_related(members)
    groups: dict[int, tuple[ThemeRow, list[int]]] = {}
    for theme in sorted(shown, key=lambda one: one.merged_into_id is not None):
        into = theme.merged_into or theme
        inside = [one.passage_id for one in theme.members.all() if one.passage_id in ids]
        if inside and not into.hidden:
            groups.setdefault(into.pk, (into, []))[1].extend(inside)
    again = recomposed()
    largest_first = sorted(groups.values(), key=lambda one: -len(one[1]))
    themes = tuple(_theme(row, inside, row.pk in again) for row, inside in largest_first)
    held = {one for theme in themes for one in theme.passage_ids}
    outliers = tuple(str(row.pk) for row in passages if str(row.pk) not in held)
    method = run.method or NO_THEMES.method
    return Themes(themes, outliers, (), method, run.note or None, resamples=run.resamples)


def _theme(row: ThemeRow, inside: Sequence[int], recomposed: bool) -> Theme:
    ids = tuple(dict.fromkeys(str(one) for one in inside))
    if recomposed:  # what was measured is one part of it alone
        return Theme(str(row.pk), row.name, tuple(row.keywords), ids, ids[:5], recomposed=True)
    apart = tuple(Distinctive(word, passages, times) for word, passages, times in row.distinctive)
    told = (str(row.pk), row.name, tuple(row.keywords), ids, ids[:5])
    return Theme(*told, stability=row.stability, distinctive=apart, found_again=row.found_again)


def quotable(rows: Iterable[Testimony], asked: Asked) -> tuple[domain.Testimony, ...]:
    """Those that may be quoted today by the channel of the report's readers."""
    held, outlets = consenting.held(rows), [asked.shown.outlet]
    return privacy.release(held, Purpose.ANONYMOUS_QUOTES, today=timezone.localdate(), outlets=outlets)


def _quotes(
    study: Study,
    released: Sequence[domain.Testimony],
    passages: Sequence[Passage],
    asked: Asked,
    settings: Settings,
) -> tuple[tuple[Quote, ...], frozenset[str]]:
    """The quotes of the report; only of those who agreed, of passages on which nobody differs."""
    if not passages:
        return (), frozenset()
    chosen = choose(
        released,
        study.passages,
        _settled(study.codings, passages),
        study.themes,
        study.codebook,
        vectors=_vectors(passages),
        per_subject=_PER_SUBJECT,
    )
    chosen = tuple(one for one in chosen if int(one.passage_id) not in asked.left_out)
    chosen = privacy.reread(chosen, [asked.shown.outlet])
    if not asked.shown.named:
        return chosen, frozenset()
    signed, named = _signed(chosen, passages, settings)
    return _told_apart(signed, named, released, study), named


def _settled(coded: Sequence[CodedPassage], passages: Sequence[Passage]) -> list[CodedPassage]:
    differing = {str(row.pk) for row in passages if row.standing == Passage.Standing.DIFFERING}
    return [one for one in coded if one.passage_id not in differing and not one.outside]


def _signed(
    chosen: Sequence[Quote], passages: Sequence[Passage], settings: Settings
) -> tuple[tuple[Quote, ...], frozenset[str]]:
    """The quotes, signed with the first name of those who agreed to it and whose name is known."""
    by_id, signed, named = {str(row.pk): row for row in passages}, [], set()
    for quote in chosen:
        name = namings(by_id[quote.passage_id], settings=settings).get(Naming.FIRST_NAME)
        if name:
            named.add(quote.passage_id)
        signed.append(replace(quote, attribution=name) if name else quote)
    return tuple(signed), frozenset(named)


def _told_apart(
    quotes: Sequence[Quote], named: frozenset[str], released: Sequence[domain.Testimony], study: Study
) -> tuple[Quote, ...]:
    """The same, with a caution where a first name signs a quote, and the report shows words on somebody called so."""
    shown = {one.id for one in released}
    names = {one.passage_id: first_name_of(one.attribution) for one in quotes if one.passage_id in named}
    texts = ((one.testimony_id, one.text) for one in study.passages if one.testimony_id in shown)
    also = namesakes(set(names.values()), texts)

    def cautions(one: Quote) -> tuple[str, ...]:
        name = names.get(one.passage_id, "")
        return (namesake_told(name, "ce rapport"),) if also.get(name, frozenset()) - {one.testimony_id} else ()

    return tuple(replace(one, cautions=(*one.cautions, *cautions(one))) for one in quotes)


def _vectors(passages: Sequence[Passage]) -> NDArray[np.float32]:
    """A row a passage; zeros where it has none yet, like no other."""
    found = np.zeros((len(passages), DIM), np.float32)
    for rank, row in enumerate(passages):
        if row.vector:
            found[rank] = np.frombuffer(row.vector, "<f2").astype(np.float32)
    return found


def read_by_people(passages: Sequence[Passage]) -> frozenset[str]:
    """The ids of the passages whose codes a person gave."""
    return frozenset(str(row.pk) for row in passages if reviewed(row))
