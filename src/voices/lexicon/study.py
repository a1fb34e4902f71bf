"""The words of a study: each measure of this room, asked of one object."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.domain import Study
from voices.errors import SettingsError
from voices.lexicon import (
    classes,
    concordance,
    cooccurrence,
    correspondence,
    parts,
    profiles,
    segments,
    specificities,
    table,
    words,
)
from voices.lexicon.classes import Choices, Classes
from voices.lexicon.concordance import WIDTH, Concordance
from voices.lexicon.cooccurrence import LEAST as TOGETHER
from voices.lexicon.cooccurrence import Pairs
from voices.lexicon.correspondence import Correspondence
from voices.lexicon.profiles import Crossed
from voices.lexicon.specificities import Specificities
from voices.lexicon.table import CONTENT, LEAST, Table
from voices.lexicon.words import Words
from voices.ports import Progress


def of(study: Study, *, without: Collection[str] = (), progress: Progress | None = None) -> "Lexicon":
    """The lexicon of the study's passages. `without` are words that no table counts as terms, in lower case."""
    return Lexicon(study, segments.spoken(words.read(study.passages, progress=progress)), frozenset(without))


def check(within: str) -> None:
    """Nothing. Raises SettingsError where `within` is neither "passage" nor "phrase"."""
    if within not in ("passage", "phrase"):
        raise SettingsError(f"On ne compte pas les mots par « {within} ».", "Choisir passage ou phrase.")


@dataclass(frozen=True, slots=True, repr=False)
class Lexicon:
    """The words of a study's passages, read once. Each method is one measure, described in its own module."""

    study: Study
    words: Words
    without: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"Lexicon({len(self.words)} mots, {len(self.study.passages)} passages)"

    def table(
        self,
        *,
        by: str = "lemma",
        kinds: Collection[str] = CONTENT,
        least: int = LEAST,
        without: Collection[str] = (),
        within: str = "passage",
    ) -> Table:
        """How often each word is said in each passage, or in each sentence: see `voices.lexicon.table.count`.

        Raises SettingsError where `within` is neither "passage" nor "phrase".
        """
        check(within)
        documents = self.words.sentence if within == "phrase" else None
        left_out = self.without.union(without)
        return table.count(self.words, by=by, kinds=kinds, least=least, without=left_out, documents=documents)

    def specificities(self, by: str, *, table: Table | None = None) -> Specificities:
        """Which words each place, period, code… says more or less than the others: see `voices.lexicon.parts.WAYS`.

        `table` is what to compare, where it is not the default one. Raises SettingsError where there is nothing to
        compare by that.
        """
        found = parts.of(self.study, by)
        return specificities.compare(table or self.table(), found, speakers=self.testimonies)

    def cooccurrences(self, *, table: Table | None = None, least: int = TOGETHER) -> Pairs:
        """Which words are said together at least so many times: see `voices.lexicon.cooccurrence`.

        `table` tells which words, and together in what; by default, in a passage.
        """
        return cooccurrence.pairs(table or self.table(), least=least)

    def correspondence(self, by: str, *, table: Table | None = None) -> Correspondence:
        """Places, periods, codes… and words on the axes that set them widest apart: `voices.lexicon.correspondence`.

        Raises SettingsError where there is nothing to compare by that.
        """
        return correspondence.of_parts(table or self.table(least=10), parts.of(self.study, by))

    def concordance(self, query: str, *, lemmas: bool = False, sort: str = "ordre", width: int = WIDTH) -> Concordance:
        """Every place where the query is said, as written or by lemmas: see `voices.lexicon.concordance`.

        Raises SettingsError for a query without words, or a sort that is none.
        """
        testimonies = self.study.reading.testimonies
        if lemmas:
            return concordance.of_lemmas(self.words, testimonies, query, sort=sort, width=width)
        return concordance.of_forms(self.study.passages, testimonies, query, sort=sort, width=width)

    def classes(self, choices: Choices | None = None) -> Classes:
        """The lexical worlds of the passages, by Reinert's classification: see `voices.lexicon.classes`.

        Raises SettingsError where there is too little to class, or nothing sets it apart.
        """
        return classes.find(self.words, without=self.without, choices=choices)

    def crossed(self, found: Classes, ways: Collection[str]) -> tuple[Crossed, ...]:
        """The classes crossed with each of these ways to part the study; a way that makes no two parts is left out.

        Raises KeyError for a way that is none of `voices.lexicon.parts.WAYS`.
        """
        parted = {by: parts.named(parts.WAYS[by](self.study)) for by in ways}
        return tuple(
            profiles.cross(found.segments, found.labels, told, by)
            for by, told in parted.items()
            if 1 < len(told.names) <= parts.MOST
        )

    @property
    def testimonies(self) -> NDArray[np.int64]:
        """Of each passage, the number of its testimony in the order they come."""
        numbers: dict[str, int] = {}
        told = [numbers.setdefault(passage.testimony_id, len(numbers)) for passage in self.study.passages]
        return np.array(told, dtype=np.int64)
