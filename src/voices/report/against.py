"""Voices against the grain: the lacks most told, and those who say the contrary of most people at their place.

They have as much space as their share: of the report's quotes, as many tell a lack as do testimonies, or a little more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from voices.domain import Code
from voices.report.citing import Cited, Citing, Heading
from voices.report.corpus import FEW, Corpus, Row, grouped
from voices.report.figures import Figure, Ledger
from voices.report.tellers import SENSES_OF, Part, Side, part, telling, tells

MINORITY = 4
"""A side is in the minority at a place where the other is told by at least this many times as many testimonies."""
HEADING = Heading("contre-courant", "Voix à contre-courant")
_LEAST = 1
"""Quotes for each code that somebody says is lacking, where they may be shown."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What lacks of one code, and the words that say so."""

    code: Code
    part: Part
    cited: Cited


@dataclass(frozen=True, slots=True)
class Against:
    """In one place, a few testimonies that say the contrary of most. `cited` is of one of them, where it may be."""

    code: Code
    place: str
    side: Side
    few: Figure
    many: Figure
    cited: Cited


@dataclass(frozen=True, slots=True)
class Dissent:
    """`lacks` the most told first; `any_lack` are the testimonies that tell one at least, `only_lacks` those of them
    that tell nothing lived."""

    any_lack: Part
    only_lacks: Part
    lacks: tuple[Lack, ...]
    against: tuple[Against, ...]
    quoted: tuple[int, int]
    """How many quotes of the report, but for those of themes, tell a lack; and how many there are."""


def dissent(corpus: Corpus, ledger: Ledger, whole: Figure, citing: Citing) -> Dissent:
    """The voices against the grain, counted testimony by testimony; their quotes come after those of codes."""
    codes = corpus.study.codebook.codes
    lacking = corpus.where(lambda row: any(tells(row, code.id, Side.LACKING) for code in codes))
    living = telling(corpus.rows, lambda row: any(tells(row, code.id, Side.LIVED) for code in codes))
    any_lack = Part(ledger.figure("Un manque au moins", lacking), whole)
    only = (row for row in lacking if row.testimony.id not in living)
    parts = {code.id: part(code.label, code.id, Side.LACKING, whole, ledger) for code in codes}
    against = _all_against(corpus, ledger, citing)
    cited = _cited(citing, {code: one.part for code, one in parts.items()}, any_lack.share)
    return Dissent(
        any_lack=any_lack,
        only_lacks=Part(ledger.figure("Un manque au moins, et rien de vécu", only), whole),
        lacks=tuple(
            Lack(code, parts[code.id], cited[code.id]) for code in sorted(codes, key=lambda code: -parts[code.id].part)
        ),
        against=against,
        quoted=(citing.lacks, len(citing.printed)),
    )


def _cited(citing: Citing, sizes: Mapping[str, int], share: float) -> dict[str, Cited]:
    """By code, quotes of its lack that are printed nowhere else: so many that lacks have their share of all quotes.

    To each code in proportion to how many tell its lack (`sizes`), and one at least of each.
    """
    lived, before = len(citing.printed) - citing.lacks, citing.lacks
    fit = {code: citing.fit(code, SENSES_OF[Side.LACKING]) for code in sizes}
    cited = {code: citing.take(quotes, _LEAST, HEADING) for code, quotes in fit.items()}
    while citing.lacks - before < _wanted(lived, before, share):
        open_ = [code for code in fit if citing.free(fit[code])]
        if not open_:
            break
        next_ = max(open_, key=lambda code: sizes[code] / (len(cited[code].quotes) + 1))
        cited[next_] = Cited(cited[next_].quotes + citing.take(fit[next_], 1, HEADING).quotes)
    return cited


def _wanted(beside: int, before: int, share: float) -> int:
    """How many more quotes of lacks make their share of all quotes."""
    if share >= 1:
        return beside + before
    return max(0, ceil(share * beside / (1 - share) - before - 1e-9))


def _all_against(corpus: Corpus, ledger: Ledger, citing: Citing) -> tuple[Against, ...]:
    found: list[Against] = []
    for place, rows in grouped(corpus.rows, lambda row: row.place).items():
        for code in corpus.study.codebook.codes:
            sides = {side: [row for row in rows if tells(row, code.id, side)] for side in Side}
            for side, other in ((Side.LACKING, Side.LIVED), (Side.LIVED, Side.LACKING)):
                few, many = _testimonies(sides[side]), _testimonies(sides[other])
                if few and len(many) >= max(FEW, MINORITY * len(few)):
                    found.append(_against(code, place, side, sides, corpus, ledger, citing))
    return tuple(sorted(found, key=lambda item: -item.many.testimonies))


def _testimonies(rows: Iterable[Row]) -> set[str]:
    return {row.testimony.id for row in rows}


def _against(
    code: Code, place: str, side: Side, sides: Mapping[Side, list[Row]], corpus: Corpus, ledger: Ledger, citing: Citing
) -> Against:
    other = Side.LIVED if side is Side.LACKING else Side.LACKING
    few, many = (ledger.figure(f"{code.label}, {one} ({place})", sides[one], sense_of=code.id) for one in (side, other))
    return Against(code, place, side, few, many, _said(code, side, sides[side], corpus, citing))


def _said(code: Code, side: Side, rows: list[Row], corpus: Corpus, citing: Citing) -> Cited:
    """The best of their quotes over which the place may stand without telling neighbours who speaks."""
    ids = {row.passage.id for row in rows if not corpus.neighbours.alone(row.testimony)}
    fit = citing.fit(code.id, SENSES_OF[side])
    return citing.take(tuple(one for one in fit if one.passage_id in ids), 1, HEADING)
