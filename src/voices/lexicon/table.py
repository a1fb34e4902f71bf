"""How often each word is said in each document: the table that the field's methods count on."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from voices.lexicon.words import KINDS, Words

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
"""Parts of speech that say something by themselves: the « formes actives » of IRaMuTeQ."""
NAMES = {
    "NOUN": "nom",
    "PROPN": "nom propre",
    "VERB": "verbe",
    "AUX": "auxiliaire",
    "ADJ": "adjectif",
    "ADV": "adverbe",
    "PRON": "pronom",
    "DET": "déterminant",
    "ADP": "préposition",
    "NUM": "nombre",
    "CCONJ": "conjonction",
    "SCONJ": "conjonction",
    "INTJ": "interjection",
    **dict.fromkeys(("PART", "PUNCT", "SYM", "X", ""), "autre"),
}
"""Parts of speech as French schools name them."""
LEAST = 3
"""Words said less often than this are too rare to compare."""

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """Counts of `terms` (columns, the most said first) in documents (rows): a `scipy.sparse.csr_array` of int64.

    `sizes` has all the words of each document, those that are no term included. `kinds` has the commonest part of
    speech of each term.
    """

    counts: sparse.csr_array
    terms: tuple[str, ...]
    kinds: tuple[str, ...]
    sizes: NDArray[np.int64]

    columns: ClassVar = ("mot", "categorie", "occurrences", "passages")

    def __repr__(self) -> str:
        return f"Table({len(self.terms)} mots, {self.counts.shape[0]} documents)"

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """A row a term: what it is, how often it is said, and in how many documents."""
        frequencies = self.counts.sum(axis=0).tolist()
        documents = self.counts.count_nonzero(axis=0).tolist()
        yield from zip(self.terms, (NAMES[kind] for kind in self.kinds), frequencies, documents, strict=True)


def count(
    words: Words,
    *,
    by: str = "lemma",
    kinds: Collection[str] = CONTENT,
    least: int = LEAST,
    without: Collection[str] = (),
    documents: NDArray[np.integer] | None = None,
) -> Table:
    """The table of the words.

    Args:
        words: what was said.
        by: "lemma", or "form" to tell « place » from « places ».
        kinds: parts of speech kept; empty keeps all.
        least: words said less often are left out.
        without: words left out, as forms or as lemmas, in lower case.
        documents: of each word, the number of its document from 0 (those of no word may be any); by default, passages.
    """
    where = words.passage if documents is None else documents
    n_documents = len(words.passages) if documents is None else int(where.max(initial=-1)) + 1
    names, codes = (words.forms, words.form) if by == "form" else (words.lemmas, words.lemma)
    kept = _kept(words, kinds, without)
    frequencies = np.bincount(codes[kept], minlength=len(names))
    chosen = sorted(
        np.flatnonzero(frequencies >= max(least, 1)).tolist(), key=lambda one: (-frequencies[one], names[one])
    )
    column = np.full(len(names), -1)
    column[chosen] = np.arange(len(chosen))
    kept &= column[codes] >= 0
    shape = (n_documents, len(chosen))
    ones = np.ones(int(kept.sum()), dtype=np.int64)
    counts = sparse.coo_array((ones, (where[kept], column[codes[kept]])), shape=shape).tocsr()
    counts.sum_duplicates()
    sizes = np.bincount(where, minlength=n_documents).astype(np.int64)
    return Table(
        counts, tuple(names[one] for one in chosen), _commonest(words, kept, column[codes], len(chosen)), sizes
    )


def _kept(words: Words, kinds: Collection[str], without: Collection[str]) -> NDArray[np.bool_]:
    kept = np.ones(len(words), dtype=bool)
    if kinds:
        kept &= np.isin(words.kind, [number for number, kind in enumerate(KINDS) if kind in kinds])
    if without:
        kept &= ~np.array([form in without for form in words.forms], dtype=bool)[words.form]
        kept &= ~np.array([lemma in without for lemma in words.lemmas], dtype=bool)[words.lemma]
    return kept


def _commonest(words: Words, kept: NDArray[np.bool_], column: NDArray[np.int64], n_terms: int) -> tuple[str, ...]:
    pairs = column[kept] * len(KINDS) + words.kind[kept]
    by_kind = np.bincount(pairs, minlength=n_terms * len(KINDS)).reshape(n_terms, len(KINDS))
    return tuple(KINDS[one] for one in by_kind.argmax(axis=1)) if n_terms else ()
