"""The words of a corpus, one after the other, with where each stands: what every count of this room starts from."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from voices import french
from voices.domain import Passage
from voices.ports import Progress

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

KINDS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ"),
    *("SYM", "VERB", "X", ""),
)
"""Parts of speech, as Universal Dependencies names them."""

NO_MARK, WEAK, MIDDLE, STRONG = range(4)
"""What follows a word: nothing, a comma, a semicolon or a colon, the end of a sentence."""

_KIND = {kind: number for number, kind in enumerate(KINDS)}
_UNUSED = ("parser", "senter", "ner")
_BATCH = 256
_MARKS = dict.fromkeys(".!?…\n", STRONG) | dict.fromkeys(";:", MIDDLE) | dict.fromkeys(",()«»–—", WEAK)
_STRAIGHT = str.maketrans("’", "'")
"""One character for another, so that no offset moves: the tagger knows « l' » and takes « l’ » for a name."""

_PRONOUNS = ("je", "tu", "on", "nous", "vous", "moi", "toi", "lui", "eux", "ce", "ça", "y", "me", "te", "il", "elle")
_CLOSED = {form: (form, "PRON") for form in _PRONOUNS} | {
    "j'": ("je", "PRON"),
    "c'": ("ce", "PRON"),
    "m'": ("me", "PRON"),
    "t'": ("te", "PRON"),
    "ils": ("il", "PRON"),
    "elles": ("elle", "PRON"),
    "est": ("être", "AUX"),
    **{form: (form, "PART") for form in ("ne", "pas", "très", "aussi", "si", "alors", "puis", "donc", "ainsi")},
    "n'": ("ne", "PART"),
}
"""What is one word wherever it stands: the tagger takes « tu » for a form of « taire », « lui » for « luire ».

Adverbs of grammar are particles: they say nothing by themselves, and would be in the middle of every graph.
"""

_AUXILIARIES = ("avoir", "être")
"""Wherever they stand: whether « avoir » is told of a thing or of another verb is more than the tagger knows."""

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """The words of `passages`: those of passage i are numbers `bounds[i]` to `bounds[i + 1]`, in the order said.

    Of each word: `form` and `lemma`, numbers in `forms` and `lemmas` (lower case); `kind`, a number in KINDS; `start`
    and `end` in the passage's text; `mark`, what follows it.
    """

    passages: tuple[Passage, ...]
    bounds: NDArray[np.int64]
    forms: tuple[str, ...]
    lemmas: tuple[str, ...]
    form: Ints
    lemma: Ints
    kind: NDArray[np.int8]
    start: Ints
    end: Ints
    mark: NDArray[np.int8]

    def __repr__(self) -> str:
        return f"Words({len(self)} mots, {len(self.passages)} passages)"

    def __len__(self) -> int:
        return len(self.form)

    @property
    def passage(self) -> Ints:
        """Of each word, the number of its passage."""
        return np.repeat(np.arange(len(self.passages), dtype=np.int32), np.diff(self.bounds))

    @property
    def sentence(self) -> Ints:
        """Of each word, the number of its sentence in the corpus: they count on from one passage to the next."""
        firsts = np.cumsum([0, *(len(passage.sentences) for passage in self.passages)])[:-1]
        found = np.zeros(len(self), dtype=np.int32)
        for number, (passage, (low, high)) in enumerate(zip(self.passages, pairwise(self.bounds), strict=True)):
            begins = [start - passage.start for start, _ in passage.sentences[1:]]
            found[low:high] = firsts[number] + np.searchsorted(begins, self.start[low:high], side="right")
        return found


def read(passages: Sequence[Passage], *, progress: Progress | None = None) -> Words:
    """The words of the passages, in the order given. A word is what holds a letter or a digit.

    Lemmas are those of the search: the tagger's, mended by the dictionary's. A passage's depend on that passage alone.
    Raises ModelError where the French pipeline is not installed.
    """
    forms, lemmas, columns, bounds = _Names(), _Names(), _Columns(), [0]
    for done, doc in enumerate(_tagged(passages), start=1):
        for word in _words(doc):
            columns.add(forms.number(word.form), lemmas.number(word.lemma), word)
        bounds.append(len(columns))
        if progress and (done % _BATCH == 0 or done == len(passages)):
            progress(done, len(passages))
    return columns.words(tuple(passages), bounds, tuple(forms.numbers), tuple(lemmas.numbers))


@dataclass(slots=True)
class _Word:
    form: str
    lemma: str
    kind: str
    start: int
    end: int
    mark: int = NO_MARK


class _Names:
    """Numbers given to names as they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        return self.numbers.setdefault(name, len(self.numbers))


class _Columns:
    """The words read so far: a number a column, a hundred times lighter than the tagger's own."""

    def __init__(self) -> None:
        self._columns = tuple(array(code) for code in "iibiib")

    def __len__(self) -> int:
        return len(self._columns[0])

    def add(self, form: int, lemma: int, word: _Word) -> None:
        row = (form, lemma, _KIND.get(word.kind, _KIND["X"]), word.start, word.end, word.mark)
        for column, value in zip(self._columns, row, strict=True):
            column.append(value)

    def words(
        self, passages: tuple[Passage, ...], bounds: Sequence[int], forms: tuple[str, ...], lemmas: tuple[str, ...]
    ) -> Words:
        form, lemma, kind, start, end, mark = (np.array(column) for column in self._columns)
        return Words(passages, np.array(bounds), forms, lemmas, form, lemma, kind, start, end, mark)


def _tagged(passages: Sequence[Passage]) -> "Iterator[Doc]":
    nlp = french.pipeline(full=True)
    texts = (passage.text.translate(_STRAIGHT) for passage in passages)
    yield from nlp.pipe(texts, batch_size=_BATCH, disable=[pipe for pipe in _UNUSED if pipe in nlp.pipe_names])


def _words(doc: "Doc") -> list[_Word]:
    """The words of a passage; those that a hyphen joins into one of the dictionary are one: « grand-mère »."""
    found: list[_Word] = []
    tokens, at = list(doc), 0
    while at < len(tokens):
        taken = _joined(tokens, at)
        if any(char.isalnum() for char in tokens[at].text):
            found.append(_word(tokens[at : at + taken]))
        elif found:
            found[-1].mark = max(found[-1].mark, *(_MARKS.get(char, NO_MARK) for char in tokens[at].text))
        at += taken
    return found


def _joined(tokens: Sequence["Token"], at: int) -> int:
    """How many tokens from there make one word of the dictionary: « grand-mère », « quelqu'un »."""
    longest, form = 1, tokens[at].lower_
    for end in range(at + 1, min(at + 5, len(tokens))):
        if tokens[end - 1].whitespace_ or not (tokens[end].text == "-" or form[-1:] in ("-", "'")):
            break
        form += tokens[end].lower_
        if _known(form):
            longest = end + 1 - at
    return longest


def _known(form: str) -> str | None:
    """The lemma that the dictionary has for a word of several parts."""
    return next((lemma for lemma in (form, form.removesuffix("s")) if lemma in french.dictionary().lemmas), None)


def _word(tokens: Sequence["Token"]) -> _Word:
    """One word of the tokens; the hyphen of « est-ce » is none of its."""
    first, last = tokens[0], tokens[-1]
    written = "".join(token.lower_ for token in tokens)
    form = written.lstrip("-")
    start, end = first.idx + len(written) - len(form), last.idx + len(last)
    if form in _CLOSED:
        return _Word(form, *_CLOSED[form], start, end)
    if "-" in form or len(tokens) > 1:
        kind = "NOUN" if first.pos_ in ("VERB", "ADJ", "PROPN") else first.pos_
        return _Word(form, _known(form) or form, kind, start, end)
    lemma = french.dictionary().mended(form, first.lemma_.lower(), first.pos_)
    return _Word(form, lemma, "AUX" if lemma in _AUXILIARIES else first.pos_, start, end)
