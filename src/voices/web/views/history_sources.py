"""Where the history is read: for each kind of act its rows, who sees them, how they are found, and what tells them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from voices.domain import Consent
from voices.store.models import (
    Act,
    AssignedPassage,
    Assignment,
    CodebookVersion,
    ConsentChange,
    Decision,
    Deposit,
    MachinePass,
    NameChange,
    Passage,
    Publication,
    ReportVersion,
    SourceFile,
    Suggestion,
    ThemeChange,
    ThemeRun,
)
from voices.web.access import Action, Reach
from voices.web.views import history_of_testimonies as of_testimonies
from voices.web.views import history_of_work as of_work
from voices.web.views.double.asked import assignments_of
from voices.web.views.history_lines import Line, Sight

Rows = QuerySet[Any]
Where = Callable[[Any], Q]


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of one kind of act. `when` and `who` name their columns; `where` says how filters are asked of them: a
    filter that is not there leaves none of them. `tell` makes lines of rows.
    """

    kinds: tuple[str, ...]
    rows: Callable[[Reach], Rows]
    tell: Callable[[Sequence[Any], Sight], list[Line]]
    when: str = "made_at"
    who: str = "made_by"
    where: Mapping[str, Where] = field(default_factory=dict)
    whole: Callable[[Rows], Rows] = lambda rows: rows
    """The rows with all that is told of them."""


def _each(tell: Callable[[Any, Sight], Line]) -> Callable[[Sequence[Any], Sight], list[Line]]:
    return lambda rows, sight: [tell(row, sight) for row in rows]


def _alone(tell: Callable[[Any], Line]) -> Callable[[Sequence[Any], Sight], list[Line]]:
    return lambda rows, _sight: [tell(row) for row in rows]


def decisions_of(reach: Reach) -> QuerySet[Decision]:
    """The decisions that the person may see.

    Left out: those of testimonies out of reach or withdrawn; those of open double codings, blind for everybody; and all
    that was said of what the person is to code blind, or of the parts that it was cut from.
    """
    found = Decision.objects.filter(_readable(reach, "passage__testimony"))
    for path in ("", "undoes__", "undoes__undoes__"):
        found = found.exclude(**{f"{path}assignment__isnull": False, f"{path}assignment__closed_at": None})
    blind = reach.blind()
    found = found.exclude(passage__in=blind.values("passage"))
    parts = Passage.objects.filter(retired=True, testimony__in=blind.values("passage__testimony"))
    return found.exclude(passage__in=parts.values("pk"))


def _readable(reach: Reach, path: str) -> Q:
    """Rows of testimonies within reach. Asked row by row: a base given them all would go through each to sort them."""
    return Q(Exists(reach.testimonies(Action.HISTORY).filter(pk=OuterRef(path))))


def _there(path: str) -> Callable[[Reach], Q]:
    """Rows of places within reach."""
    return lambda reach: (
        Q() if reach.everywhere(Action.HISTORY) else Q(**{f"{path}__in": reach.places(Action.HISTORY).values("pk")})
    )


def _if(may: Action, rows: Rows) -> Callable[[Reach], Rows]:
    """What touches the whole network: for those who may do that somewhere."""
    return lambda reach: rows.all() if reach.may(may) else rows.none()


def _names(reach: Reach) -> Rows:
    return NameChange.objects.filter(_readable(reach, "testimony"))


def _acts(reach: Reach) -> Rows:
    if reach.everywhere(Action.HISTORY):
        return Act.objects.all()
    here = Q(place__in=reach.places(Action.HISTORY).values("pk"))
    return Act.objects.filter(here | Q(machine_pass__in=_passes(reach).values("pk")))


def _passes(reach: Reach) -> Rows:
    if reach.everywhere(Action.HISTORY):
        return MachinePass.objects.all()
    return MachinePass.objects.filter(_read(passage__place__in=reach.places(Action.HISTORY).values("pk")))


def _read(**where: Any) -> Q:  # noqa: ANN401 - what a passage may be asked
    return Q(Exists(Suggestion.objects.filter(machine_pass=OuterRef("pk"), **where)))


def _assigned(**where: Any) -> Q:  # noqa: ANN401 - what a passage may be asked
    return Q(Exists(AssignedPassage.objects.filter(assignment=OuterRef("pk"), **where)))


def _reports(reach: Reach) -> Rows:
    return reach.reports().exclude(frozen_at=None) if reach.may(Action.REPORT) else ReportVersion.objects.none()


def _doubles(reach: Reach) -> Rows:
    return assignments_of(reach) if reach.may(Action.DOUBLE) else Assignment.objects.none()


def _light(path: str) -> tuple[str, ...]:
    """What is heavy of a testimony and is not told."""
    return f"{path}text", f"{path}turns", f"{path}names"


def _of_testimony(path: str = "testimony__") -> dict[str, Where]:
    return {
        "lieu": lambda slug: Q(**{f"{path}place__slug": slug}),
        "temoignage": lambda number: Q(**{f"{path}pk": number}),
    }


_PLACE: dict[str, Where] = {"lieu": lambda slug: Q(place__slug=slug)}
_DECISION: dict[str, Where] = {
    "lieu": lambda slug: Q(passage__place__slug=slug),
    "temoignage": lambda number: Q(passage__testimony=number),
    "passage": lambda number: Q(passage__number=number),
    "code": lambda code: Q(codes__has_key=code) | Q(before__codes__has_key=code),
}
_PUBLICATION = _of_testimony() | {"passage": lambda number: Q(passage__number=number)}
_DOUBLE: dict[str, Where] = {
    "lieu": lambda slug: _assigned(passage__place__slug=slug),
    "temoignage": lambda number: _assigned(passage__testimony=number),
}
_REPORT: dict[str, Where] = {
    "lieu": lambda slug: Q(pk__in=ReportVersion.objects.filter(places__slug=slug).values("pk"))
}

_ACT_KINDS = {
    "accords": (Act.Kind.DEPOSIT_CONSENT,),
    "noms": (Act.Kind.NAMES_CHECKED,),
    "machine": (Act.Kind.MACHINE_PASS,),
    "rapports": (Act.Kind.DRAFT_DELETED,),
    "depots": (Act.Kind.FILE_SET_ASIDE,),
}
_WITHDRAWN = Q(after=Consent.WITHDRAWN.value)
DECIDED = tuple(kind.value for kind in Decision.Kind)


def _kind(column: str, kinds: Mapping[str, Sequence[str]]) -> Where:
    return lambda kind: Q(**{f"{column}__in": kinds[kind]}) if kind in kinds else Q()


_DECISIONS = Source(
    ("passages", *DECIDED),
    decisions_of,
    of_testimonies.decisions,
    who="author",
    where=_DECISION | {"nature": _kind("kind", {one: (one,) for one in DECIDED})},
    whole=lambda rows: rows.select_related(
        "author", "passage__place", "passage__testimony", "undoes__undoes__undoes", "assignment"
    ).defer("passage__lemmas", "passage__vector", *_light("passage__testimony__")),
)
_CONSENTS = Source(
    ("accords", "retraits"),
    lambda reach: ConsentChange.objects.filter(_there("testimony__place")(reach)),
    _each(of_testimonies.consent),
    where=_of_testimony() | {"nature": lambda kind: _WITHDRAWN if kind == "retraits" else Q()},
    whole=lambda rows: rows.select_related("made_by", "testimony__place").defer(*_light("testimony__")),
)
_NAMES = Source(
    ("noms",),
    _names,
    _each(of_testimonies.names),
    where=_of_testimony(),
    whole=lambda rows: rows.select_related("made_by", "testimony__place").defer(*_light("testimony__")),
)
_ACTS = Source(
    tuple(_ACT_KINDS),
    _acts,
    _each(of_testimonies.act),
    where=_PLACE | {"temoignage": lambda number: Q(testimony=number), "nature": _kind("kind", _ACT_KINDS)},
    whole=lambda rows: rows.select_related("made_by", "place", "deposit", "machine_pass", "testimony").defer(
        *_light("testimony__")
    ),
)
_PASSES = Source(
    ("machine",),
    _passes,
    of_work.passes,
    where={"lieu": lambda slug: _read(passage__place__slug=slug)},
    whole=lambda rows: rows.select_related("made_by"),
)
_BOOK = Source(
    ("grille",),
    _if(Action.REVIEW, CodebookVersion.objects.defer("book")),
    _alone(of_work.version),
    whole=lambda rows: rows.select_related("made_by"),
)
_THEMES = Source(
    ("themes",),
    _if(Action.THEMES, ThemeChange.objects.all()),
    _each(of_work.theme),
    whole=lambda rows: rows.select_related("made_by", "theme"),
)
_THEMES_UNDONE = Source(
    ("themes",),
    _if(Action.THEMES, ThemeChange.objects.exclude(undone_at=None)),
    _each(of_work.theme_undone),
    when="undone_at",
    who="undone_by",
    whole=lambda rows: rows.select_related("undone_by", "theme"),
)
_RUNS = Source(
    ("themes",),
    _if(Action.THEMES, ThemeRun.objects.all()),
    _alone(of_work.theme_run),
    whole=lambda rows: rows.select_related("made_by"),
)
_ASSIGNED = Source(
    ("double",),
    _doubles,
    _alone(of_work.assigned),
    where=_DOUBLE,
    whole=lambda rows: rows.select_related("made_by").prefetch_related("coders", "passages"),
)
_CLOSED = Source(
    ("double",),
    lambda reach: _doubles(reach).exclude(closed_at=None),
    _alone(of_work.closed),
    when="closed_at",
    who="closed_by",
    where=_DOUBLE,
    whole=lambda rows: rows.select_related("closed_by"),
)
_PUBLISHED = Source(
    ("publications",),
    lambda reach: Publication.objects.filter(_there("testimony__place")(reach)),
    _each(of_work.publication),
    where=_PUBLICATION,
    whole=lambda rows: _with_passage(rows).select_related("made_by", "testimony__place", "passage__testimony"),
)
_TAKEN_DOWN = Source(
    ("publications",),
    lambda reach: Publication.objects.filter(_there("testimony__place")(reach)).exclude(removed_at=None),
    _each(of_work.recall),
    when="removed_at",
    who="removed_by",
    where=_PUBLICATION,
    whole=lambda rows: _with_passage(rows).select_related("removed_by", "testimony__place", "passage__testimony"),
)
_FROZEN = Source(
    ("rapports",),
    _reports,
    _alone(of_work.report),
    when="frozen_at",
    who="frozen_by",
    where=_REPORT,
    whole=lambda rows: rows.select_related("frozen_by").prefetch_related("places").defer("html", "pdf", "facts"),
)
_FILES = Prefetch("files", SourceFile.objects.only("deposit"))
_DEPOSITS = Source(
    ("depots",),
    lambda reach: Deposit.objects.filter(_there("place")(reach)),
    _each(of_testimonies.deposit),
    where=_PLACE,
    whole=lambda rows: rows.select_related("made_by", "place").prefetch_related("acts", _FILES),
)


def _with_passage(rows: Rows) -> Rows:
    heavy = ("passage__lemmas", "passage__vector", *_light("testimony__"), *_light("passage__testimony__"))
    return rows.defer("text", "attribution", *heavy)


SOURCES: tuple[Source, ...] = (
    _DECISIONS,
    _CONSENTS,
    _NAMES,
    _ACTS,
    _PASSES,
    _BOOK,
    _THEMES,
    _THEMES_UNDONE,
    _RUNS,
    _ASSIGNED,
    _CLOSED,
    _PUBLISHED,
    _TAKEN_DOWN,
    _FROZEN,
    _DEPOSITS,
)
"""Their order settles that of acts of one moment."""
