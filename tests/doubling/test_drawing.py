"""Samples: their size, what each stratum gives, and that they can be drawn again."""

from hypothesis import given
from hypothesis import strategies as st

from voices.doubling.drawing import draw, levelled, shared

sizes = st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=6)


@given(sizes, st.integers(0, 120))
def test_each_stratum_gives_its_part_within_one(of: dict[str, int], size: int):
    shares, total = shared(of, size), sum(of.values())
    assert sum(shares.values()) == min(size, total)
    for key, number in of.items():
        exact = min(size, total) * number / total if total else 0
        assert abs(shares[key] - exact) < 1
        assert 0 <= shares[key] <= number


@given(sizes, st.integers(0, 120))
def test_levelled_strata_give_as_many_or_all_they_have(of: dict[str, int], size: int):
    shares = levelled(of, size)
    assert sum(shares.values()) == min(size, sum(of.values()))
    most = max(shares.values(), default=0)
    assert all(share >= most - 1 or share == of[key] for key, share in shares.items())


@given(st.dictionaries(st.text(max_size=2), st.sets(st.integers(0, 500), max_size=20), max_size=4), st.integers(0, 50))
def test_the_same_seed_draws_the_same_sample_whatever_the_order_of_what_is_drawn_from(
    of: dict[str, set[int]], size: int
):
    apart = {key: {one * 10 + rank for one in members} for rank, (key, members) in enumerate(of.items())}
    drawn = draw({key: sorted(members) for key, members in apart.items()}, size, 7)
    assert drawn == draw({key: sorted(members, reverse=True) for key, members in apart.items()}, size, 7)
    assert len(set(drawn)) == len(drawn) == min(size, sum(map(len, apart.values())))


def test_another_seed_draws_another_sample():
    members = {"": list(range(200))}
    assert draw(members, 20, 1) != draw(members, 20, 2)
