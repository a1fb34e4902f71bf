"""Tables as their page shows them: lines in order, each figure with its words and its address, bars on one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from voices.defining import Book
from voices.report import words
from voices.report.gathered import channel_words
from voices.roles import LABELS
from voices.store.columns.asked import Chosen, chosen
from voices.store.models import Passage
from voices.web.alphabet import alphabetical
from voices.web.views.bars import Sizes, diverging
from voices.web.views.search import ALL as EVERYTHING
from voices.web.views.search_filters import NONE, period_words
from voices.web.views.tables_counts import ALL, PERIODS, By, Group, Measure, Tally, counted, measures, whole

ENOUGH = 10
"""Under this many testimonies in a line, no percentage is claimed."""
MOST = 60
"""Lines shown: the largest, where there are more."""
_FIELD = {By.PLACE: "lieu", By.CHANNEL: "canal", By.ROLE: "role", By.VOICE: "voix"} | dict.fromkeys(PERIODS, "periode")


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and the page of its passages; `share` of the line's testimonies, empty where these are too few."""

    measure: Measure
    tally: Tally
    share: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tables: a group, how many testimonies it has, and its figures by name of measure."""

    key: str
    label: str
    all: bool
    testimonies: int
    figures: Mapping[str, Figure]

    @property
    def few(self) -> bool:
        """Whether there are too few testimonies for a percentage."""
        return self.testimonies < ENOUGH


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of the table of one code: its three senses, and their bar."""

    key: str
    line: Line
    figures: tuple[Figure, ...]
    shapes: tuple[Mapping[str, object], ...]
    described: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A table of counts without senses: a column a measure."""

    caption: str
    measures: tuple[Measure, ...]
    rows: tuple[tuple[Line, tuple[Figure, ...]], ...]


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The table of one of the three A."""

    code: str
    label: str
    lines: tuple[CodeLine, ...]
    subcodes: Plain


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that the page shows. `left_out` counts the lines beyond the largest."""

    lines: tuple[Line, ...]
    first: Plain
    codes: tuple[CodeTable, ...]
    own: Plain | None
    left_out: int


def tables(passages: QuerySet[Passage], by: By, book: Book, query: QueryDict) -> Tables:
    """The tables of these passages; `query` holds the filters that chose them, which addresses repeat."""
    asked, found = measures(book, standing="avis" not in query), chosen(passages)
    groups = _ordered(counted(found, by, asked), by)
    every = _line(Group(ALL, "Ensemble", _whole(found, by, asked, groups)), by, asked, query)
    lines = (every, *(_line(one, by, asked, query) for one in groups[:MOST]))
    own = tuple(one for one in asked if "ajout" in one.fields)
    return Tables(
        lines=lines,
        first=_plain("Ce qui a été lu", tuple(one for one in asked if not one.code), lines),
        codes=tuple(_of_code(code.id, code.label, asked, lines) for code in book.codebook.codes),
        own=_plain("Codes ajoutés", own, lines) if own else None,
        left_out=max(0, len(groups) - MOST),
    )


def rows(found: Tables) -> list[tuple[str | int | float | None, ...]]:
    """Every figure, one a row, for a spreadsheet."""
    return [
        (
            *(line.label, one.measure.code or None, one.measure.label, one.measure.sense or None),
            *(one.tally.passages, one.tally.testimonies, line.testimonies),
            None if line.few else round(one.tally.testimonies / line.testimonies, 4),
        )
        for line in found.lines
        for one in line.figures.values()
    ]


COLUMNS = ("groupe", "code", "mesure", "sens", "passages", "temoignages", "temoignages_du_groupe", "part")


def _whole(passages: Chosen, by: By, asked: Sequence[Measure], groups: Sequence[Group]) -> Mapping[str, Tally]:
    """The counts of all. A testimony has one place, one date, one channel: lines add up, but those of voices."""
    if by is By.VOICE:
        return whole(passages, asked)
    return {one.name: sum((group.counts[one.name] for group in groups), Tally()) for one in asked}


def _plain(caption: str, asked: tuple[Measure, ...], lines: Sequence[Line]) -> Plain:
    return Plain(caption, asked, tuple((line, tuple(line.figures[one.name] for one in asked)) for line in lines))


def _of_code(code: str, label: str, asked: Sequence[Measure], lines: Sequence[Line]) -> CodeTable:
    subcodes = tuple(one for one in asked if one.code == code and "souscode" in one.fields)
    sized = [(line, _figures(code, line)) for line in lines]
    # The whole is longer than any line: on its scale the others would not be seen.
    reach = max((_sizes(figures).reach for line, figures in sized if not line.all), default=1.0)
    return CodeTable(
        code,
        label,
        tuple(
            CodeLine(f"{code}-{rank}", line, figures, diverging(_sizes(figures), reach), _described(figures))
            for rank, (line, figures) in enumerate(sized)
        ),
        _plain(f"Sous-codes\u202f: {label}", subcodes, lines),
    )


def _figures(code: str, line: Line) -> tuple[Figure, ...]:
    return tuple(line.figures[f"{code}_{sense}"] for sense in ("presence", "mixte", "manque"))


def _sizes(figures: Sequence[Figure]) -> Sizes:
    return Sizes(*(one.tally.testimonies for one in figures))


def _described(figures: Sequence[Figure]) -> str:
    names = {"presence": "présence", "mixte": "mixte", "manque": "manque"}
    told = (f"{names[one.measure.sense]}\u202f: {words.count(one.tally.testimonies, 'témoignage')}" for one in figures)
    return ", ".join(told)


def _line(group: Group, by: By, asked: Sequence[Measure], query: QueryDict) -> Line:
    every = group.value == ALL and group.label == "Ensemble"
    testimonies = group.counts["passages"].testimonies
    base = {} if every else {_FIELD[by]: group.value}
    reachable = every or group.value is not None
    figures = {
        one.name: Figure(
            one,
            group.counts[one.name],
            (one.fields and words.percent(group.counts[one.name].testimonies, testimonies, enough=ENOUGH)) or "",
            _address(query, {**base, **one.fields}) if reachable else "",
        )
        for one in asked
    }
    label = group.label or told(by, group.value)
    return Line(ALL if every else f"{by.value}-{group.value}", label, every, testimonies, figures)


def told(by: By, value: str | None) -> str:
    """What people call that line."""
    if value is None:
        return "date illisible"
    if by is By.ROLE:
        return "non précisé" if value == NONE else LABELS.get(value, value)
    if by is By.CHANNEL:
        return "non précisé" if value == NONE else channel_words(value) or value
    if by in PERIODS:
        return "date non précisée" if value == NONE else period_words(value)
    return "non précisée" if value == NONE else value


def _address(query: QueryDict, fields: Mapping[str, str | None]) -> str:
    asked = query.copy()
    for name, value in fields.items():
        asked[name] = value or ""
    if not asked:
        asked[EVERYTHING] = "oui"
    return f"{reverse('search')}?{asked.urlencode()}"


def _ordered(groups: Sequence[Group], by: By) -> list[Group]:
    """Periods in time, the others the largest first; what is not told comes last."""
    if by in PERIODS:
        return sorted(groups, key=lambda one: (one.value in (NONE, None), one.value or ""))
    size = {one.value: one.counts["passages"].testimonies for one in groups}
    named = {one.value: alphabetical(one.label or one.value or "") for one in groups}
    return sorted(groups, key=lambda one: (one.value == NONE, -size[one.value], named[one.value]))
