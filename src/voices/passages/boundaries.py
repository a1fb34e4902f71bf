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
FEWEST_WORDS = 4
"""Fewer make a fragment (« Oui. », « Bisous. »): it joins a neighbour of its turn unless a boundary is very clear."""
_FRAGMENT_COST = 4.0
WEIGHTS = Path(__file__).with_name("weights.json")

Weights = Mapping[str, float]


@cache
def shipped_weights() -> Weights:
    """The weights that come with voices: by feature name, and the intercept under "" ."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return weights


def cut_turn(text: str, units: Sequence[Unit], weights: Weights) -> list[int]:
    """How many units lie before each boundary chosen, in order: [2, 5] cuts seven units into 2, 3 and 2.

    No passage is longer than MOST_WORDS words or MOST_SENTENCES units.
    """
    scores = [weights.get("", 0.0) + _dot(weights, features) for features in local_features(text, units)]

    @cache
    def length(words: int, sentences: int) -> float:
        return _dot(weights, length_features(words, sentences))

    return _best_path([unit.words for unit in units], scores, length)


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
