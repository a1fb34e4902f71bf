"""A concordance: every place where a word is said, in the middle of what is said around it (KWIC).

What is looked for is one word or several that follow each other, as they are written or by their lemmas. « * » stands
for any letters (accueil*) or, alone, for any word (on * attend); « ? » for one letter. Capitals do not count, accents
do: « marche » is not « marché ». Texts are verbatim, and offsets those of the testimony.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from voices.domain import Passage, Testimony
from voices.errors import SettingsError
from voices.lexicon import collation
from voices.lexicon.table import Cell
from voices.lexicon.words import NO_MARK, Words

WIDTH = 70
"""Characters of context on each side, at most; words are kept whole."""
LONGEST = 200
"""Characters of a query."""
_ONE_WORD = r"[^\W_]+(?:[-'’][^\W_]+)*"
_LETTERS = r"[^\W_]"
_WRITTEN = {"'": "['’]", "’": "['’]", "œ": "(?:œ|oe)", "*": f"{_LETTERS}*", "?": _LETTERS}
_SPACE = r"\s+"
_ELIDED = ("'", "’")
"""What ends a word that the next one follows without a space: « l' », « qu' »."""
_REPLACED = re.compile(r"(?<!\S)\[[^\[\]]+\](?=[\s,;:.!]|$)")
"""« [adresse] », looked for as it is written: what stands for a name or an address."""


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One place: `testimony.text[start:end] == found`, between `left` and `right`, of the same speaker's turn."""

    passage_id: str
    testimony_id: str
    start: int
    end: int
    left: str
    found: str
    right: str
    place: str | None = None
    date: str | None = None

    def __repr__(self) -> str:
        return f"Line({self.passage_id}, {self.start}-{self.end})"


@dataclass(frozen=True, slots=True, repr=False)
class Concordance:
    """The places where `query` is said."""

    query: str
    lines: tuple[Line, ...]

    columns: ClassVar = ("gauche", "mot", "droite", "lieu", "date", "temoignage", "passage", "debut", "fin")

    def __repr__(self) -> str:
        return f"Concordance({len(self.lines)} lignes)"

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """A row a place, in the order of the lines."""
        for line in self.lines:
            yield (
                *(line.left, line.found, line.right, line.place, line.date),
                *(line.testimony_id, line.passage_id, line.start, line.end),
            )


def of_forms(
    passages: Sequence[Passage],
    testimonies: Sequence[Testimony],
    query: str,
    *,
    sort: str = "ordre",
    width: int = WIDTH,
) -> Concordance:
    """Where the query is written in the passages, sorted as one of SORTS.

    Raises SettingsError for a query without words, or a sort that is none.
    """
    check(query, sort)
    ends = "" if _asked(query).endswith(_ELIDED) else rf"(?!{_LETTERS})"
    wanted = re.compile(rf"(?<!{_LETTERS}){_pattern(query)}{ends}", re.IGNORECASE)
    pieces, whose = _pieces(query), {one.id: one for one in testimonies}
    likely = (passage for passage in passages if all(piece in _plain(passage.text) for piece in pieces))
    hits = ((passage, *match.span()) for passage in likely for match in wanted.finditer(passage.text))
    return _sorted(query, [_line(hit, whose, width) for hit in hits], sort)


def of_lemmas(
    words: Words, testimonies: Sequence[Testimony], query: str, *, sort: str = "ordre", width: int = WIDTH
) -> Concordance:
    """Where words of those lemmas follow each other, with no punctuation between them. Raises as `of_forms`."""
    check(query, sort, lemmas=True)
    asked = [re.compile(_glob(word.lower()), re.IGNORECASE) for word in _asked(query).split()]
    known = [np.array([bool(one.fullmatch(lemma)) for lemma in words.lemmas], dtype=bool) for one in asked]
    passage, places = words.passage, max(len(words) - len(asked) + 1, 0)
    hit = np.ones(places, dtype=bool)
    for offset, lemmas in enumerate(known):
        hit &= lemmas[words.lemma[offset : offset + places]]
        hit &= passage[:places] == passage[offset : offset + places]
        if offset:
            hit &= words.mark[offset - 1 : offset - 1 + places] == NO_MARK
    whose = {one.id: one for one in testimonies}
    last = len(asked) - 1
    hits = (
        (words.passages[passage[at]], int(words.start[at]), int(words.end[at + last])) for at in np.flatnonzero(hit)
    )
    return _sorted(query, [_line(one, whose, width) for one in hits], sort)


def check(query: str, sort: str, *, lemmas: bool = False) -> None:
    """Nothing. Raises SettingsError for a query without words or that brackets make none, or a sort that is none."""
    if sort not in SORTS:
        raise SettingsError(f"On ne trie pas par « {sort} ».", f"Choisir parmi : {', '.join(SORTS)}.")
    if not any(char.isalnum() for char in query):
        raise SettingsError("Il n’y a aucun mot à chercher.", "Donner un mot, plusieurs qui se suivent, ou accueil*.")
    if len(query) > LONGEST:
        raise SettingsError(f"Ce que l’on cherche dépasse {LONGEST} caractères.", "En chercher une partie.")
    if lemmas and set(query) & set("[]"):
        raise SettingsError(
            "Ce qui est entre crochets remplace un nom ou une adresse : ce n’est pas un mot, il n’a pas de lemme.",
            "Chercher les crochets sans demander les lemmes, par exemple « [adresse] ».",
        )
    if set(_REPLACED.sub(" ", query)) & set("[]"):
        raise SettingsError(
            "Les crochets ne choisissent pas entre des lettres : ils trouvent ce qui remplace un nom ou une adresse.",
            "Chercher « [adresse] », ou un mot avec « ? » pour une lettre et « * » pour plusieurs.",
        )


def _asked(query: str) -> str:
    return query.strip()


def _pieces(query: str) -> list[str]:
    """What a text must hold, in small letters, to be worth reading through with the pattern, which is slower."""
    return [piece for piece in re.split(r"[*?\s]|œ|oe|Œ|OE", _plain(_asked(query))) if piece]


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _pattern(query: str) -> str:
    words = _asked(query).split()
    spaces = ("" if word.endswith(_ELIDED) else _SPACE for word in words[:-1])
    told = (_ONE_WORD if word == "*" else _glob(word) for word in words)
    return "".join(part for pair in zip(told, (*spaces, ""), strict=True) for part in pair)


def _glob(word: str) -> str:
    word = re.sub(r"\*+", "*", word.replace("oe", "œ").replace("OE", "œ").replace("Œ", "œ"))
    return "".join(_WRITTEN.get(char, re.escape(char)) for char in word)


def _line(hit: tuple[Passage, int, int], testimonies: Mapping[str, Testimony], width: int) -> Line:
    passage, start, end = hit
    testimony = testimonies[passage.testimony_id]
    turn = testimony.turns[passage.turn]
    start, end = passage.start + start, passage.start + end
    left = testimony.text[max(turn.start, start - width) : start]
    right = testimony.text[end : min(turn.end, end + width)]
    if start - width > turn.start and testimony.text[start - width - 1].isalnum():
        left = re.sub(r"^\w+", "", left)
    if end + width < turn.end and testimony.text[end + width].isalnum():
        right = re.sub(r"\w+\Z", "", right)
    found, origin = testimony.text[start:end], testimony.origin
    return Line(passage.id, testimony.id, start, end, left, found, right, origin.place, origin.date)


def _outward(line: Line) -> collation.Key:
    return collation.key(*reversed(collation.words(line.left)))


SORTS: Mapping[str, Sequence[str]] = {
    "ordre": (),
    "gauche": ("gauche", "mot", "droite"),
    "droite": ("droite", "mot", "gauche"),
    "mot": ("mot", "droite", "gauche"),
    "lieu": ("lieu", "date"),
    "date": ("date", "lieu"),
}
"""What lines can be sorted by, and what comes next where they are equal; then, their order in the corpus."""
_KEYS = {
    "gauche": _outward,
    "droite": lambda line: collation.of(line.right),
    "mot": lambda line: collation.of(line.found),
    "lieu": lambda line: (line.place is None, collation.of(line.place or "")),
    "date": lambda line: (line.date is None, line.date or ""),
}


def _sorted(query: str, lines: list[Line], sort: str) -> Concordance:
    for one in reversed(SORTS[sort]):
        lines.sort(key=_KEYS[one])
    return Concordance(query, tuple(lines))
