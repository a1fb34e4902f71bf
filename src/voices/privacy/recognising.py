"""What a small network tuned to recognise names says of each word (models/e5-small-noms/card.md)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from voices.networks.network import Network
from voices.privacy.words import Words
from voices.settings import shipped_models

NAME, HEAD, STATES = "e5-small-noms", "head.safetensors", "states"
LOWEST = -12.0
"""The log-odds of a word that was not read."""
CERTAIN, SURE, HARDLY = 1.5, 0.0, -4.0
"""Log-odds from which a word is a name where the rules see a place or a thing that has a name, from which it is one
where they see nothing, and under which it is none whatever they see."""
_WINDOW = 80
"""Words read at once: sentences are put together up to that, one that is longer is cut."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The indexes of the words that are names, of those that certainly are, of those that are none."""

    recognised: frozenset[int] = frozenset()
    certain: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()


NOTHING = Judged()


def judged(words: Words, worth: Callable[[int], bool]) -> Judged:
    """What the network says of each word.

    Words that were not read are in neither. Raises ModelError where the network is missing or damaged.
    """
    found = scores(words, worth)
    read = found > LOWEST
    return Judged(_where(found >= SURE), _where(found >= CERTAIN), _where(read & (found < HARDLY)))


def _where(chosen: NDArray[np.bool_]) -> frozenset[int]:
    return frozenset(np.flatnonzero(chosen).tolist())


def scores(words: Words, worth: Callable[[int], bool]) -> NDArray[np.float32]:
    """(n_words,) float32: of each word, the log-odds that it belongs to a person's name.

    Only the windows where a word is `worth` reading are read; LOWEST for the words of the others. A word in several
    tokens has the highest of theirs. Raises ModelError where the network is missing or damaged.
    """
    found = np.full(len(words), LOWEST, np.float32)
    for first, last in windows(words):
        if any(worth(index) for index in range(first, last)):
            found[first:last] = _read(words, first, last)
    return found


def windows(words: Words) -> Iterator[tuple[int, int]]:
    """The stretches of words (first, and the one after the last) that are read together, which tile the text."""
    first, sentence = 0, 0
    for index in range(1, len(words) + 1):
        if index == len(words) or index in words.starts:
            if index - first > _WINDOW and sentence > first:
                yield first, sentence
                first = sentence
            sentence = index
        if index - first >= _WINDOW and sentence == first:
            yield first, index
            first = sentence = index
    if first < len(words):
        yield first, len(words)


def _read(words: Words, first: int, last: int) -> NDArray[np.float32]:
    network, (weights, bias) = _network(), _head()
    start = words[first - 1].end if first else 0
    end = words[last].start if last < len(words) else len(words.text)
    tokens = network.tokens(words.text[start:end])
    (states,) = network.run(tokens, [STATES])
    found = np.full(last - first, LOWEST, np.float32)
    index = first
    for (at, to), score in zip(tokens.offsets, states @ weights + bias, strict=True):
        at, to = at - network.before + start, to - network.before + start
        while index < last and words[index].end <= at:
            index += 1
        for met in range(index, last):
            if words[met].start >= to:
                break
            if at < words[met].end and at >= start and to > at:
                found[met - first] = max(found[met - first], score)
    return found


@cache
def _network() -> Network:
    return Network(shipped_models() / NAME)


@cache
def _head() -> tuple[NDArray[np.float32], float]:
    from safetensors.numpy import load_file

    head = load_file(shipped_models() / NAME / HEAD)
    return head["weights"], float(head["bias"][0])
