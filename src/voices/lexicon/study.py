"""The words of a study: each measure of this room, asked of one object."""

from collections.abc import Collection
from dataclasses import dataclass

from voices.domain import Study
from voices.lexicon import table, words
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
