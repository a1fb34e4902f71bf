"""Where a witness goes on to something else: a small model of boundaries, and the best way through a turn.

A passage that started at unit s ends after unit i with probability sigmoid(w·x(i) + w·l(s, i)): a discrete hazard,
with `x` what the words around the boundary say and `l` how long the passage has grown. The most probable cutting of
a turn is found exactly by dynamic programming. `python -m benchmarks.passages --write` learns the weights.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import exp, inf, log1p
from pathlib import Path

from voices.passages.features import Features, length_features, local_features
from voices.passages.sentences import Unit

MOST_WORDS = 90
MOST_SENTENCES = 5
FEWEST_WORDS = 6
"""Fewer make a fragment (« Oui. », « Bisous. »): it joins a neighbour of its turn unless a boundary is very clear."""
_FRAGMENT_COST = 4.0
_HEDGE = 0.3
"""How much a place gains from likely neighbours: a boundary one sentence off is worth more than none."""
_USUAL = -1.5
"""The score of an ordinary place between two sentences, from which neighbours are measured."""
WEIGHTS = Path(__file__).with_name("weights.json")

Weights = Mapping[str, float]

_BREAKS: Weights = {"ending paragraph": 2.0, "ending line": 0.7}
"""Set by hand: whoever starts a paragraph says that they change subject, and the learning texts hold none."""


@cache
def shipped_weights() -> Weights:
    """The weights that come with voices: by feature name, and the intercept under ""."""
    learned: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {**learned, **_BREAKS}


def cut_turn(text: str, units: Sequence[Unit], weights: Weights) -> list[int]:
    """How many units lie before each boundary chosen, in order: [2, 5] cuts seven units into 2, 3 and 2.

    No passage is longer than MOST_WORDS words or MOST_SENTENCES units.
    """
    scores = [weights.get("", 0.0) + _dot(weights, features) for features in local_features(text, units)]

    @cache
    def length(words: int, sentences: int) -> float:
        return _dot(weights, length_features(words, sentences))

    return _best_path([unit.words for unit in units], _hedged(scores), length)


def _hedged(scores: Sequence[float]) -> list[float]:
    """Each score, and a share of what its neighbours have beyond the usual."""
    gains = [0.0, *(score - _USUAL for score in scores), 0.0]
    return [score + _HEDGE * (gains[i] + gains[i + 2]) for i, score in enumerate(scores)]


def _best_path(words: Sequence[int], scores: Sequence[float], length: Callable[[int, int], float]) -> list[int]:
    """The most probable boundaries (Viterbi over segments), by number of units before each."""
    count = len(words)
    best, back = [0.0] + [-inf] * count, [0] * (count + 1)
    for start in range(count):
        so_far, grown = best[start], 0
        for end in range(start + 1, min(count, start + MOST_SENTENCES) + 1):
            grown += words[end - 1]
            if grown > MOST_WORDS and end > start + 1:
                break
            odds = inf if end == count else scores[end - 1] + length(grown, end - start)
            gain = so_far - _softplus(-odds) - _FRAGMENT_COST * (grown < FEWEST_WORDS and end - start < count)
            if gain > best[end]:
                best[end], back[end] = gain, start
            so_far -= _softplus(odds)
    return _walk_back(back)


def _walk_back(back: Sequence[int]) -> list[int]:
    cuts: list[int] = []
    end = back[-1]
    while end:
        cuts.append(end)
        end = back[end]
    return cuts[::-1]


def _softplus(x: float) -> float:
    return max(x, 0.0) + log1p(exp(-abs(x)))


def _dot(weights: Weights, features: Features) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())
