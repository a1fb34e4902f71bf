"""What goes with what in the same testimonies: sides of codes, trust, themes; only what chance does not explain.

Who speaks longer tells more of everything: testimonies are compared with others of like length.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from voices.domain import Code
from voices.report.corpus import FEW, Corpus, Row
from voices.report.figures import Ledger
from voices.report.tellers import Census, Compared, Part, Side, kept, tells


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a testimony tells: a side of a code, a theme (its id), or trust."""

    label: str
    code: Code | None = None
    side: Side | None = None
    theme: str | None = None

    @property
    def subject(self) -> str:
        """The name of the theme."""
        return self.label.removeprefix("Thème : ")

    @property
    def is_trust(self) -> bool:
        """Whether it is trust."""
        return self.code is None and self.theme is None


@dataclass(frozen=True, slots=True)
class Tie:
    """Two facts that meet more often, or less, than chance would have it: `among` those that tell the first, and
    `beside` the others, those that tell the second."""

    one: Fact
    other: Fact
    among: Part
    beside: Part
    chance: float

    @property
    def more(self) -> bool:
        """Whether they meet more often."""
        return self.among.share > self.beside.share

    def holds(self, code: Code) -> bool:
        """Whether it says something of that code."""
        return code in (self.one.code, self.other.code)


@dataclass(frozen=True, slots=True)
class Company:
    """Every tie that is kept, the surest first, and how many were tried."""

    made: int
    ties: tuple[Tie, ...]

    def of(self, code: Code) -> tuple[Tie, ...]:
        """Those of one code with other codes and themes; trust is told in a part of its own."""
        return tuple(one for one in self.ties if one.holds(code) and not one.other.is_trust)

    def under(self, code: Code, *, themes: bool) -> tuple[tuple[Tie, ...], tuple[Fact, ...]]:
        """Those told under that code, each tie once in a report; and where its others are told, one fact a part.

        A tie of two codes is told under the first, one of a theme under the theme, where `themes` are told at all.
        """
        here = [one for one in self.of(code) if one.one.code == code or (one.one.theme and not themes)]
        others = [one.one for one in self.of(code) if one not in here]
        return tuple(here), tuple({(one.code, one.theme): one for one in others}.values())

    @property
    def of_trust(self) -> tuple[Tie, ...]:
        """Those of trust."""
        return tuple(one for one in self.ties if one.other.is_trust)

    def in_theme(self, theme: str) -> tuple[Tie, ...]:
        """Those of the theme of that id."""
        return tuple(one for one in self.ties if one.one.theme == theme)


Told = dict[Fact, frozenset[int]]
"""The numbers of the passages that tell each fact."""


def keep_company(corpus: Corpus, ledger: Ledger, census: Census) -> Company:
    """The ties between facts told by five testimonies at least, and not by all but four."""
    told = {fact: frozenset(row.number for row in corpus.rows if keep(row)) for fact, keep in _facts(corpus)}
    counts = _Counts(corpus, ledger, census, told)
    usual = [fact for fact in told if FEW <= len(counts.testimonies(fact)) <= len(census.all) - FEW]
    pairs = list(_pairs(usual))
    chances = kept([counts.compare(one, other) for one, other in pairs])
    found = sorted((chance, at) for at, chance in enumerate(chances) if chance is not None)
    return Company(len(pairs), tuple(counts.tie(*pairs[at], chance) for chance, at in found))


def _facts(corpus: Corpus) -> Iterator[tuple[Fact, Callable[[Row], bool]]]:
    for theme in corpus.study.themes.themes:
        held = frozenset(theme.passage_ids)
        yield Fact(f"Thème : {theme.label}", theme=theme.id), lambda row, held=held: row.passage.id in held  # type: ignore[misc]
    for code in corpus.study.codebook.codes:
        for side in Side:
            fact = Fact(f"{code.label}, {side}", code, side)
            yield fact, lambda row, code=code, side=side: tells(row, code.id, side)  # type: ignore[misc]
    yield Fact("Confiance"), lambda row: row.trust


def _pairs(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Two facts of different kinds: not two sides of one code, nor two themes."""
    for one, other in combinations(facts, 2):
        same = one.code == other.code if one.code else one.theme is not None and other.theme is not None
        if not same and not (one.theme and other.is_trust):
            yield one, other


class _Counts:
    """Which testimonies tell what."""

    def __init__(self, corpus: Corpus, ledger: Ledger, census: Census, told: Told) -> None:
        self.corpus, self.ledger, self.census, self.told = corpus, ledger, census, told
        self._of = {row.number: row.testimony.id for row in corpus.rows}
        self._known: dict[Fact, frozenset[str]] = {}

    def testimonies(self, fact: Fact) -> frozenset[str]:
        if fact not in self._known:
            self._known[fact] = frozenset(self._of[number] for number in self.told[fact])
        return self._known[fact]

    def compare(self, one: Fact, other: Fact) -> Compared:
        first = self.testimonies(one)
        return self.census.compare(first, self.census.all - first, self.testimonies(other))

    def tie(self, one: Fact, other: Fact, chance: float) -> Tie:
        first = self.testimonies(one)
        among = self._part(other, f"avec {one.label}", lambda row: row.testimony.id in first)
        beside = self._part(other, f"sans {one.label}", lambda row: row.testimony.id not in first)
        return Tie(one, other, among, beside, chance)

    def _part(self, fact: Fact, where: str, keep: Callable[[Row], bool]) -> Part:
        whole = self.ledger.figure(f"Tous les passages des témoignages {where}", self.corpus.where(keep))
        told = self.told[fact]
        rows = (row for row in whole.rows if row.number in told)
        return Part(self.ledger.figure(f"{fact.label}, {where}", rows), whole)
