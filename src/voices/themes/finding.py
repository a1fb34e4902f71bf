"""From passages and their vectors to named themes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from voices.domain import Branch, Passage, Theme, Themes
from voices.ports import Progress
from voices.thematic import UNSURE
from voices.themes import families, grouping, groups, labels, lexical, notes, sieve, words
from voices.themes.groups import NOBODY, Labels
from voices.themes.stability import RESAMPLES, stability, times_found
from voices.themes.words import Words

_CENTRAL = 5
"""How many central passages a theme names."""


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What goes into the search: passages, their words, their vectors (n, dim) centred and L2-normalised; and for each
    passage, the later ones that repeat it."""

    passages: list[Passage]
    words: list[Words]
    vectors: NDArray[np.float32]
    repeats: list[list[Passage]]

    def everyone(self, members: Sequence[int] | NDArray[np.intp]) -> list[Passage]:
        """These passages and those that repeat them, in the order of their ids."""
        found = [one for at in members for one in (self.passages[at], *self.repeats[at])]
        return sorted(found, key=lambda one: one.id)

    def spoken(self, members: Sequence[int] | NDArray[np.intp]) -> list[labels.Spoken]:
        """These passages, as labels see them."""
        return [labels.Spoken(self.passages[at].testimony_id, self.words[at]) for at in members]


def find(
    passages: Sequence[Passage], vectors: NDArray[np.float32], *, seed: int, progress: Progress | None = None
) -> Themes:
    """The themes of a corpus; see `voices.themes.find`."""
    from threadpoolctl import threadpool_limits

    # One thread: sums are then made in one order on every machine, and small groupings do not wait on each other.
    with threadpool_limits(limits=1):
        return _found(passages, vectors, seed, progress)


def _found(passages: Sequence[Passage], vectors: NDArray[np.float32], seed: int, progress: Progress | None) -> Themes:
    if not passages:
        return Themes((), (), (), notes.method(groups.method_for(0), 0), notes.note(0, [], []))
    order = sorted(range(len(passages)), key=lambda at: passages[at].id)
    corpus, left_out = _sifted([passages[at] for at in order], np.asarray(vectors)[order], progress)
    n_passages = len(corpus.passages)
    way = grouping.settled(corpus.vectors, seed)
    found = way.final(corpus.vectors, [" ".join(word.lemmas) for word in corpus.words])
    themes, found = _named(corpus, found)
    themes, branches = _held(corpus, themes, found, way)
    return Themes(
        themes=themes,
        outliers=tuple(one.id for one in corpus.everyone(np.flatnonzero(found == NOBODY))),
        left_out=left_out,
        method=notes.method(way.method, n_passages, RESAMPLES if themes else 0),
        note=notes.note(n_passages, np.bincount(found[found != NOBODY]).tolist(), [one.unstable for one in themes]),
        tree=branches,
        resamples=RESAMPLES if themes else 0,
    )


def _sifted(
    passages: list[Passage], vectors: NDArray[np.float32], progress: Progress | None
) -> tuple[_Corpus, tuple[str, ...]]:
    texts = [passage.text for passage in passages]
    said = words.read(texts, progress=progress)
    sieved = sieve.sift(texts, said, groups.centred(vectors))
    kept = np.flatnonzero(sieved.new)
    kept_words = [said[at] for at in kept]
    joined = lexical.joined(groups.centred(vectors[kept]), [word.lemmas for word in kept_words])
    repeats: dict[int, list[Passage]] = {at: [] for at in kept.tolist()}
    for at in np.flatnonzero(sieved.says & ~sieved.new):
        repeats[int(sieved.first[at])].append(passages[at])
    left_out = tuple(passages[at].id for at in np.flatnonzero(~sieved.says))
    return _Corpus([passages[at] for at in kept], kept_words, joined, list(repeats.values())), left_out


def _named(corpus: _Corpus, found: Labels) -> tuple[tuple[Theme, ...], Labels]:
    """The themes, those of most testimonies first, then of most passages; and the groups they are, in that order.

    A group nothing can be called by is no theme: its passages go to the nearest theme, or to none.
    """
    members = _members(corpus, found)
    names = labels.name([corpus.spoken(at) for at in members], corpus.spoken(np.flatnonzero(found == NOBODY)))
    nameless = [at for at, name in zip(members, names, strict=True) if name is None]
    if nameless:
        dissolved = found.copy()
        dissolved[np.concatenate(nameless)] = NOBODY
        return _named(corpus, groups.settle(corpus.vectors, groups.numbered(dissolved)))
    ordered = found.copy()
    for number, at in enumerate(members):
        ordered[at] = number
    named = [(name, at) for name, at in zip(names, members, strict=True) if name is not None]
    return tuple(_theme(corpus, number, name, at) for number, (name, at) in enumerate(named, start=1)), ordered


def _members(corpus: _Corpus, found: Labels) -> list[NDArray[np.intp]]:
    """The passages of each group, nearest to its centre first; the groups in the order of themes."""
    centres = groups.centres(corpus.vectors, found)
    members = [np.flatnonzero(found == number) for number in range(len(centres))]
    members = [
        at[np.argsort(-(corpus.vectors[at] @ centre), kind="stable")]
        for at, centre in zip(members, centres, strict=True)
    ]
    return sorted(members, key=lambda at: (*_sizes(corpus, at), corpus.passages[at[0]].id))


def _sizes(corpus: _Corpus, members: NDArray[np.intp]) -> tuple[int, int]:
    """Testimonies and passages, repeats among them, as negative numbers: the most come first."""
    everyone = corpus.everyone(members)
    return -len({one.testimony_id for one in everyone}), -len(everyone)


def _theme(corpus: _Corpus, number: int, name: labels.Name, members: NDArray[np.intp]) -> Theme:
    return Theme(
        id=f"theme-{number:02d}",
        label=name.label,
        keywords=name.keywords,
        passage_ids=tuple(one.id for one in corpus.everyone(members)),
        central=_central(corpus, members, name.lemmas),
        distinctive=name.distinctive,
    )


def _held(
    corpus: _Corpus, themes: tuple[Theme, ...], found: Labels, way: grouping.Grouping
) -> tuple[tuple[Theme, ...], tuple[Branch, ...]]:
    """The themes with their stability, and the families that they make."""
    if not themes:
        return (), ()
    draws = way.drawn_again(corpus.vectors, found)
    measured = zip(themes, stability(draws).tolist(), times_found(draws).tolist(), strict=True)
    steady = tuple(replace(one, stability=round(held, 2), found_again=again) for one, held, again in measured)
    taken = {one.label for one in steady}
    number = {one.id: at for at, one in enumerate(steady)}

    def name(some: Sequence[Theme]) -> str:
        """What these themes say together and others do not; where nothing is sure, the names of the two largest."""
        inside = np.isin(found, [number[one.id] for one in some])
        mine, others = (corpus.spoken(np.flatnonzero(part)) for part in (inside, ~inside))
        given = labels.name([mine], others)[0]
        sure = [one.label for one in some if not one.label.startswith(UNSURE)] or [one.label for one in some]
        label = given.label if given and given.lemmas and given.label not in taken else " · ".join(sure[:2])
        taken.add(label)
        return label

    return steady, families.tree(steady, groups.centres(corpus.vectors, found), name)


def _central(corpus: _Corpus, nearest_first: NDArray[np.intp], lemmas: frozenset[str]) -> tuple[str, ...]:
    """The nearest passages, one a testimony as long as there are other testimonies; those that say one of these lemmas,
    in the nearer half, before the others.
    """
    members = nearest_first.tolist()
    half = members[: (len(members) + 1) // 2]
    saying = [at for at in half if lemmas.intersection(corpus.words[at].lemmas)]
    first: dict[str, str] = {}
    again: list[str] = []
    for at in dict.fromkeys(saying + members):
        one = corpus.passages[at]
        if first.setdefault(one.testimony_id, one.id) != one.id:
            again.append(one.id)
    return (*first.values(), *again)[:_CENTRAL]
