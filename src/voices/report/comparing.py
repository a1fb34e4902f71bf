"""How places, kinds of places, roles and years differ in what they tell: only what chance does not explain is kept.

Each group is set against all the others together, testimonies of like length compared with each other; every
comparison of a family is paid for (Holm).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from voices.domain import Code
from voices.report.corpus import FEW, Corpus, Row, grouped
from voices.report.figures import Figure, Ledger
from voices.report.gathered import kind_words, role_words
from voices.report.tellers import Census, Compared, Part, Side, kept, part

GROUPS: Mapping[str, Callable[[Row], str | None]] = {
    "lieu": lambda row: row.place,
    "sorte de lieu": lambda row: kind_words(row.testimony.origin.place_type),
    "rôle": lambda row: role_words(row.testimony.origin.role),
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


def compare(corpus: Corpus, ledger: Ledger, census: Census) -> dict[str, Family]:
    """One family for each of `GROUPS`. Where each kind of place has one place alone, kinds would say the same twice."""
    made = {what: _Comparing(what, key, corpus, ledger, census) for what, key in GROUPS.items()}
    same = made["lieu"].parts == made["sorte de lieu"].parts
    return {what: one.family(tell=what != "sorte de lieu" or not same) for what, one in made.items()}


class _Comparing:
    """One family in the making: figures are entered for lines, and for what is kept."""

    def __init__(
        self, what: str, key: Callable[[Row], str | None], corpus: Corpus, ledger: Ledger, census: Census
    ) -> None:
        self.what, self.corpus, self.ledger, self.census = what, corpus, ledger, census
        self.codes = corpus.study.codebook.codes
        self.known = [row for row in corpus.rows if key(row) is not None]
        wholes = {
            label: figure
            for label, rows in grouped(self.known, key).items()
            if (figure := ledger.figure(f"Tous les passages, {what} : {label}", rows)).testimonies >= FEW
        }
        if what != "année":
            wholes = dict(sorted(wholes.items(), key=lambda item: -item[1].testimonies))
        self.wholes = wholes

    @property
    def parts(self) -> set[frozenset[str]]:
        """The testimonies of each group."""
        return {self.census.of(whole) for whole in self.wholes.values()}

    def family(self, *, tell: bool) -> Family:
        """Lines for each group, and the differences that are kept; no comparison where there is none to `tell`."""
        shown = {row.number for whole in self.wholes.values() for row in whole.rows}
        pairs = list(self._pairs()) if tell and len(self.wholes) > 1 else []
        chances = kept([compared for *_, compared in pairs])
        found = [
            (chance, code, side, label)
            for (code, side, label, _), chance in zip(pairs, chances, strict=True)
            if chance is not None
        ]
        found.sort(key=lambda one: one[0])
        return Family(
            what=self.what,
            lines={code.id: tuple(self._line(code, label) for label in self.wholes) for code in self.codes},
            scattered={code.id: self._scattered(code, shown) for code in self.codes},
            made=len(pairs),
            kept=tuple(self._difference(code, side, label, chance) for chance, code, side, label in found),
        )

    def _pairs(self) -> Iterator[tuple[Code, Side, str, Compared]]:
        """Every comparison. Of two groups that are the whole, one is enough: the other says the same."""
        everyone = frozenset(row.testimony.id for row in self.known)
        two = len(self.wholes) == 2 and sum(whole.testimonies for whole in self.wholes.values()) == len(everyone)
        for label in list(self.wholes)[: 1 if two else None]:
            here = self.census.of(self.wholes[label])
            elsewhere = everyone - here
            if len(elsewhere) >= FEW:
                for code in self.codes:
                    for side in Side:
                        compared = self.census.compare(here, elsewhere, self.census.side(code.id, side))
                        yield code, side, label, compared

    def _line(self, code: Code, label: str) -> Line:
        sides = [part(code.label, code.id, side, self.wholes[label], self.ledger, within=label) for side in Side]
        return Line(label, *sides)

    def _difference(self, code: Code, side: Side, label: str, chance: float) -> Difference:
        here = {row.number for row in self.wholes[label].rows}
        rest = self.ledger.figure(
            f"Tous les passages, {self.what} : hors {label}", (row for row in self.known if row.number not in here)
        )
        return Difference(
            code,
            side,
            label,
            part(code.label, code.id, side, self.wholes[label], self.ledger, within=label),
            part(code.label, code.id, side, rest, self.ledger, within=f"hors {label}"),
            chance,
        )

    def _scattered(self, code: Code, shown: set[int]) -> Figure:
        rows = self.corpus.where(lambda row: row.sense(code.id) is not None and row.number not in shown)
        return self.ledger.figure(f"{code.label}, {self.what} : passages épars", rows)
