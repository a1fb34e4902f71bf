"""What every tuning does at each step: batches of alike lengths, hidden tokens, AdamW, gradients averaged.

One process a core, as torchrun starts them: two threads in one process wait for each other at every product.
"""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch
import torch.distributed as processes
from torch import nn

BATCH, POOL = 16, 32
"""Passages a step; batches of alike lengths are cut from POOL batches drawn together."""
PADDING, UNKNOWN = 1, 3
"""Ids. What stands before UNKNOWN is a mark, never a piece of a word."""
RANK, PROCESSES = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))

Batch = tuple[list[int], torch.Tensor, torch.Tensor]
"""Rows, their ids padded to the longest, and where there is a token: (n, longest) each."""
Loss = Callable[[list[int], torch.Tensor, torch.Tensor], torch.Tensor]


def begin(*, seed: int, threads: int) -> None:
    """Seed what draws, and join the other processes."""
    torch.manual_seed(seed)
    random.seed(seed)
    torch.set_num_threads(threads)
    if PROCESSES > 1:
        processes.init_process_group("gloo")


def batches(tokens: Sequence[list[int]], *, shuffle: bool) -> Iterator[Batch]:
    """Every row once, in batches."""
    for rows in cut([len(one) for one in tokens], shuffle=shuffle):
        longest = max(len(tokens[row]) for row in rows)
        ids = torch.full((len(rows), longest), PADDING, dtype=torch.long)
        there = torch.zeros(len(rows), longest, dtype=torch.long)
        for place, row in enumerate(rows):
            ids[place, : len(tokens[row])] = torch.tensor(tokens[row])
            there[place, : len(tokens[row])] = 1
        yield rows, ids, there


def cut(lengths: Sequence[int], *, shuffle: bool) -> list[list[int]]:
    """The rows of each batch, of alike lengths. Every process must draw the same: `random` is seeded alike."""
    rows = list(range(len(lengths)))
    if shuffle:
        random.shuffle(rows)
    pool = BATCH * POOL if shuffle else len(rows)
    drawn = [sorted(rows[at : at + pool], key=lambda row: lengths[row]) for at in range(0, len(rows), pool)]
    found = [some[at : at + BATCH] for some in drawn for at in range(0, len(some), BATCH)]
    if shuffle:
        random.shuffle(found)
    return found


def hide(ids: torch.Tensor, there: torch.Tensor, share: float) -> torch.Tensor:
    """The ids with a share of them hidden, so that no passage is known by one of its words."""
    if not share:
        return ids
    hidden = (torch.rand(ids.shape) < share) & (there == 1) & (ids > UNKNOWN)
    return torch.where(hidden, torch.full_like(ids, UNKNOWN), ids)


def descend(
    groups: list[dict[str, Any]],
    tokens: Sequence[list[int]],
    loss: Loss,
    *,
    rate: Callable[[int, int], float],
    epochs: int = 1,
    clip: float | None = None,
    after: Callable[[int], None] | None = None,
) -> None:
    """Lower that loss with AdamW, every row read once an epoch, saying every 100 steps where it stands.

    `loss` is given this process's part of a batch. `rate` of (step, steps) multiplies the rates of the groups. `clip`
    is the longest that the gradient may be. `after` is called after each epoch with the number of those done.
    """
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * -(-len(tokens) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, steps))
    parameters = [one for group in groups for one in group["params"]]
    started, seen, total = time.monotonic(), 0, 0.0
    for epoch in range(epochs):
        for rows, ids, there in batches(tokens, shuffle=True):
            mine = slice(RANK, None, PROCESSES) if len(rows) >= PROCESSES else slice(None)
            found = loss(rows[mine], ids[mine], there[mine])
            optimizer.zero_grad()
            found.backward()
            average([one.grad for one in parameters])
            if clip is not None:
                nn.utils.clip_grad_norm_(parameters, clip)
            optimizer.step()
            schedule.step()
            seen, total = seen + 1, total + found.item()
            if seen % 100 == 0 and RANK == 0:
                print(f"{seen}/{steps} loss {total / 100:.3f} {time.monotonic() - started:.0f} s", flush=True)
                total = 0.0
        if after:
            after(epoch + 1)


def average(gradients: list[torch.Tensor]) -> None:
    """The mean of every process's gradients, in place; sent in one piece."""
    if PROCESSES == 1:
        return
    together = torch.cat([one.reshape(-1) for one in gradients])
    processes.all_reduce(together)
    for one, part in zip(gradients, together.split([one.numel() for one in gradients]), strict=True):
        one.copy_(part.view_as(one) / PROCESSES)
