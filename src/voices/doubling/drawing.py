"""Drawing a sample: at random, shared between places or codes, or where the machine hesitates most. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from random import Random


class Way(StrEnum):
    """How a sample is drawn."""

    PLACES = "lieux"
    CODES = "codes"
    DOUBT = "doute"


def draw(strata: Mapping[str, Sequence[int]], size: int, seed: int, *, level: bool = False) -> list[int]:
    """That many of these, at random, in a drawn order. Same members, same seed: same sample.

    Each stratum gives its part; with `level`, as many as any other, so that what is rare is measured too.
    """
    chance = Random(seed)  # noqa: S311 - a sample that can be drawn again, not a secret
    sizes = {key: len(members) for key, members in strata.items()}
    shares = levelled(sizes, size) if level else shared(sizes, size)
    drawn = [one for key, members in strata.items() for one in chance.sample(sorted(members), shares[key])]
    chance.shuffle(drawn)
    return drawn


def shared(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many each stratum gives: its exact part rounded down, then one more to those that lost most by rounding."""
    total = sum(sizes.values())
    if not total:
        return dict.fromkeys(sizes, 0)
    size = min(size, total)
    shares = {key: size * number // total for key, number in sizes.items()}
    lost = sorted(sizes, key=lambda key: -(size * sizes[key] % total))
    for key in lost[: size - sum(shares.values())]:
        shares[key] += 1
    return shares


def levelled(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """As many from each stratum; where one has fewer, the others give the rest."""
    shares = dict.fromkeys(sizes, 0)
    left = min(size, sum(sizes.values()))
    while left:
        for key in sizes:
            if left and shares[key] < sizes[key]:
                shares[key] += 1
                left -= 1
    return shares
