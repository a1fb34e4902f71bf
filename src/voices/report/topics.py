"""The themes: their size, where they come from, which codes they hold, and quotes."""

from dataclasses import dataclass, field, replace

from markupsafe import Markup

from voices.domain import Code, Theme
from voices.report import charts
from voices.report.citing import Cited, Citing, Heading
from voices.report.corpus import Corpus
from voices.report.figures import Figure, Ledger
from voices.report.senses import Balance, balance
from voices.report.tellers import Side, tells
from voices.report.words import capital
from voices.thematic import UNSURE

QUOTES = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme as it is told. `balances` has one a code that the theme holds."""

    theme: Theme
    anchor: str
    figure: Figure
    bar: Markup
    balances: tuple[tuple[Code, Balance, Markup], ...]
    held: str
    """How well it holds, in a sentence; empty where that was not measured."""
    cited: Cited = field(default_factory=Cited)


@dataclass(frozen=True, slots=True)
class Topics:
    """Every theme, largest first, and what is in none."""

    topics: tuple[Topic, ...]
    outside: Figure
    left_out: Figure
    method: str
    note: str | None

    @property
    def named(self) -> tuple[Topic, ...]:
        """Those whose name sums them up."""
        return tuple(one for one in self.topics if not one.theme.label.startswith(UNSURE))


def tell(corpus: Corpus, ledger: Ledger) -> Topics:
    """The themes of the study with their figures, their bars on one scale."""
    themes, codes = corpus.study.themes, corpus.study.codebook.codes
    figures = [
        ledger.figure(_name(number, theme), corpus.theme(theme)) for number, theme in enumerate(themes.themes, 1)
    ]
    balances = [
        [balance(code, figure.rows, ledger, within=_name(number, theme)) for code in codes]
        for number, (theme, figure) in enumerate(zip(themes.themes, figures, strict=True), 1)
    ]
    scale = _Scale(
        most=max((figure.passages for figure in figures), default=0),
        reach=max((item.split.reach for items in balances for item in items), default=0),
    )
    return Topics(
        topics=tuple(
            _topic(number, theme, figure, items, scale, corpus)
            for number, (theme, figure, items) in enumerate(zip(themes.themes, figures, balances, strict=True), 1)
        ),
        outside=ledger.figure("Passages hors de tout thème", corpus.of(themes.outliers)),
        left_out=ledger.figure(
            "Passages qui n’ont pas servi à chercher les thèmes (doublons, trop peu de mots)",
            corpus.of(themes.left_out),
        ),
        method=themes.method,
        note=themes.note,
    )


def cite(told: Topics, citing: Citing) -> Topics:
    """The same, each theme with its quotes. They come after those of codes: a theme has more to choose from."""
    topics = (
        replace(one, cited=citing.take(citing.fit(one.theme.id), QUOTES, Heading(one.anchor, capital(one.theme.label))))
        for one in told.topics
    )
    return replace(told, topics=tuple(topics))


@dataclass(frozen=True, slots=True)
class _Scale:
    """The longest bar of themes, the longest arm of codes in themes."""

    most: int
    reach: float


def _name(number: int, theme: Theme) -> str:
    return f"Thème {number} : {theme.label}"


def _topic(number: int, theme: Theme, figure: Figure, balances: list[Balance], scale: _Scale, corpus: Corpus) -> Topic:
    shown = [pair for pair in zip(corpus.study.codebook.codes, balances, strict=True) if pair[1].total]
    return Topic(
        theme=theme,
        anchor=f"theme-{number}",
        figure=figure,
        bar=charts.stacked(
            _split(figure),
            rest=sum(not row.codes for row in figure.rows),
            name=theme.label,
            key=f"b-t{number}",
            most=scale.most,
        ),
        balances=tuple(
            (
                code,
                item,
                charts.diverging(
                    item.split,
                    name=f"{code.label}, {theme.label}",
                    key=f"b-t{number}-{code.id}",
                    hue=code.id,
                    reach=scale.reach,
                ),
            )
            for code, item in shown
        ),
        held=corpus.study.themes.held(theme),
    )


def _split(figure: Figure) -> charts.Split:
    """Of the passages of a theme, those that tell presences alone, lacks alone, or both."""
    lived = [any(tells(row, code, Side.LIVED) for code in row.codes) for row in figure.rows]
    lacking = [any(tells(row, code, Side.LACKING) for code in row.codes) for row in figure.rows]
    both = sum(one and other for one, other in zip(lived, lacking, strict=True))
    return charts.Split(lack=sum(lacking) - both, mixed=both, presence=sum(lived) - both)
