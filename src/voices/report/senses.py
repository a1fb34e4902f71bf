"""Each code with its presence and its lacks side by side, by place and over time, and the words that say them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from voices.domain import DOUBTFUL_SENSE, Code, Quote, Sense
from voices.report import charts
from voices.report.corpus import FEW, SENSES, Corpus, Row, grouped
from voices.report.figures import Figure, Ledger

QUOTES = {Sense.PRESENCE: 3, Sense.LACK: 3, Sense.MIXED: 2}
"""How many quotes are shown; as many of lack as of presence."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote and the number of its passage. `doubt` is « sens à vérifier », or nothing."""

    text: str
    attribution: str
    row: Row
    doubt: str


@dataclass(frozen=True, slots=True)
class Balance:
    """The passages of one code in one place, one year, one theme, or everywhere, by sense."""

    label: str
    presence: Figure
    lack: Figure
    mixed: Figure

    @property
    def split(self) -> charts.Split:
        """The three numbers alone."""
        return charts.Split(lack=self.lack.passages, mixed=self.mixed.passages, presence=self.presence.passages)

    @property
    def total(self) -> int:
        """Passages with the code, whatever the sense."""
        return self.presence.passages + self.lack.passages + self.mixed.passages


@dataclass(frozen=True, slots=True)
class Finer:
    """A sub-code suggested by the machine, and where."""

    label: str
    includes: str
    figure: Figure
    bar: Markup


@dataclass(frozen=True, slots=True)
class Table:
    """Balances worth a line each, their bars, and how many passages were too scattered for one."""

    lines: tuple[tuple[Balance, Markup], ...]
    scattered: Figure


@dataclass(frozen=True, slots=True)
class Told:
    """All that the report says of one code. `overview` and `bar` are one bar: in the summary, in its own section.

    `doubtful` are the passages where its sense is to be checked.
    `expected` is the sum of the calibrated probabilities: how many passages the machine expects to have it.
    """

    code: Code
    whole: Figure
    expected: int
    doubtful: Figure
    balance: Balance
    overview: Markup
    bar: Markup
    places: Table
    years: Table
    finer: tuple[Finer, ...]
    quotes: dict[Sense, tuple[Quoted, ...]]


def tell(corpus: Corpus, ledger: Ledger) -> tuple[Told, ...]:
    """One Told a code, in the order of the codebook, their bars on one scale."""
    codes = corpus.study.codebook.codes
    balances = {code.id: balance(code, corpus.rows, ledger) for code in codes}
    reach = max((item.split.reach for item in balances.values()), default=0)
    return tuple(_tell(code, balances[code.id], reach, corpus, ledger) for code in codes)


def balance(code: Code, rows: Iterable[Row], ledger: Ledger, *, within: str = "") -> Balance:
    """The passages of these rows that hold the code, by sense. `within` says where, for the list of figures."""
    rows = tuple(rows)
    suffix = f" ({within})" if within else ""
    sides = {
        sense: ledger.figure(
            f"{code.label}, {name}{suffix}", (row for row in rows if row.sense(code.id) is sense), sense_of=code.id
        )
        for sense, name in SENSES.items()
    }
    return Balance(within or code.label, sides[Sense.PRESENCE], sides[Sense.LACK], sides[Sense.MIXED])


def choose(corpus: Corpus, subject: str, *, most: int, sense: Sense | None = None) -> tuple[Quoted, ...]:
    """The best quotes of a subject whose words may be shown; of one sense, where one is given."""
    fit: list[Quote] = [
        quote
        for quote in corpus.study.quotes
        if quote.subject == subject and corpus.shows(quote.testimony_id) and sense in (None, quote.sense)
    ]
    fit.sort(key=lambda quote: -quote.score)
    return tuple(quoted(quote, corpus) for quote in fit[:most])


def quoted(quote: Quote, corpus: Corpus) -> Quoted:
    """The quote as it is shown."""
    doubt = DOUBTFUL_SENSE if quote.sense_doubtful else ""
    return Quoted(quote.text, quote.attribution, corpus.by_id[quote.passage_id], doubt)


def _tell(code: Code, whole: Balance, reach: float, corpus: Corpus, ledger: Ledger) -> Told:
    rows = corpus.where(lambda row: row.sense(code.id) is not None)
    overview, bar = (
        charts.diverging(whole.split, name=code.label, key=key, hue=code.id, reach=reach)
        for key in (f"b-bref-{code.id}", f"b-{code.id}")
    )
    return Told(
        code=code,
        whole=ledger.figure(f"{code.label}, tous les passages", rows),
        expected=round(
            sum(row.coded.probabilities.get(code.id, 0.0) for row in corpus.rows if row.coded and not row.coded.outside)
        ),
        doubtful=ledger.figure(
            f"{code.label}, {DOUBTFUL_SENSE}", (row for row in rows if row.sense_doubtful(code.id)), sense_of=code.id
        ),
        balance=whole,
        overview=overview,
        bar=bar,
        places=_table(code, rows, ledger, "lieu", lambda row: row.place),
        years=_table(code, rows, ledger, "année", lambda row: row.year),
        finer=_finer(code, rows, ledger),
        quotes={sense: choose(corpus, code.id, most=most, sense=sense) for sense, most in QUOTES.items()},
    )


def _table(code: Code, rows: Sequence[Row], ledger: Ledger, what: str, key: Callable[[Row], str | None]) -> Table:
    groups = {label: group for label, group in grouped(rows, key).items() if len(group) >= FEW}
    balances = [balance(code, group, ledger, within=label) for label, group in groups.items()]
    if what == "lieu":
        balances.sort(key=lambda item: -item.total)
    reach = max((item.split.reach for item in balances), default=0)
    shown = {row.number for group in groups.values() for row in group}
    scattered = (row for row in rows if row.number not in shown)
    return Table(
        tuple(
            (
                item,
                charts.diverging(
                    item.split,
                    name=f"{code.label}, {item.label}",
                    key=f"b-{code.id}-{what[0]}{number}",
                    hue=code.id,
                    reach=reach,
                ),
            )
            for number, item in enumerate(balances)
        ),
        ledger.figure(f"{code.label}, {what} : passages épars", scattered),
    )


def _finer(code: Code, rows: Sequence[Row], ledger: Ledger) -> tuple[Finer, ...]:
    found = {subcode: [row for row in rows if subcode.id in suggested(row, code.id)] for subcode in code.subcodes}
    most = max((len(group) for group in found.values()), default=0)
    return tuple(
        Finer(
            subcode.label,
            subcode.includes,
            ledger.figure(f"{code.label}, sous-code suggéré : {subcode.label}", group),
            charts.amount(
                len(group),
                name=f"{code.label}, {subcode.label}",
                key=f"b-{code.id}-{subcode.id}",
                hue=code.id,
                most=most,
            ),
        )
        for subcode, group in found.items()
    )


def suggested(row: Row, code: str) -> set[str]:
    """The sub-codes suggested for that code here, without their prefix: `autres`, not `accueil.autres`."""
    codings = row.coded.codings if row.coded else ()
    return {name.rpartition(".")[2] for coding in codings if coding.code == code for name in coding.subcodes}
