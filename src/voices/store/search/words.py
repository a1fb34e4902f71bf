"""Words as they are searched: in lower case, without accents, « œ » opened. And what a person asks for, in them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from voices.letters import without_accents

LONGEST = 500
"""Characters of a query that are read; what comes after is left out."""
MOST = 40
"""Terms of a query that are looked for."""

_WORD = re.compile(r"[^\W_]+")
_OPENED = str.maketrans({"œ": "oe", "æ": "ae"})
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|\"([^\"]*)\"")

Phrase = tuple[str, ...]
"""Words that follow one another."""
Needles = tuple[tuple[Phrase, ...], ...]
"""What is looked for: of each of these, one phrase at least."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Term:
    """Words asked for together, as written but for their case: between quotation marks, or with no space between them
    (« peut-être »).
    """

    words: Phrase
    quoted: bool = False


def fold(word: str) -> str:
    """The word in lower case, without accents, ligatures opened: « Cœur » is « coeur »."""
    return without_accents(word.lower().translate(_OPENED))


def spans(text: str) -> list[Span]:
    """Where each word of the text stands."""
    return [match.span() for match in _WORD.finditer(text)]


def words(text: str) -> Phrase:
    """The words of the text, folded."""
    return tuple(fold(match[0]) for match in _WORD.finditer(text))


def terms(query: str) -> tuple[Term, ...]:
    """What is asked for; nothing where the query holds no word. A quotation mark left open is no mark."""
    query, found, at = query[:LONGEST].lower(), [], 0
    for match in _QUOTED.finditer(query):
        found += [Term(_written(chunk)) for chunk in query[at : match.start()].split()]
        found.append(Term(_written(match[0]), quoted=True))
        at = match.end()
    found += [Term(_written(chunk)) for chunk in query[at:].split()]
    return tuple(term for term in dict.fromkeys(found) if term.words)[:MOST]


def exact(query: str) -> Needles:
    """Every term of the query, as it is written."""
    return tuple((tuple(fold(word) for word in term.words),) for term in terms(query))


def hits(tokens: Sequence[str], needles: Needles) -> set[int]:
    """Which of the tokens belong to a phrase that is looked for."""
    first: dict[str, list[Phrase]] = {}
    for phrase in (phrase for needle in needles for phrase in needle):
        first.setdefault(phrase[0], []).append(phrase)
    return {
        at + offset
        for at, token in enumerate(tokens)
        for phrase in first.get(token, ())
        if tuple(tokens[at : at + len(phrase)]) == phrase
        for offset in range(len(phrase))
    }


def _written(chunk: str) -> Phrase:
    return tuple(match[0] for match in _WORD.finditer(unicodedata.normalize("NFC", chunk)))
