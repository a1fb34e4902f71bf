"""From passages and their vectors to named themes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voices.domain import Passage, Theme, Themes
from voices.ports import Progress
from voices.themes import groups, labels, lexical, sieve, words
from voices.themes.words import Words

_CENTRAL = 5
"""How many central passages a theme names."""
_BLOB = 0.6
"""A theme with more than this share of the passages is no theme among others: it is said."""
_THIN = "\u202f"


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What goes into the search: passages, their words, their vectors (n, dim) centred and L2-normalised."""

    passages: list[Passage]
    words: list[Words]
    vectors: NDArray[np.float32]


def find(
    passages: Sequence[Passage], vectors: NDArray[np.float32], *, seed: int, progress: Progress | None = None
) -> Themes:
    """The themes of a corpus; see `voices.themes.find`."""
    if not passages:
        return Themes((), (), (), _method(groups.method_for(0), 0), _note(np.empty(0, dtype=np.intp)))
    order = sorted(range(len(passages)), key=lambda at: passages[at].id)
    corpus, left_out = _sifted([passages[at] for at in order], np.asarray(vectors)[order], progress)
    method = groups.method_for(len(corpus.passages))
    found = method.group(corpus.vectors, [" ".join(word.lemmas) for word in corpus.words], seed)
    found = groups.settle(corpus.vectors, groups.fewer(corpus.vectors, found))
    themes, found = _named(corpus, found)
    return Themes(
        themes=themes,
        outliers=tuple(corpus.passages[at].id for at in np.flatnonzero(found == groups.NOBODY)),
        left_out=left_out,
        method=_method(method, len(corpus.passages)),
        note=_note(found),
    )


def _sifted(
    passages: list[Passage], vectors: NDArray[np.float32], progress: Progress | None
) -> tuple[_Corpus, tuple[str, ...]]:
    texts = [passage.text for passage in passages]
    said = words.read(texts, progress=progress)
    keep = sieve.keeps(texts, said, groups.centred(vectors))
    kept = np.flatnonzero(keep)
    kept_words = [said[at] for at in kept]
    joined = lexical.joined(groups.centred(vectors[kept]), [word.lemmas for word in kept_words])
    left_out = tuple(passages[at].id for at in np.flatnonzero(~keep))
    return _Corpus([passages[at] for at in kept], kept_words, joined), left_out


def _named(corpus: _Corpus, found: groups.Labels) -> tuple[tuple[Theme, ...], groups.Labels]:
    """The themes, those of most testimonies first, then of most passages; and the groups they are.

    A group nothing can be called by is no theme: its passages go to the nearest theme, or to none.
    """
    members = _members(corpus, found)
    names = labels.name(
        [_spoken(corpus, at) for at in members], _spoken(corpus, np.flatnonzero(found == groups.NOBODY))
    )
    nameless = [at for at, name in zip(members, names, strict=True) if name is None]
    if nameless:
        dissolved = found.copy()
        dissolved[np.concatenate(nameless)] = groups.NOBODY
        return _named(corpus, groups.settle(corpus.vectors, groups.numbered(dissolved)))
    named = [(name, at) for name, at in zip(names, members, strict=True) if name is not None]
    return tuple(_theme(corpus, number, name, at) for number, (name, at) in enumerate(named, start=1)), found


def _members(corpus: _Corpus, found: groups.Labels) -> list[NDArray[np.intp]]:
    """The passages of each group, nearest to its centre first; the groups in the order of themes."""
    centres = groups.centres(corpus.vectors, found)
    members = [np.flatnonzero(found == number) for number in range(len(centres))]
    members = [
        at[np.argsort(-(corpus.vectors[at] @ centre), kind="stable")]
        for at, centre in zip(members, centres, strict=True)
    ]
    return sorted(members, key=lambda at: (-_voices(corpus, at), -len(at), corpus.passages[at[0]].id))


def _theme(corpus: _Corpus, number: int, name: labels.Name, members: NDArray[np.intp]) -> Theme:
    return Theme(
        id=f"theme-{number:02d}",
        label=name.label,
        keywords=name.keywords,
        passage_ids=tuple(corpus.passages[at].id for at in sorted(members)),
        central=_central([corpus.passages[at] for at in members]),
    )


def _voices(corpus: _Corpus, members: NDArray[np.intp]) -> int:
    return len({corpus.passages[at].testimony_id for at in members})


def _spoken(corpus: _Corpus, members: NDArray[np.intp]) -> list[labels.Spoken]:
    return [labels.Spoken(corpus.passages[at].testimony_id, corpus.words[at]) for at in members]


def _central(nearest_first: Sequence[Passage]) -> tuple[str, ...]:
    """The nearest passages, one a testimony as long as there are other testimonies."""
    seen: set[str] = set()
    first: list[str] = []
    again: list[str] = []
    for passage in nearest_first:
        (again if passage.testimony_id in seen else first).append(passage.id)
        seen.add(passage.testimony_id)
    return tuple((first + again)[:_CENTRAL])


def _method(method: groups.Method, n_passages: int) -> str:
    if method.at_least < groups.LEAST:
        return "Aucune recherche de thèmes."
    return (
        f"{method.told}, sur {n_passages} passages ; un thème compte au moins {groups.smallest(n_passages)} passages."
    ).replace(" ;", f"{_THIN};")


def _note(found: groups.Labels) -> str | None:
    n_passages = len(found)
    if n_passages < groups.LEAST:
        return f"Trop peu de passages ({n_passages}) pour dégager des thèmes."
    sizes = np.bincount(found[found != groups.NOBODY])
    if not len(sizes):
        return f"Aucun thème ne se dégage{_THIN}: les passages parlent de choses trop diverses."
    if sizes.max() > _BLOB * n_passages:
        share = round(100 * sizes.max() / n_passages)
        return (
            f"Un seul thème rassemble {share}{_THIN}% des passages{_THIN}: "
            "ils se ressemblent trop pour être départagés plus finement."
        )
    alone = n_passages - int(sizes.sum())
    if alone > groups.ALONE * n_passages:
        return f"{alone} passages sur {n_passages} ne se rattachent à aucun thème."
    return None
