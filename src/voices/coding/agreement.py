"""How far two people who coded the same passages agree. Standard library only."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from voices.coding.labelled import Labelled
from voices.coding.layout import Layout


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two coders said of one label: how many passages either put it on, and Krippendorff's alpha.

    `alpha` is None where neither of them ever put it, or both always did: there is nothing to measure.
    """

    label: str
    either: int
    both: int
    alpha: float | None


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for nominal values; 1 is perfect, 0 is chance, None where only one value was ever given.

    Each unit is what its coders said of it; units with fewer than two values are left out.
    Source: K. Krippendorff, *Content Analysis*, 3rd ed., 2013, ch. 12 (coincidence matrix).
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for values in units:
        for place, one in enumerate(values):
            for other in (*values[:place], *values[place + 1 :]):
                coincidences[one, other] += 1 / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (one, _), weight in coincidences.items():
        totals[one] += weight
    number = sum(totals.values())
    expected = sum(totals[one] * totals[other] for one in totals for other in totals if one != other)
    if not expected:
        return None
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (number - 1) * observed / expected


def agreements(pairs: Sequence[tuple[Labelled, Labelled]], layout: Layout) -> tuple[Agreement, ...]:
    """For each code its presence, its sense where both put it; then trust; then sub-codes where both put the code."""
    return tuple(_agreements(pairs, layout))


def _agreements(pairs: Sequence[tuple[Labelled, Labelled]], layout: Layout) -> Iterator[Agreement]:
    for code in layout.codes:
        yield _flags(code, [(code in one.codes, code in other.codes) for one, other in pairs])
    for code in layout.codes:
        senses = [
            (one.codes[code], other.codes[code]) for one, other in pairs if code in one.codes and code in other.codes
        ]
        same = sum(one == other for one, other in senses)
        yield Agreement(f"sens de {code}", len(senses), same, alpha(senses))
    yield _flags("confiance", [(one.trust, other.trust) for one, other in pairs])
    for sub, parent in layout.subcodes:
        coded = [pair for pair in pairs if all(parent in one.codes for one in pair)]
        yield _flags(sub, [(sub in one.subcodes, sub in other.subcodes) for one, other in coded])


def _flags(label: str, said: Sequence[tuple[bool, bool]]) -> Agreement:
    return Agreement(label, sum(map(any, said)), sum(map(all, said)), alpha(said))
