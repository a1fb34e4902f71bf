"""Printed lines back into paragraphs: what a page's geometry says of where the writer went to a new line."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from voices.ingest.characters import words

_EDGE = 2  # running heads are among the two first or two last lines of a page
_TOP, _BOTTOM = 0.12, 0.85  # and in these parts of its height
_PAGE_NUMBER = re.compile(r"\W*(?:page|p\.?)?\s*\d{1,4}\s*(?:(?:/|sur|of|de|-)\s*\d{1,4})?\W*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:[A-ZÀ-ÝŒ][\w.’'-]{0,20}(?:[ \u00a0][A-ZÀ-ÝŒ\d][\w.’'-]{0,20}){0,3}|[LQRE]\d{0,2})\s?(?::\s|\.\s?[-–—]\s)"
    r"|\[[^\]\d][^\]]{0,30}\]|[-–—•▪●◦*]\s|\d{1,2}[.)]\s|\d{1,2}:\d{2}"
)
_ENDS_SENTENCE = re.compile(r"[.!?…:;»\"”)]\s*$")
_HYPHENS = "-\u2010\u00ad"
# What follows, or comes before, a hyphen that belongs to the word: « rendez-vous », « dit-elle », « celui-ci ».
_AFTER = words(
    """il elle on ils elles je tu nous vous moi toi lui leur le la les ce ci là t y en même mêmes être vous-même midi
    chose choses uns unes vingt deux trois quatre cinq six sept huit neuf dix end mère père fils fille"""
)
_BEFORE = words(
    """rendez peut grand grande grands grandes petit petite petits petites demi mi non après avant sous au par vis
    quelques celui celle ceux celles là ex auto micro mini porte beau belle arrière tiers bien mal dix vingt trente
    quarante cinquante soixante quatre socio semi co pique avant-hier"""
)


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A printed line: its words, its edges in points, and how far down the page it stands (0 top, 1 bottom)."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    depth: float


def without_margins(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without running heads, running feet and page numbers, and how many lines were dropped."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    often = max(2, round(0.6 * sum(bool(page) for page in pages)))
    kept = []
    for page in pages:
        edges = _edges(page)
        margins = [line for line in edges if _is_number(line) or seen[_key(line)] >= often]
        kept.append([line for line in page if line not in margins])
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The text of each paragraph, in order; one may run over from a page to the next."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    left, right = _left(lines), sorted(line.x1 for line in lines)[int(0.97 * len(lines))]
    leading = _leading(pages)
    vocabulary = frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", "\n".join(line.text for line in lines).lower()))
    texts = [lines[0].text.strip()]
    for before, line in pairwise(lines):
        if _opens(line, before, left=left, right=right, leading=leading):
            texts.append(line.text.strip())
        else:
            texts[-1] = _joined(texts[-1], line.text.strip(), vocabulary)
    return texts


def _edges(page: Sequence[Line]) -> list[Line]:
    top = [line for line in page[:_EDGE] if line.depth < _TOP]
    return top + [line for line in page[-_EDGE:] if line.depth > _BOTTOM and line not in top]


def _key(line: Line) -> tuple[str, int]:
    """Same words but for the figures, at the same height: a running head. A short reply that comes back is not."""
    return re.sub(r"\d+", "#", line.text.strip()), round(line.depth * 100)


def _is_number(line: Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text.strip()))


def _left(lines: Sequence[Line]) -> float:
    """Where most lines begin."""
    return float(Counter(round(line.x0) for line in lines).most_common(1)[0][0])


def _leading(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance from a line to the next, in points; infinite where there is none to measure."""
    gaps = [b.top - a.top for page in pages for a, b in pairwise(page) if b.top > a.top]
    return median(gaps) if gaps else float("inf")


def _opens(line: Line, before: Line, *, left: float, right: float, leading: float) -> bool:
    """Whether the line opens a paragraph."""
    gap = line.top - before.top
    if gap > 1.35 * leading or _LABEL.match(line.text):
        return True
    if line.x0 > left + 8 and before.x0 < left + 4 and line.x0 < left + 60:
        return True
    width = (line.x1 - line.x0) / max(1, len(line.text))
    first_word = len(line.text.split()[0]) + 1
    room = right - before.x1 - first_word * width
    # The first word would have fitted on the line before: the writer chose to go to a new line.
    return room > 2 * width and (room > 8 * width or bool(_ENDS_SENTENCE.search(before.text)))


def _joined(text: str, after: str, vocabulary: frozenset[str]) -> str:
    """Two lines of one paragraph as one; a word cut by a hyphen is mended, a compound keeps its hyphen."""
    match = re.search(rf"([^\W\d_]+)[{_HYPHENS}]$", text)
    following = re.match(r"[^\W\d_]+", after)
    if match is None or following is None or not following[0][0].islower():
        return f"{text}{after}" if match else f"{text} {after}"
    first, second = match[1].lower(), following[0].lower()
    compound = text[-1] == "-" and (
        f"{first}-{second}" in vocabulary
        or (first + second not in vocabulary and (second in _AFTER or first in _BEFORE))
    )
    return f"{text if compound else text[:-1]}{after}"
