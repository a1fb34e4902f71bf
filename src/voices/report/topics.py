"""The themes: their size, where they come from, which codes they hold, and quotes."""

from dataclasses import dataclass

from markupsafe import Markup

from voices.domain import Code, Theme
from voices.report import charts
from voices.report.corpus import Corpus
from voices.report.figures import Figure, Ledger
from voices.report.senses import Balance, Quoted, balance, choose

QUOTES = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme as it is told. `balances` has one a code that the theme holds."""

    theme: Theme
    anchor: str
    figure: Figure
    bar: Markup
    balances: tuple[tuple[Code, Balance, Markup], ...]
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """Every theme, largest first, and what is in none."""

    topics: tuple[Topic, ...]
    outside: Figure
    left_out: Figure
    method: str
    note: str | None


def tell(corpus: Corpus, ledger: Ledger) -> Topics:
    """The themes of the study with their figures."""
    themes = corpus.study.themes
    most = max((len(theme.passage_ids) for theme in themes.themes), default=0)
    return Topics(
        topics=tuple(_topic(number, theme, most, corpus, ledger) for number, theme in enumerate(themes.themes, 1)),
        outside=ledger.figure("Passages hors de tout thème", corpus.of(themes.outliers)),
        left_out=ledger.figure("Passages écartés des thèmes (doublons, réponses vides)", corpus.of(themes.left_out)),
        method=themes.method,
        note=themes.note,
    )


def _topic(number: int, theme: Theme, most: int, corpus: Corpus, ledger: Ledger) -> Topic:
    rows = corpus.theme(theme)
    within = f"thème {number} : {theme.label}"
    balances = [(code, balance(code, rows, ledger, within=within)) for code in corpus.study.codebook.codes]
    reach = max((item.split.reach for _, item in balances), default=0)
    return Topic(
        theme=theme,
        anchor=f"theme-{number}",
        figure=ledger.figure(f"Thème {number} : {theme.label}", rows),
        bar=charts.amount(len(rows), name=theme.label, key=f"b-t{number}", hue="theme", most=most),
        balances=tuple(
            (
                code,
                item,
                charts.diverging(
                    item.split, name=f"{code.label}, {within}", key=f"b-t{number}-{code.id}", hue=code.id, reach=reach
                ),
            )
            for code, item in balances
            if item.total
        ),
        quotes=choose(corpus, theme.id, most=QUOTES),
    )
