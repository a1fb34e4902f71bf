"""Batches, hidden tokens, the descent and the mean of gradients."""

import json
import os
import random
import socket
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from stepping import BATCH, PADDING, POOL, UNKNOWN, average, batches, cut, descend, hide

BUILD = Path(__file__).parents[2] / "models" / "build"
LENGTHS = st.lists(st.integers(2, 40), min_size=1, max_size=120)
LENGTHS_OF_TWO_POOLS = [2 + (7 * row) % 31 for row in range(BATCH * POOL + 50)]


def texts(lengths: list[int]) -> list[list[int]]:
    """Token ids, different in each row: a mark, pieces, a mark."""
    return [[0, *(10 + (row + place) % 1000 for place in range(length - 2)), 2] for row, length in enumerate(lengths)]


def drawn(lengths: list[int], seed: int) -> list[list[int]]:
    random.seed(seed)
    return cut(lengths, shuffle=True)


@settings(deadline=None)
@given(lengths=LENGTHS, shuffle=st.booleans())
def test_every_row_is_in_one_batch(lengths, shuffle):
    found = cut(lengths, shuffle=shuffle)
    assert sorted(row for rows in found for row in rows) == list(range(len(lengths)))
    assert len(found) == -(-len(lengths) // BATCH), "the steps that the rate counts on"
    assert max(map(len, found)) <= BATCH


@settings(deadline=None)
@given(lengths=LENGTHS, shuffle=st.booleans())
def test_a_batch_is_padded_on_the_right_to_its_longest_row(lengths, shuffle):
    tokens = texts(lengths)
    for rows, ids, there in batches(tokens, shuffle=shuffle):
        longest = max(lengths[row] for row in rows)
        lacking = [longest - lengths[row] for row in rows]
        assert ids.tolist() == [tokens[row] + [PADDING] * lack for row, lack in zip(rows, lacking, strict=True)]
        assert there.tolist() == [[1] * lengths[row] + [0] * lack for row, lack in zip(rows, lacking, strict=True)]


@settings(deadline=None)
@given(lengths=LENGTHS)
def test_rows_of_a_batch_are_of_alike_lengths(lengths):
    found = sorted(sorted(lengths[row] for row in rows) for rows in drawn(lengths, 3))
    assert [length for some in found for length in some] == sorted(lengths)


def test_batches_of_alike_lengths_are_cut_from_rows_drawn_together():
    found = drawn(LENGTHS_OF_TWO_POOLS, 3)
    assert sorted(row for rows in found for row in rows) == list(range(len(LENGTHS_OF_TWO_POOLS)))
    spread = [
        max(LENGTHS_OF_TWO_POOLS[row] for row in rows) - min(LENGTHS_OF_TWO_POOLS[row] for row in rows)
        for rows in found
    ]
    assert sum(spread) / len(spread) < 3


def test_long_and_short_batches_come_mixed():
    longest = [
        max(LENGTHS_OF_TWO_POOLS[row] for row in rows) for rows in drawn(LENGTHS_OF_TWO_POOLS[: BATCH * POOL], 3)
    ]
    falls = sum(after < before for before, after in pairwise(longest))
    assert 8 <= falls <= 23, "of 31: neither from the shortest to the longest, nor back"


def test_without_shuffling_the_shortest_come_first():
    assert cut([5, 3, 4, 3], shuffle=False) == [[1, 3, 2, 0]]


def test_the_order_is_that_of_the_seed_and_changes_at_each_epoch():
    once, twice = drawn(LENGTHS_OF_TWO_POOLS, 3), cut(LENGTHS_OF_TWO_POOLS, shuffle=True)
    assert drawn(LENGTHS_OF_TWO_POOLS, 3) == once, "every process draws the same"
    assert drawn(LENGTHS_OF_TWO_POOLS, 4) != once
    assert twice != once


@settings(deadline=None)
@given(lengths=LENGTHS, share=st.floats(0, 1))
def test_marks_and_padding_are_never_hidden(lengths, share):
    _, ids, there = next(batches(texts(lengths), shuffle=False))
    before = ids.clone()
    found = hide(ids, there, share)
    assert torch.equal(ids, before), "what was given stays"
    marks = (there == 0) | (ids <= UNKNOWN)
    assert torch.equal(found[marks], ids[marks])
    assert ((found == ids) | (found == UNKNOWN)).all()


@pytest.mark.parametrize(
    ("share", "least", "most"), [(0.0, 0.0, 0.0), (0.1, 0.09, 0.11), (0.5, 0.48, 0.52), (1.0, 1.0, 1.0)]
)
def test_that_share_of_the_pieces_is_hidden(share, least, most):
    ids = torch.full((200, 100), 50)
    hidden = (hide(ids, torch.ones_like(ids), share) == UNKNOWN).float().mean().item()
    assert least <= hidden <= most


class Slope:
    """y = 2x, to be found from rows whose second token is x."""

    def __init__(self, rows: int) -> None:
        self.weight = torch.nn.Parameter(torch.zeros(1))
        self.tokens = [[0, 10 + row % 7, 2] for row in range(rows)]
        self.read: list[int] = []

    @property
    def groups(self) -> list[dict[str, object]]:
        return [{"params": [self.weight], "lr": 0.1}]

    def loss(self, rows: list[int], ids: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        assert ids.tolist() == [self.tokens[row] for row in rows]
        assert there.all()
        self.read += rows
        return ((self.weight * ids[:, 1] - 2.0 * ids[:, 1]) ** 2).mean()


def test_the_descent_reads_every_row_once_an_epoch_and_finds_the_slope():
    slope, done = Slope(40), list[tuple[int, int]]()

    def after(epoch: int) -> None:
        done.append((epoch, len(slope.read)))

    descend(slope.groups, slope.tokens, slope.loss, rate=lambda step, steps: 1.0, epochs=30, after=after)
    assert done == [(epoch, 40 * epoch) for epoch in range(1, 31)]
    assert all(sorted(slope.read[at : at + 40]) == list(range(40)) for at in range(0, 1200, 40))
    assert slope.weight.item() == pytest.approx(2.0, abs=0.2)


def test_the_rate_is_asked_for_each_step_of_all_the_epochs():
    slope, asked = Slope(40), list[tuple[int, int]]()

    def none(step: int, steps: int) -> float:
        asked.append((step, steps))
        return 0.0

    descend(slope.groups, slope.tokens, slope.loss, rate=none, epochs=2)
    assert asked == [(step, 6) for step in range(7)], "three batches an epoch, and what would come after"
    assert slope.weight.item() == 0.0


@pytest.mark.parametrize(("clip", "length"), [(None, 40.0), (1.0, 1.0), (100.0, 40.0)])
def test_a_gradient_is_cut_where_it_is_asked(clip, length):
    weight = torch.nn.Parameter(torch.zeros(1))
    groups = [{"params": [weight], "lr": 0.0}]
    descend(groups, [[0, 2]], lambda rows, ids, there: 40.0 * weight.sum(), rate=lambda *_: 1.0, clip=clip)
    assert weight.grad.norm().item() == pytest.approx(length, rel=1e-4)


def test_it_says_every_hundred_steps_where_it_stands(capsys):
    slope = Slope(100 * BATCH + 1)
    descend(slope.groups, slope.tokens, lambda *_: 0 * slope.weight.sum() + 3.5, rate=lambda *_: 1.0, epochs=2)
    told = [line.split(" loss ") for line in capsys.readouterr().out.splitlines()]
    assert [step for step, _ in told] == ["100/202", "200/202"]
    assert all(loss.startswith("3.500 ") for _, loss in told)


def test_a_process_alone_keeps_its_gradients():
    gradients = [torch.tensor([1.0, 2.0]), torch.tensor([[3.0]])]
    average(gradients)
    assert [one.tolist() for one in gradients] == [[1.0, 2.0], [[3.0]]]


PROGRAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
import torch
from stepping import RANK, average, begin, descend
begin(seed=3, threads=1)
gradients = [torch.tensor([1.0, 2.0]) * (1 + RANK), torch.full((2, 1), 5.0 * RANK)]
average(gradients)
line, read = torch.nn.Linear(2, 1), []
def loss(rows, ids, there):
    read.append(rows)
    seen = ids[:, 1:].float() / 100
    return (line(seen)[:, 0] - seen.sum(1)).square().mean()
tokens = [[0, 10 + row, 100 - row] for row in range(33)]
descend([{"params": list(line.parameters()), "lr": 0.05}], tokens, loss, rate=lambda *_: 1.0, epochs=2, clip=1.0)
weights = torch.cat([one.detach().reshape(-1) for one in line.parameters()]).tolist()
print(json.dumps({"gradients": [one.tolist() for one in gradients], "read": read, "weights": weights}))
"""


def told_by(count: int) -> list[dict[str, list[Any]]]:
    """What each of so many processes says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        meeting = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(free.getsockname()[1]), "WORLD_SIZE": str(count)}
    command = [sys.executable, "-c", PROGRAM, str(BUILD)]
    running = [
        subprocess.Popen(command, env={**os.environ, **meeting, "RANK": str(rank)}, stdout=subprocess.PIPE, text=True)
        for rank in range(count)
    ]
    try:
        return [json.loads(one.communicate(timeout=600)[0].splitlines()[-1]) for one in running]
    finally:
        for one in running:
            one.kill()


def test_two_processes_that_share_each_batch_learn_what_one_learns():
    (alone,), (one, other) = told_by(1), told_by(2)
    assert alone["gradients"] == [[1.0, 2.0], [[0.0], [0.0]]]
    assert one["gradients"] == other["gradients"] == [[1.5, 3.0], [[2.5], [2.5]]]
    assert one["weights"] == other["weights"], "both hold the same model"
    assert one["weights"] == pytest.approx(alone["weights"], abs=1e-5)
    for whole, mine, theirs in zip(alone["read"], one["read"], other["read"], strict=True):
        assert (mine, theirs) == ((whole[::2], whole[1::2]) if len(whole) > 1 else (whole, whole))
