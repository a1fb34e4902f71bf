"""Each code with what is lived of it and what is lacking, and the words that say so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from voices.domain import DOUBTFUL_SENSE, Code, Sense
from voices.report import charts
from voices.report.citing import Cited, Citing, Heading
from voices.report.corpus import SENSES, Corpus, Row
from voices.report.figures import Figure, Ledger
from voices.report.tellers import SENSES_OF, Part, Side, part, telling
from voices.report.wordings import Wording, wording

SHOWN = {Side.LIVED: 3, Side.LACKING: 2}
"""How many quotes a code's own part shows of each side; more lacks are in the part on voices against the grain."""


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
    lived: Part
    lacking: Part
    both: Part
    overview: Markup
    bar: Markup
    finer: tuple[Finer, ...]
    cited: Mapping[Side, Cited]
    wording: Wording


def tell(corpus: Corpus, ledger: Ledger, whole: Figure, citing: Citing | None) -> tuple[Told, ...]:
    """One Told a code, in the order of the codebook; `whole` is all that was gathered. No `citing`, no quote."""
    return tuple(_tell(code, corpus, ledger, whole, citing) for code in corpus.study.codebook.codes)


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


def _tell(code: Code, corpus: Corpus, ledger: Ledger, everything: Figure, citing: Citing | None) -> Told:
    rows = corpus.where(lambda row: row.sense(code.id) is not None)
    lived, lacking = (part(code.label, code.id, side, everything, ledger) for side in Side)
    both = telling(lived.told.rows, lambda _: True) & telling(lacking.told.rows, lambda _: True)
    overview, bar = (
        charts.arms(
            charts.Share(lived.part, lived.of),
            charts.Share(lacking.part, lacking.of),
            name=code.label,
            key=key,
            hue=code.id,
        )
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
        balance=balance(code, corpus.rows, ledger),
        lived=lived,
        lacking=lacking,
        both=Part(
            ledger.figure(f"{code.label}, vécu et manqué", (row for row in rows if row.testimony.id in both)),
            everything,
        ),
        overview=overview,
        bar=bar,
        finer=_finer(code, rows, ledger),
        cited={side: _cited(code, side, citing) for side in Side},
        wording=wording(code),
    )


def _cited(code: Code, side: Side, citing: Citing | None) -> Cited:
    """Of what is lived, presences alone; of what is lacking, what is told on both sides too."""
    if citing is None:
        return Cited()
    senses = frozenset({Sense.PRESENCE}) if side is Side.LIVED else SENSES_OF[Side.LACKING]
    return citing.take(citing.fit(code.id, senses), SHOWN[side], Heading(code.id, code.label))


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
                noun="passage",
            ),
        )
        for subcode, group in found.items()
    )


def suggested(row: Row, code: str) -> set[str]:
    """The sub-codes suggested for that code here, without their prefix: `autres`, not `accueil.autres`."""
    codings = row.coded.codings if row.coded else ()
    return {name.rpartition(".")[2] for coding in codings if coding.code == code for name in coding.subcodes}
