"""What may be decided without a person."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voices.coding.acceptance import Bars, choose_bars, decide, never

N = 400


def _sharp(n=N, *, seed=0):
    """Three codes whose probabilities tell the truth but for a middle where they tell nothing."""
    random = np.random.default_rng(seed)
    present = random.choice([0.005, 0.5, 0.995], size=(n, 3), p=[0.6, 0.15, 0.25])
    return present, random.random((n, 3)) < present


def test_a_code_is_put_left_or_given_to_a_person():
    bars = Bars(np.array([0.8, 0.9]), np.array([0.2, 0.1]))
    present = np.array([[0.8, 0.05], [0.1, 0.0], [0.5, 0.95], [0.9, 0.1]])
    assert bars.codes(present).tolist() == [[True, False], [False, False], [False, True], [True, False]]
    assert bars.accepts(present).tolist() == [True, True, False, False]


def test_bars_leave_the_doubtful_middle_to_a_person():
    present, truth = _sharp()
    bars = choose_bars(present, truth, 0.95)
    assert ((bars.put > 0.5) & (bars.put <= 0.995)).all()
    assert ((bars.leave > 0.005) & (bars.leave <= 0.5)).all()


def test_the_level_is_nearly_reached_on_passages_that_chose_no_bar():
    present, truth = _sharp(4000)
    put, accepted = decide(present, truth, np.arange(4000) % 5, 0.95)
    assert 0.5 < accepted.mean() < 0.75
    assert truth[put].mean() > 0.94
    assert (~truth[accepted & ~put.any(axis=1)]).all(axis=1).mean() > 0.94


def test_nothing_is_accepted_of_a_coder_that_knows_nothing():
    present = np.random.default_rng(1).random((N, 3))
    truth = np.random.default_rng(2).random((N, 3)) < 0.3
    put, accepted = decide(present, truth, np.arange(N) % 2, 0.95)
    assert accepted.mean() < 0.05
    assert put.sum() <= accepted.sum() * 3


def test_a_few_passages_prove_nothing():
    present, truth = np.array([[0.9], [0.1]]), np.array([[True], [False]])
    assert not choose_bars(present, truth, 0.95).accepts(present).any()


def test_bars_that_accept_nothing_accept_nothing():
    assert not never(2).accepts(np.array([[0.0, 1.0], [1.0, 0.0]])).any()


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 50), st.sampled_from([0.9, 0.95]))
def test_bars_keep_the_level_where_they_were_chosen(seed, level):
    present, truth = _sharp(seed=seed)
    present = np.clip(present + np.random.default_rng(seed).normal(0, 0.2, present.shape), 0, 1)
    bars = choose_bars(present, truth, level)
    accepted = bars.accepts(present)
    put = bars.codes(present) & accepted[:, None]
    nothing = accepted & ~put.any(axis=1)
    shares = (truth[put], ~truth[accepted[:, None] & ~put], ~truth[nothing].any(axis=1))
    assert all(right.mean() == pytest.approx(1, abs=1 - level) for right in shares if len(right))


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 20))
def test_no_part_has_a_say_in_its_own_bars(seed):
    present, truth = _sharp(seed=seed)
    part = np.arange(N) % 4
    put, accepted = decide(present, truth, part, 0.9)
    lied = np.where((part == 0)[:, None], ~truth, truth)
    put_again, accepted_again = decide(present, lied, part, 0.9)
    assert (put[part == 0] == put_again[part == 0]).all()
    assert (accepted[part == 0] == accepted_again[part == 0]).all()
