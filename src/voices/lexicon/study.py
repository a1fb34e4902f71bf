"""The words of a study: each measure of this room, asked of one object."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.domain import Study
from voices.lexicon import concordance, parts, specificities, table, words
from voices.lexicon.concordance import WIDTH, Concordance
from voices.lexicon.specificities import Specificities
from voices.lexicon.table import CONTENT, LEAST, Table
from voices.lexicon.words import Words
from voices.ports import Progress


def of(study: Study, *, without: Collection[str] = (), progress: Progress | None = None) -> "Lexicon":
    """The lexicon of the study's passages. `without` are words that no table counts as terms, in lower case."""
    return Lexicon(study, words.read(study.passages, progress=progress), frozenset(without))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a study's passages, read once. Each method is one measure, described in its own module."""

    study: Study
    words: Words
    without: frozenset[str] = frozenset()

    def table(
        self,
        *,
        by: str = "lemma",
        kinds: Collection[str] = CONTENT,
        least: int = LEAST,
        without: Collection[str] = (),
    ) -> Table:
        """How often each word is said in each passage: see `voices.lexicon.table.count`."""
        return table.count(self.words, by=by, kinds=kinds, least=least, without=self.without.union(without))

    def specificities(self, by: str, *, table: Table | None = None) -> Specificities:
        """Which words each place, period, code… says more or less than the others: see `voices.lexicon.parts.WAYS`.

        `table` is what to compare, where it is not the default one. Raises SettingsError where there is nothing to
        compare by that.
        """
        found = parts.of(self.study, by)
        return specificities.compare(table or self.table(), found, speakers=self.testimonies)

    def concordance(self, query: str, *, lemmas: bool = False, sort: str = "ordre", width: int = WIDTH) -> Concordance:
        """Every place where the query is said, as written or by lemmas: see `voices.lexicon.concordance`.

        Raises SettingsError for a query without words, or a sort that is none.
        """
        testimonies = self.study.reading.testimonies
        if lemmas:
            return concordance.of_lemmas(self.words, testimonies, query, sort=sort, width=width)
        return concordance.of_forms(self.study.passages, testimonies, query, sort=sort, width=width)

    @property
    def testimonies(self) -> NDArray[np.int64]:
        """Of each passage, the number of its testimony in the order they come."""
        numbers: dict[str, int] = {}
        told = [numbers.setdefault(passage.testimony_id, len(numbers)) for passage in self.study.passages]
        return np.array(told, dtype=np.int64)
