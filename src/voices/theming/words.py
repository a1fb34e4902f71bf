"""The words that set some passages apart from others, from their lemmas alone: for themes that people cut."""

from collections import Counter
from collections.abc import Sequence
from math import log
from pathlib import Path

_MOST = 8
_LEAST = 2
"""What one passage alone says sets nothing apart."""
_SHORTEST = 3
"""Letters: shorter lemmas are particles."""

FUNCTION = frozenset(Path(__file__).with_name("function_words.txt").read_text(encoding="utf-8").split())
"""What has no meaning of its own, since lemmas alone do not tell their part of speech; « luire » is a wrong lemma of
« lui »."""


def setting_apart(inside: Sequence[str], outside: Sequence[str]) -> list[str]:
    """At most eight lemmas, the most telling first. Each passage is its lemmas between spaces.

    The score is the one of themes: passages that say it, times the logarithm of how much more often than expected.
    """
    from voices.themes.stop import STOP

    told, elsewhere = (Counter(lemma for one in some for lemma in set(one.split())) for some in (inside, outside))
    share = len(inside) / max(len(inside) + len(outside), 1)
    scores = {
        lemma: n * log((n + share) / ((n + elsewhere[lemma]) * share + share))
        for lemma, n in told.items()
        if n >= _LEAST and len(lemma) >= _SHORTEST and lemma not in STOP | FUNCTION
    }
    best = sorted((lemma for lemma, score in scores.items() if score > 0), key=lambda one: (-scores[one], one))
    return best[:_MOST]
