"""The quotes that a report prints: each passage once, where it is first asked for; elsewhere it is referred to."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from voices.domain import DOUBTFUL_SENSE, TO_REREAD, Certainty, Quote, Sense
from voices.report.corpus import Corpus, Row

DOUBTFUL_CODE = f"code {Certainty.REVIEW}"
"""What is told of a quote whose code the machine is not sure of."""
_EITHER = frozenset({Sense.LACK, Sense.MIXED})


@dataclass(frozen=True, slots=True)
class Heading:
    """Where quotes stand: the anchor of a part of the page, and its name."""

    anchor: str
    name: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote and the number of its passage. `doubt` is what is to be checked before it is relied on, or nothing;
    `cautions`, what is to be read again before it is published.
    """

    text: str
    attribution: str
    row: Row
    doubt: str
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """A passage that would be quoted here, and is quoted under that heading."""

    row: Row
    heading: Heading


@dataclass(frozen=True, slots=True)
class Cited:
    """What is quoted under a heading; `again` stand for quotes that are printed elsewhere."""

    quotes: tuple[Quoted, ...] = ()
    again: tuple[Again, ...] = ()


@dataclass(frozen=True, slots=True)
class _Printed:
    quote: Quote
    heading: Heading


class Citing:
    """Hands out the quotes of a study, the best of a subject first, and knows those that it has handed out."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        shown = (one for one in corpus.study.quotes if corpus.shows(one.testimony_id))
        self._all = sorted(shown, key=lambda one: -one.score)
        self._printed: dict[str, _Printed] = {}

    @property
    def printed(self) -> tuple[Quote, ...]:
        """Those handed out, in the order in which they were."""
        return tuple(one.quote for one in self._printed.values())

    @property
    def to_reread(self) -> tuple[Quoted, ...]:
        """Those of them that are to be read again before they are published."""
        return tuple(self._quoted(one) for one in self.printed if one.cautions)

    @property
    def lacks(self) -> int:
        """How many of them tell a lack of their code."""
        return sum(one.sense in _EITHER for one in self.printed)

    def fit(self, subject: str, senses: AbstractSet[Sense] | None = None) -> tuple[Quote, ...]:
        """The quotes of that subject, in these senses where some are given, printed or not; the best first."""
        return tuple(one for one in self._all if one.subject == subject and (senses is None or one.sense in senses))

    def free(self, quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
        """Those of them whose passage is quoted nowhere yet."""
        return tuple(one for one in quotes if one.passage_id not in self._printed)

    def take(self, quotes: tuple[Quote, ...], most: int, heading: Heading) -> Cited:
        """The first of them that are quoted nowhere yet, at most so many, from now on quoted under that heading.

        Where they are fewer, those that would have been quoted and stand elsewhere are referred to.
        """
        taken = self.free(quotes)[:most]
        elsewhere = [held for one in quotes if (held := self._printed.get(one.passage_id)) and held.heading != heading]
        for one in taken:
            self._printed[one.passage_id] = _Printed(one, heading)
        again = {held.quote.passage_id: Again(self._row(held.quote), held.heading) for held in elsewhere}
        return Cited(tuple(map(self._quoted, taken)), tuple(again.values())[: most - len(taken)])

    def _row(self, quote: Quote) -> Row:
        return self._corpus.by_id[quote.passage_id]

    def _quoted(self, quote: Quote) -> Quoted:
        row = self._row(quote)
        return Quoted(quote.text, quote.attribution, row, _doubt(quote, row), quote.cautions)


def _doubt(quote: Quote, row: Row) -> str:
    """« code à relire », « sens à vérifier » of the code that it is quoted for, « à relire avant de publier »; or
    nothing.
    """
    coding = row.coded.coding(quote.subject) if row.coded else None
    doubts = [DOUBTFUL_CODE] if coding and coding.certainty is Certainty.REVIEW else []
    doubts += [DOUBTFUL_SENSE] if quote.sense_doubtful else []
    doubts += [TO_REREAD] if quote.cautions else []
    return ", ".join(doubts)
