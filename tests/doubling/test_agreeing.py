"""Agreement: alpha as the library measures it, its interval, and what is left without."""

import random

import pytest

from voices.coding.agreement import alpha
from voices.domain import Sense
from voices.doubling import Unit, figures
from voices.doubling.agreeing import FEW, _interval

P, L, M = Sense.PRESENCE, Sense.LACK, Sense.MIXED


def unit(testimony: int, *codings: dict[str, Sense], trust: tuple[bool, ...] = ()) -> Unit:
    return Unit(testimony, tuple((one, trust[at] if trust else False) for at, one in enumerate(codings)))


def test_alpha_is_that_of_krippendorff_s_own_example():
    """Computing Krippendorff’s Alpha-Reliability, 2011, section A: two observers, ten units, two values: 0.095."""
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    units = [
        unit(at, *({"accueil": P} if put else {} for put in pair))
        for at, pair in enumerate(zip(meg, owen, strict=True))
    ]
    [there, sense, trust] = figures(units, ["accueil"], seed=1)
    assert there.alpha == pytest.approx(0.095, abs=0.0005)
    assert there.alpha == alpha(zip(meg, owen, strict=True))
    assert (there.passages, there.same, there.put) == (10, 6, 5)
    assert (sense.sense, sense.passages, sense.alpha) == (True, 1, None)
    assert (trust.code, trust.same, trust.alpha) == ("confiance", 10, None)


def test_the_sense_is_compared_where_two_people_put_the_code():
    units = [unit(1, {"action": P}, {"action": P}), unit(2, {"action": P}, {}), unit(3, {"action": L}, {"action": M})]
    _, sense, _ = figures(units, ["action"], seed=1)
    assert (sense.passages, sense.same) == (2, 1)
    assert sense.alpha == alpha([[P, P], [L, M]])


def test_three_coders_and_a_coding_that_is_missing_count_as_the_library_counts_them():
    given = [[P, P, P], [P, L, P], [L, L], [P, L], [M, M, L], [P, P], [L, L, L]]
    units = [unit(at, *({"action": sense} for sense in one)) for at, one in enumerate(given)]
    assert figures(units, ["action"], seed=1)[1].alpha == alpha(given)


def test_the_interval_holds_alpha_is_the_same_each_time_and_narrows_with_more_testimonies():
    def drawn(number: int) -> list[Unit]:
        chance = random.Random(3)
        said = [(chance.random() < 0.4, chance.random() < 0.85) for _ in range(number)]
        return [
            unit(at, *({"accueil": P} if put == one else {} for one in (True, same)))
            for at, (put, same) in enumerate(said)
        ]

    few, many = (figures(drawn(number), ["accueil"], seed=5)[0] for number in (30, 600))
    for one in (few, many):
        assert one.low is not None
        assert one.high is not None
        assert one.alpha is not None
        assert one.low <= one.alpha <= one.high
    assert few == figures(drawn(30), ["accueil"], seed=5)[0]
    assert (many.high or 0) - (many.low or 0) < ((few.high or 0) - (few.low or 0)) / 2


def test_the_interval_is_that_of_drawing_testimonies_anew_one_by_one():
    chance = random.Random(8)
    values = [(at // 2, (chance.random() < 0.5, chance.random() < 0.5)) for at in range(40)]
    values = [(one, (a, a if at % 3 else b)) for at, (one, (a, b)) in enumerate(values)]
    again = []
    for _ in range(1500):
        picked = [chance.randrange(20) for _ in range(20)]
        measured = alpha(given for one in picked for testimony, given in values if testimony == one)
        if measured is not None:
            again.append(measured)
    again.sort()
    low, high = _interval(values, 1)
    assert low == pytest.approx(again[len(again) // 40], abs=0.06)
    assert high == pytest.approx(again[-len(again) // 40], abs=0.06)


def test_too_few_testimonies_have_no_interval():
    units = [
        unit(at % (FEW - 1), {"accueil": P} if at % 3 else {}, {"accueil": P} if at % 2 else {}) for at in range(40)
    ]
    there = figures(units, ["accueil"], seed=1)[0]
    assert there.alpha is not None
    assert (there.low, there.high) == (None, None)


@pytest.mark.parametrize(("testimonies", "low"), [(6, 0.08), (12, 0.5), (60, 0.9), (300, 0.98)])
def test_to_agree_everywhere_is_not_to_be_sure_when_little_was_coded(testimonies: int, low: float):
    units = [unit(at, *([{"accueil": P} if at % 2 else {}] * 2)) for at in range(testimonies)]
    there = figures(units, ["accueil"], seed=1)[0]
    assert (there.alpha, there.high) == (1.0, 1.0)
    assert there.low == pytest.approx(low, abs=0.05)
