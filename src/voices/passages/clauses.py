"""Clauses of a stretch that is too long to be one sentence: speech-to-text without full stops."""

import re

LONG = 60
"""Words beyond which a sentence is no longer taken for one sentence, but cut into clauses."""
LONGEST = 45
"""Words of the longest clause."""
_GOOD = range(10, 26)
"""Lengths, in words, that cost a clause nothing."""

_WORD = re.compile(r"\S+")
_CONNECTOR = re.compile(
    r"(?:et puis|et (?:là|après|alors|donc|du coup|depuis|maintenant)|puis|alors|donc|mais|après|ensuite|du coup"
    r"|parce qu|enfin|bref|sinon|par contre|en fait|bon|ben|euh|un jour|une fois|au début|à la fin|au bout)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:et )?(?:je\b|j['’]|moi\b|nous\b|on\b|ils?\b|elles?\b|y a\b|ça\b|c['’]est|c['’]était)", re.IGNORECASE
)
_LINGERING = re.compile(r"\b(?:euh|voilà|quoi|hein|bon|ouais)\W*\Z", re.IGNORECASE)

_LEANING = re.compile(r"(?:\b(?:et|ou|que|qui|de|des|du|le|la|les|un|une|à)|[«“'’])\Z", re.IGNORECASE)
"""Words that lean on the next one: nobody breathes after them."""


def count_words(text: str) -> int:
    """How many stretches without white space `text` holds."""
    return len(text.split())


def clauses(text: str) -> list[tuple[int, int]]:
    """Spans that tile `text` but for white space, each of at most LONGEST words, cut where a breath is likeliest."""
    words = [match.span() for match in _WORD.finditer(text)]
    ease = [0.0, *(_ease(text, words[i - 1], words[i]) for i in range(1, len(words)))]
    best, back = [0.0], [0]
    for end in range(1, len(words) + 1):
        cost, start = min(
            (best[start] + _length_cost(end - start) - ease[start], start)
            for start in range(max(0, end - LONGEST), end)
        )
        best.append(cost)
        back.append(start)
    spans: list[tuple[int, int]] = []
    end = len(words)
    while end:
        spans.append((words[back[end]][0], words[end - 1][1]))
        end = back[end]
    return spans[::-1]


def _length_cost(words: int) -> float:
    miss = max(_GOOD.start - words, words - _GOOD.stop + 1, 0)
    return 1.0 + (miss / 5) ** 2


def _ease(text: str, before: tuple[int, int], after: tuple[int, int]) -> float:
    """How natural a cut is between two neighbouring words."""
    last = text[before[1] - 1]
    ease = 2.0 * ("\n" in text[before[1] : after[0]]) + 2.0 * (last in ".!?…;") + 1.0 * (last in ",:–—")
    ease += 1.0 * bool(_LINGERING.search(text, max(0, before[0] - 1), before[1]))
    ease -= 2.0 * bool(_LEANING.search(text, before[0], before[1]))
    if _CONNECTOR.match(text, after[0]):
        return ease + 1.5
    return ease + 0.7 * bool(_SUBJECT.match(text, after[0]))
