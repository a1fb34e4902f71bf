"""How many testimonies say where they come from, and how many when: a sentence on all of them must hold for all."""

from dataclasses import dataclass

from voices.domain import Outcome
from voices.report import words
from voices.report.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Known:
    """Of so many testimonies, those whose place is told, those whose year is told, and how many files were theirs, some
    of them read with reservations (`warned`).

    `tables` are the files that hold no testimony and tell of others: their place, their date, their consent.
    """

    testimonies: int
    placed: int
    dated: int
    files: int
    warned: int
    tables: int

    @property
    def all_placed(self) -> bool:
        """Whether every testimony says where it comes from."""
        return self.placed == self.testimonies

    @property
    def all_dated(self) -> bool:
        """Whether every testimony says when it was told."""
        return self.dated == self.testimonies


def origins(corpus: Corpus) -> Known:
    """What is known of where testimonies come from."""
    told = [one.origin for one in corpus.study.reading.testimonies]
    files = corpus.study.reading.files
    # A file that was read, told something of itself and gave nobody's words is a table of testimonies.
    tables = [one for one in files if one.details and not one.testimony_ids and one.outcome is not Outcome.REFUSED]
    return Known(
        testimonies=len(told),
        placed=sum(one.place is not None for one in told),
        dated=sum(words.year(one.date) is not None for one in told),
        files=len(files) - len(tables),
        warned=sum(one.outcome is Outcome.WARNED for one in files if one not in tables),
        tables=len(tables),
    )
