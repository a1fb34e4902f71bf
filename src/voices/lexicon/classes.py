"""The lexical worlds of a corpus: Reinert's classes of its segments, from words to what a person reads of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from voices.domain import STABLE, Passage
from voices.errors import SettingsError
from voices.lexicon import double, profiles, segments, table
from voices.lexicon.descending import Descent, Rules, descend
from voices.lexicon.profiles import Listing, Profiles
from voices.lexicon.segments import Segments
from voices.lexicon.table import NAMES, Cell, Table
from voices.lexicon.words import Words
from voices.ports import Progress

KINDS = frozenset({"NOUN", "VERB", "ADJ"})
"""Parts of speech that classes are made on: the rest (pronouns, links, most adverbs) is in all of them."""
CLASSES = 6
UNIT = 10
"""Different words that a unit holds, at least, where its testimony has as many (`min_segment_size` of rainette)."""
SECOND_UNIT = 15
"""The same, of the second descent of a double classification."""
RESAMPLES = 20
LEAST_SEGMENTS = 20
"""Fewer segments than this make no classes."""
HEAVY = 0.5
"""A class of more than this share of the classed segments is told: it says little."""

_RARE = 3
_WORDS = 8
"""Words kept, at most, for each square root of the number of segments: rare ones make classes of three segments."""
_SHARD = 0.02
"""A part of fewer units than this share of them is no class."""
_LEAST_SHARD = 5

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen of a classification; None lets the corpus choose.

    `classes` asked for, at most. Words said by fewer than `least` segments are left out. `unit` is how many different
    words a unit holds at least; `second_unit`, that of the second descent of a double classification (None: a single
    one). `full` tells whether the double one tries every crossing, or only the most mutual. Parts of fewer than
    `smallest` units are no class. Stability is measured on `resamples` classifications without a fifth of testimonies.
    """

    classes: int = CLASSES
    least: int | None = None
    unit: int = UNIT
    second_unit: int | None = None
    full: bool = True
    smallest: int | None = None
    resamples: int = RESAMPLES


@dataclass(frozen=True, slots=True)
class Branch:
    """A class (its rank, from 0), or a cut and its two parts; `height` is how much was told apart from there on."""

    ranks: tuple[int, ...]
    height: float = 0.0
    parts: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Typical:
    """A segment that is most like its class: its words, and where they stand in the passage."""

    passage_id: str
    testimony_id: str
    start: int
    end: int
    text: str

    def __repr__(self) -> str:
        return f"Typical({self.passage_id}, {self.start}-{self.end})"


@dataclass(frozen=True, slots=True, repr=False)
class Classes:
    """The classes, the largest first.

    `segments` are cut from `passages`; `labels` has each segment's class (0 the first), -1 for those in none.
    `counts` are the words of segments, of which `profiles` tells what each class says. `tree` is how they were cut
    (None for a double classification, which has two). `stability` is, of each class, the mean of its Jaccard index with
    the class most like it when a fifth of testimonies is missing (empty: not measured). `method` and `notes` are French
    sentences for the reader.
    """

    passages: tuple[Passage, ...]
    segments: Segments
    labels: Numbers
    counts: Table
    profiles: Profiles
    tree: Branch | None
    stability: tuple[float, ...]
    method: str
    notes: tuple[str, ...] = ()

    columns: ClassVar = (
        *("classe", "mot", "categorie", "chi2", "p", "segments_de_la_classe", "segments"),
        *("part_dans_la_classe", "part_ailleurs"),
    )

    def __repr__(self) -> str:
        return f"Classes({len(self)} classes, {self.classed} segments classés sur {len(self.segments)})"

    def __len__(self) -> int:
        return len(self.profiles.sizes)

    @property
    def classed(self) -> int:
        """How many segments have a class."""
        return int(self.profiles.sizes.sum())

    @property
    def unclassed(self) -> float:
        """The share of segments that have none, in [0, 1]."""
        return 1 - self.classed / max(len(self.segments), 1)

    def share(self, rank: int) -> float:
        """The share of the classed segments that the class holds."""
        return float(self.profiles.sizes[rank] / max(self.classed, 1))

    def testimonies(self, rank: int) -> int:
        """How many testimonies have a segment in the class."""
        return len(np.unique(self.segments.testimony[self.labels == rank]))

    def words_of(self, rank: int, number: int = 20, *, missing: bool = False) -> tuple[str, ...]:
        """The words that the class says most more than the others, or (`missing`) most less."""
        chi2 = self.profiles.chi2[rank] * (-1 if missing else 1)
        order = np.lexsort((np.arange(len(chi2)), -chi2))[:number].tolist()
        return tuple(self.counts.terms[term] for term in order if chi2[term] > 0)

    def typical(self, rank: int, number: int = 5) -> tuple[Typical, ...]:
        """The segments most like the class."""
        closest = profiles.closest(_present(self.counts), self.labels, self.profiles, rank, number)
        return tuple(self._told(segment) for segment in closest.tolist())

    def rows(self, *, least: float = 3.84) -> Iterator[tuple[Cell, ...]]:
        """A row a class and word whose chi-square is at least that far from nought; the strongest of a class first."""
        chances = self.profiles.chances
        for rank in range(len(self)):
            chi2, share, elsewhere = self.profiles.chi2[rank], self.profiles.share(rank), self.profiles.elsewhere(rank)
            for term in np.lexsort((np.arange(len(chi2)), -chi2)).tolist():
                if abs(chi2[term]) >= least:
                    yield (
                        *(rank + 1, self.counts.terms[term], NAMES[self.counts.kinds[term]]),
                        *(round(float(chi2[term]), 2), float(f"{chances[rank, term]:.3g}")),
                        *(int(self.profiles.inside[rank, term]), int(self.profiles.totals[term])),
                        *(round(float(share[term]), 4), round(float(elsewhere[term]), 4)),
                    )

    def listing(self) -> Listing:
        """Every segment and its class, in the order of testimonies; none where it has none."""
        told = (self._told(segment) for segment in range(len(self.segments)))
        ranks = (rank + 1 if rank >= 0 else None for rank in self.labels.tolist())
        lines = (
            (one.testimony_id, one.passage_id, one.start, one.end, rank, one.text)
            for one, rank in zip(told, ranks, strict=True)
        )
        return Listing(("temoignage", "passage", "debut", "fin", "classe", "texte"), tuple(lines))

    def _told(self, segment: int) -> Typical:
        passage = self.passages[int(self.segments.passage[segment])]
        start, end = int(self.segments.start[segment]), int(self.segments.end[segment])
        return Typical(passage.id, passage.testimony_id, start, end, passage.text[start:end])


def find(words: Words, *, without: Collection[str] = (), choices: Choices | None = None) -> Classes:
    """The classes of the words' segments. The same words give the same classes, whatever order their passages come in.

    Raises SettingsError where there is too little to class, or where nothing sets segments apart.
    """
    choices = choices or Choices()
    words = segments.spoken(words)
    cut = segments.cut(words)
    counts = table.count(words, kinds=KINDS, least=choices.least or _RARE, without=without, documents=cut.of_word)
    return of_table(counts, cut, words.passages, choices)


def of_table(counts: Table, cut: Segments, passages: Sequence[Passage], choices: Choices | None = None) -> Classes:
    """The classes of segments of which a table (a row a segment) tells the words. Segments come testimony by testimony.

    Raises SettingsError as `find` does.
    """
    choices = choices or Choices()
    counts = _bearable(counts, choices.least)
    if len(cut) < LEAST_SEGMENTS or min(counts.counts.shape) < 3:
        raise SettingsError(
            f"Il y a trop peu à classer\u202f: {len(cut)} segments, {len(counts.terms)} mots assez fréquents.",
            f"Donner au moins {LEAST_SEGMENTS} segments d’une quarantaine de mots, ou compter des mots plus rares.",
        )
    labels, tree = _classed(counts, cut.testimony, choices)
    if labels.max(initial=-1) < 1:
        raise SettingsError(
            "Rien ne sépare assez les segments pour en faire des classes.",
            "Demander plus de classes, compter des mots plus rares, ou réunir plus de témoignages.",
        )
    told = profiles.profile(_present(counts), labels)
    method = _method(counts, cut, choices)
    found = Classes(tuple(passages), cut, labels, counts, told, tree, (), method)
    return measured(found, stability(found, choices), choices)


def measured(found: Classes, held: Sequence[float], choices: Choices) -> Classes:
    """The same classes, their stability told."""
    return replace(found, stability=tuple(held), notes=_notes(found.profiles, held, choices))


def _bearable(counts: Table, least: int | None) -> Table:
    """The words of `least` segments or more; without it, no more words than the segments can bear, the most said."""
    held = np.asarray((counts.counts > 0).sum(axis=0))
    lowest = least or _RARE
    while least is None and (held >= lowest).sum() > _WORDS * sqrt(counts.counts.shape[0]):
        lowest += 1
    kept = [
        at
        for at, (term, n) in enumerate(zip(counts.terms, held.tolist(), strict=True))
        if n >= lowest and len(term) > 1
    ]
    terms, kinds = (tuple(some[at] for at in kept) for some in (counts.terms, counts.kinds))
    return Table(sparse.csr_array(counts.counts[:, kept]), terms, kinds, counts.sizes)


def _present(counts: Table) -> sparse.csr_array:
    return sparse.csr_array(counts.counts > 0, dtype=np.int64)


def stability(found: Classes, choices: Choices, *, progress: Progress | None = None) -> tuple[float, ...]:
    """Of each class, its mean Jaccard index with the class most like it when a fifth of the testimonies is missing.

    `choices` are those that the classes were found with; nothing comes back where they ask for no resamples.
    """
    counts, testimony, labels, near = found.counts, found.segments.testimony, found.labels, []
    for seed in range(choices.resamples):
        chance = np.random.default_rng(seed)
        every = np.unique(testimony)
        kept = np.isin(testimony, chance.choice(every, len(every) - len(every) // 5, replace=False))
        fewer = replace(counts, counts=sparse.csr_array(counts.counts[kept]))
        near.append(_nearest(labels[kept], _classed(fewer, testimony[kept], choices)[0], int(labels.max()) + 1))
        if progress:
            progress(seed + 1, choices.resamples)
    return tuple(float(one) for one in np.mean(near, axis=0)) if near else ()


def _nearest(labels: Numbers, others: Numbers, n_classes: int) -> NDArray[np.float64]:
    """Of each class, the largest Jaccard index with one of the others."""
    both = np.zeros((n_classes + 1, int(others.max(initial=-1)) + 2))
    np.add.at(both, (labels, others), 1)  # what has no class is counted in the last row, the last column
    either = both.sum(axis=1)[:, None] + both.sum(axis=0)[None, :] - both
    index = np.divide(both, either, out=np.zeros(both.shape), where=either > 0)[:-1, :-1]
    return np.asarray(index.max(axis=1, initial=0.0))


def _classed(counts: Table, testimony: Numbers, choices: Choices) -> tuple[Numbers, Branch | None]:
    return (_double if choices.second_unit else _single)(counts, testimony, choices)


def _descent(counts: Table, testimony: Numbers, choices: Choices, unit: int) -> tuple[Descent, Numbers, int]:
    """A descent on units of that many words, the unit of each segment, and the fewest units that make a class."""
    present = _present(counts)
    units = segments.join(np.asarray(present.sum(axis=1), dtype=np.int64), testimony, unit)
    where, n_units = present.tocoo(), int(units.max()) + 1
    rows = units[where.coords[0]]
    joined = sparse.coo_array((where.data, (rows, where.coords[1])), shape=(n_units, present.shape[1])).tocsr()
    smallest = choices.smallest or max(_LEAST_SHARD, round(_SHARD * n_units))
    return descend(joined, classes=choices.classes, smallest=smallest, rules=Rules(least_cut=smallest)), units, smallest


def _single(counts: Table, testimony: Numbers, choices: Choices) -> tuple[Numbers, Branch | None]:
    descent, units, smallest = _descent(counts, testimony, choices, choices.unit)
    leaves = [leaf for leaf in descent.leaves() if len(descent.nodes[leaf].members) >= smallest]
    labels, ranks = _largest_first(descent.labels(leaves)[units])
    return labels, _branch(descent, 0, {leaf: ranks[at] for at, leaf in enumerate(leaves)})


def _double(counts: Table, testimony: Numbers, choices: Choices) -> tuple[Numbers, None]:
    inside = []
    for unit in (choices.unit, choices.second_unit or choices.unit):
        descent, units, _ = _descent(counts, testimony, choices, unit)
        inside.append([np.isin(units, node.members) for node in descent.nodes[1:]])
    least = choices.smallest or max(double.LEAST_SHARED, round(_SHARD * len(testimony)))
    candidates = double.crossings(inside[0], inside[1], least_shared=least, full=choices.full)
    for classes in range(choices.classes, 1, -1):
        found = double.partition(candidates, classes)
        if found:
            return found.labels(len(testimony)), None
    return np.full(len(testimony), -1), None


def _largest_first(labels: Numbers) -> tuple[Numbers, dict[int, int]]:
    """The labels numbered anew, the class of most segments first, and the new number of each."""
    sizes = np.bincount(labels[labels >= 0])
    order = np.lexsort((np.arange(len(sizes)), -sizes))
    ranks = {int(old): new for new, old in enumerate(order)}
    return np.array([ranks.get(label, -1) for label in labels.tolist()], dtype=np.int64), ranks


def _branch(descent: Descent, node: int, ranks: dict[int, int]) -> Branch | None:
    """The tree under a node, without what makes no class."""
    if node in ranks:
        return Branch((ranks[node],))
    if node not in descent.cuts:
        return None
    parts = [part for one in descent.parts(node) if (part := _branch(descent, one, ranks)) is not None]
    if len(parts) < 2:
        return parts[0] if parts else None
    since = descent.cuts[descent.cuts.index(node) :]
    height = sum(descent.nodes[one].chi2 or 0.0 for one in since)
    return Branch(tuple(rank for part in parts for rank in part.ranks), height, tuple(parts))


def _method(counts: Table, cut: Segments, choices: Choices) -> str:
    way = (
        f"double, sur des unités d’au moins {choices.unit} et {choices.second_unit} mots différents"
        if choices.second_unit
        else f"simple, sur des unités d’au moins {choices.unit} mots différents"
    )
    return (
        f"Classification descendante hiérarchique (Reinert 1983, 1990), {way}\u202f: {len(cut)} segments de "
        f"{len(np.unique(cut.testimony))} témoignages, {len(counts.terms)} mots."
    )


def _fewer(found: int, choices: Choices) -> str:
    """Why there are fewer classes than what was asked."""
    why = (
        "on ne trouve pas plus de classes que les deux classifications disent toutes deux"
        if choices.second_unit
        else "au-delà, les parties seraient trop petites, ou rien ne les sépare"
    )
    return f"{found} classes pour {choices.classes} demandées, qui sont un plafond\u202f: {why}."


def _notes(told: Profiles, stability: Sequence[float], choices: Choices) -> tuple[str, ...]:
    notes = [_fewer(len(told.sizes), choices)] if len(told.sizes) < choices.classes else []
    heaviest = round(100 * float(told.sizes.max() / told.sizes.sum()))
    if heaviest > 100 * HEAVY:
        notes.append(
            f"La classe 1 tient à elle seule {heaviest}\u202f% des segments classés\u202f: ce qu’elle dit sépare peu. "
            "Demander plus de classes, ou ne garder que des mots plus fréquents."
        )
    unsteady = sum(one < STABLE for one in stability)
    if unsteady:
        which = f"{unsteady} classes sur {len(stability)} ne tiennent" if unsteady > 1 else "Une classe ne tient"
        notes.append(
            f"{which} pas quand un cinquième des témoignages manque\u202f: "
            "à lire comme une piste, non comme un résultat."
        )
    return tuple(notes)
