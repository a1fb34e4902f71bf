"""How places, kinds of places and years differ in what they tell: only what chance does not explain is kept.

Each group is set against all the others together; every comparison of a family is paid for (Holm).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from voices.domain import Code
from voices.report.chance import ALPHA, fisher, holm
from voices.report.corpus import FEW, Corpus, Row, grouped
from voices.report.figures import Figure, Ledger
from voices.report.gathered import kind_words
from voices.report.tellers import Part, Side, part

GROUPS: Mapping[str, Callable[[Row], str | None]] = {
    "lieu": lambda row: row.place,
    "sorte de lieu": lambda row: kind_words(row.testimony.origin.place_type),
    "année": lambda row: row.year,
}
"""What groups testimonies, and the group of each."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one group tells of one code."""

    label: str
    lived: Part
    lacking: Part


@dataclass(frozen=True, slots=True)
class Difference:
    """A group that tells a side of a code more, or less, than the others; `chance` is corrected for all that was
    compared."""

    code: Code
    side: Side
    label: str
    here: Part
    elsewhere: Part
    chance: float

    @property
    def more(self) -> bool:
        """Whether it is told more here than elsewhere."""
        return self.here.share > self.elsewhere.share


@dataclass(frozen=True, slots=True)
class Family:
    """All the comparisons of one kind: `lines` by code, the groups too small for a line, what is kept."""

    what: str
    lines: Mapping[str, tuple[Line, ...]]
    scattered: Mapping[str, Figure]
    made: int
    kept: tuple[Difference, ...]

    def of(self, code: Code) -> tuple[Difference, ...]:
        """What is kept on one code."""
        return tuple(one for one in self.kept if one.code.id == code.id)


def compare(corpus: Corpus, ledger: Ledger) -> dict[str, Family]:
    """One family for each of `GROUPS`."""
    return {what: _family(what, key, corpus, ledger) for what, key in GROUPS.items()}


def _family(what: str, key: Callable[[Row], str | None], corpus: Corpus, ledger: Ledger) -> Family:
    known = [row for row in corpus.rows if key(row) is not None]
    wholes = {
        label: figure
        for label, rows in grouped(known, key).items()
        if (figure := ledger.figure(f"Tous les passages, {what} : {label}", rows)).testimonies >= FEW
    }
    if what != "année":
        wholes = dict(sorted(wholes.items(), key=lambda item: -item[1].testimonies))
    codes = corpus.study.codebook.codes
    lines = {code.id: tuple(_line(code, label, whole, ledger) for label, whole in wholes.items()) for code in codes}
    found = list(_differences(what, codes, lines, known, ledger)) if len(wholes) > 1 else []
    shown = {row.number for whole in wholes.values() for row in whole.rows}
    return Family(
        what=what,
        lines=lines,
        scattered={code.id: _scattered(code, what, corpus, shown, ledger) for code in codes},
        made=len(found),
        kept=_kept(found),
    )


def _scattered(code: Code, what: str, corpus: Corpus, shown: set[int], ledger: Ledger) -> Figure:
    rows = corpus.where(lambda row: row.sense(code.id) is not None and row.number not in shown)
    return ledger.figure(f"{code.label}, {what} : passages épars", rows)


def _line(code: Code, label: str, whole: Figure, ledger: Ledger) -> Line:
    sides = {side: part(code.label, code.id, side, whole, ledger, within=label) for side in Side}
    return Line(label, sides[Side.LIVED], sides[Side.LACKING])


def _differences(
    what: str, codes: Sequence[Code], lines: Mapping[str, Sequence[Line]], known: Sequence[Row], ledger: Ledger
) -> list[Difference]:
    """Every comparison, bare. Of two groups that are the whole, one is enough: the other says the same."""
    found: list[Difference] = []
    for at, line in enumerate(next(iter(lines.values()), ())):
        rest = _rest(what, line, known, ledger)
        if rest.testimonies < FEW or (at == 1 and _are_all(lines, known)):
            continue
        for code in codes:
            here = lines[code.id][at]
            for side, one in ((Side.LIVED, here.lived), (Side.LACKING, here.lacking)):
                other = part(code.label, code.id, side, rest, ledger, within=f"hors {here.label}")
                chance = fisher(one.part, one.of, other.part, other.of)
                found.append(Difference(code, side, here.label, one, other, chance))
    return found


def _are_all(lines: Mapping[str, Sequence[Line]], known: Sequence[Row]) -> bool:
    groups = next(iter(lines.values()), ())
    return len(groups) == 2 and sum(len(line.lived.whole.rows) for line in groups) == len(known)


def _rest(what: str, line: Line, known: Sequence[Row], ledger: Ledger) -> Figure:
    here = {row.number for row in line.lived.whole.rows}
    rows = (row for row in known if row.number not in here)
    return ledger.figure(f"Tous les passages, {what} : hors {line.label}", rows)


def _kept(found: Sequence[Difference]) -> tuple[Difference, ...]:
    corrected = holm([one.chance for one in found])
    kept = [
        Difference(one.code, one.side, one.label, one.here, one.elsewhere, chance)
        for one, chance in zip(found, corrected, strict=True)
        if chance < ALPHA
    ]
    return tuple(sorted(kept, key=lambda one: one.chance))
