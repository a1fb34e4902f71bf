"""Voices against the grain: the lacks most told, and those who say the contrary of most people at their place.

They have as much space as their share: of the report's quotes, as many tell a lack as do testimonies, or a little more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from voices.domain import Code, Quote, Sense
from voices.report.corpus import FEW, Corpus, Row, grouped
from voices.report.figures import Figure, Ledger
from voices.report.senses import SHOWN, Quoted, quoted
from voices.report.tellers import SENSES_OF, Part, Side, part, telling, tells

MINORITY = 4
"""A side is in the minority at a place where the other is told by at least this many times as many testimonies."""
_LEAST = 1
"""Quotes for each code that somebody says is lacking, where they may be shown."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What lacks of one code, and the words that say so."""

    code: Code
    part: Part
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Against:
    """In one place, a few testimonies that say the contrary of most. `quote` is of one of them, where it may be."""

    code: Code
    place: str
    side: Side
    few: Figure
    many: Figure
    quote: Quoted | None


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


def dissent(corpus: Corpus, ledger: Ledger, whole: Figure) -> Dissent:
    """The voices against the grain, counted testimony by testimony."""
    codes = corpus.study.codebook.codes
    lacking = corpus.where(lambda row: any(tells(row, code.id, Side.LACKING) for code in codes))
    living = telling(corpus.rows, lambda row: any(tells(row, code.id, Side.LIVED) for code in codes))
    any_lack = Part(ledger.figure("Un manque au moins", lacking), whole)
    only = (row for row in lacking if row.testimony.id not in living)
    parts = {code.id: part(code.label, code.id, Side.LACKING, whole, ledger) for code in codes}
    against = _all_against(corpus, ledger)
    taken = frozenset(one.quote.row.passage.id for one in against if one.quote)
    quotes = _quotes(corpus, parts, any_lack.share, taken)
    return Dissent(
        any_lack=any_lack,
        only_lacks=Part(ledger.figure("Un manque au moins, et rien de vécu", only), whole),
        lacks=tuple(
            Lack(code, parts[code.id], quotes.get(code.id, ()))
            for code in sorted(codes, key=lambda code: -parts[code.id].part)
        ),
        against=against,
        quoted=_quoted(corpus, parts, quotes, against),
    )


def _quoted(
    corpus: Corpus,
    parts: Mapping[str, Part],
    quotes: Mapping[str, tuple[Quoted, ...]],
    against: tuple[Against, ...],
) -> tuple[int, int]:
    """How many of the report's quotes tell a lack, and how many there are but for those of themes."""
    shown = [one for one in corpus.study.quotes if corpus.shows(one.testimony_id)]
    lacks = sum(len(_told(shown, code, SENSES_OF[Side.LACKING], SHOWN[Side.LACKING])[0]) for code in parts)
    lived = sum(len(_told(shown, code, {Sense.PRESENCE}, SHOWN[Side.LIVED])[0]) for code in parts)
    contrary = [one for one in against if one.quote]
    lacks += sum(map(len, quotes.values())) + sum(one.side is Side.LACKING for one in contrary)
    return lacks, lacks + lived + sum(one.side is Side.LIVED for one in contrary)


def _quotes(
    corpus: Corpus, parts: Mapping[str, Part], share: float, taken: frozenset[str]
) -> dict[str, tuple[Quoted, ...]]:
    """By code, quotes of lacks that are shown nowhere else: so many that lacks have their share of all quotes."""
    shown = [one for one in corpus.study.quotes if corpus.shows(one.testimony_id)]
    lacks = {code: _told(shown, code, SENSES_OF[Side.LACKING], SHOWN[Side.LACKING]) for code in parts}
    lived = {code: _told(shown, code, {Sense.PRESENCE}, SHOWN[Side.LIVED]) for code in parts}
    beside = sum(len(first) for first, _ in lived.values())
    before = sum(len(first) for first, _ in lacks.values()) + len(taken)
    wanted = _wanted(beside, before, share)
    left = {code: [one for one in rest if one.passage_id not in taken] for code, (_, rest) in lacks.items()}
    kept = _dealt(left, {code: one.part for code, one in parts.items()}, wanted)
    return {code: tuple(quoted(one, corpus) for one in quotes) for code, quotes in kept.items()}


def _told(quotes: Iterable[Quote], code: str, senses: Iterable[Sense], first: int) -> tuple[list[Quote], list[Quote]]:
    """The best quotes of that code in these senses: those that its own part shows, and the others."""
    fit = sorted(
        (one for one in quotes if one.subject == code and one.sense in set(senses)), key=lambda one: -one.score
    )
    return fit[:first], fit[first:]


def _wanted(beside: int, before: int, share: float) -> int:
    """How many more quotes of lacks make their share of all quotes."""
    if share >= 1:
        return beside + before
    return max(0, ceil(share * beside / (1 - share) - before - 1e-9))


def _dealt(left: Mapping[str, list[Quote]], sizes: Mapping[str, int], wanted: int) -> dict[str, list[Quote]]:
    """So many quotes, to each code in proportion to how many tell its lack; one at least of each."""
    kept = {code: quotes[:_LEAST] for code, quotes in left.items()}
    while sum(map(len, kept.values())) < wanted:
        open_ = [code for code in left if len(kept[code]) < len(left[code])]
        if not open_:
            break
        next_ = max(open_, key=lambda code: sizes[code] / (len(kept[code]) + 1))
        kept[next_] = left[next_][: len(kept[next_]) + 1]
    return kept


def _all_against(corpus: Corpus, ledger: Ledger) -> tuple[Against, ...]:
    found: list[Against] = []
    for place, rows in grouped(corpus.rows, lambda row: row.place).items():
        for code in corpus.study.codebook.codes:
            sides = {side: [row for row in rows if tells(row, code.id, side)] for side in Side}
            for side, other in ((Side.LACKING, Side.LIVED), (Side.LIVED, Side.LACKING)):
                few, many = _testimonies(sides[side]), _testimonies(sides[other])
                if few and len(many) >= max(FEW, MINORITY * len(few)):
                    found.append(_against(code, place, side, sides, corpus, ledger))
    return tuple(sorted(found, key=lambda item: -item.many.testimonies))


def _testimonies(rows: Iterable[Row]) -> set[str]:
    return {row.testimony.id for row in rows}


def _against(
    code: Code, place: str, side: Side, sides: Mapping[Side, list[Row]], corpus: Corpus, ledger: Ledger
) -> Against:
    other = Side.LIVED if side is Side.LACKING else Side.LACKING
    few, many = (ledger.figure(f"{code.label}, {one} ({place})", sides[one], sense_of=code.id) for one in (side, other))
    return Against(code, place, side, few, many, _said(code, side, sides[side], corpus))


def _tells_place(quote: Quote, corpus: Corpus) -> bool:
    """Whether the place may stand above that quote without telling neighbours who speaks."""
    return not corpus.neighbours.alone(corpus.by_id[quote.passage_id].testimony)


def _said(code: Code, side: Side, rows: list[Row], corpus: Corpus) -> Quoted | None:
    """The best of their quotes that the code's own part does not show: no words are printed twice for one reason."""
    ids = {row.passage.id for row in rows}
    shown = [one for one in corpus.study.quotes if corpus.shows(one.testimony_id)]
    _, rest = _told(shown, code.id, SENSES_OF[side], SHOWN[side])
    fit = [one for one in rest if one.passage_id in ids and _tells_place(one, corpus)]
    return quoted(fit[0], corpus) if fit else None
