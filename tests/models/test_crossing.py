"""The cross-encoder: which pairs are read, and what a few steps teach it."""

import random
from collections import Counter

import crossing
import pytest
import torch
from crossing import descriptions, drawn, has, learn, mine, rate, scores, together
from reading import tokens
from stepping import BATCH, batches
from torch.nn import functional
from tuning import Tuner

from tests.models.passages import passages, tokenizer
from voices import coding

ROWS = passages(4)


@pytest.fixture
def model(base):
    return Tuner((0, 1), 3, 8, base=base)


def test_a_description_for_each_code_and_for_trust():
    assert list(descriptions()) == [*(code.id for code in coding.codebook().codes), "confiance"]
    assert len(set(descriptions().values())) == 4
    assert all(text.strip() for text in descriptions().values())


@pytest.mark.parametrize(
    ("place", "names"),
    [(0, ["accueil"]), (1, ["accueil"]), (3, ["appartenance", "action", "confiance"]), (4, [])],
    ids=["had", "lacked", "two codes and trust", "no code"],
)
def test_a_code_is_there_had_or_lacked(place, names):
    assert [name for name in descriptions() if has(ROWS[place], name)] == names


def test_two_texts_are_read_with_one_mark_between_them():
    both = together(tokenizer(), "Un accueil.", "On m’a souri.")
    one, other = (tokens(tokenizer(), text) for text in ("Un accueil.", "On m’a souri."))
    assert both == [*one, *other[1:]]
    assert [both.count(0), both.count(2)] == [1, 2]


def test_each_passage_is_read_with_a_code_that_is_there_and_one_that_is_not():
    pairs = drawn(ROWS, tokenizer(), random.Random(3))
    assert len(pairs.tokens) == len(pairs.there) == 2 * len(ROWS)
    for row, read, there in zip(
        ROWS,
        zip(pairs.tokens[::2], pairs.tokens[1::2], strict=True),
        pairs.there.reshape(-1, 2).tolist(),
        strict=True,
    ):
        found = [
            next(name for name, text in descriptions().items() if together(tokenizer(), text, row.text) == one)
            for one in read
        ]
        assert [float(has(row, name)) for name in found] == there
        assert there == [float(bool(row.codes)), 0.0]
    assert drawn(ROWS, tokenizer(), random.Random(3)).tokens == pairs.tokens


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_each_batch_is_read_by_one_process(monkeypatch, processes):
    read = [[0, 9, 2]] * (5 * BATCH + 1)
    monkeypatch.setattr(crossing, "PROCESSES", processes)
    seen: Counter[int] = Counter()
    for rank in range(processes):
        monkeypatch.setattr(crossing, "RANK", rank)
        seen.update(row for rows, _, _ in mine(batches(read, shuffle=False)) for row in rows)
    assert seen == Counter(range(len(read)))


def test_scores_are_in_the_order_of_what_is_read(model):
    reader = torch.nn.Linear(12, 1)
    read = drawn(ROWS, tokenizer(), random.Random(3)).tokens
    alone = torch.cat([scores(model, reader, [one]) for one in read])
    assert alone.std() > 0.001
    assert torch.allclose(scores(model, reader, read), alone, atol=1e-5)


def test_one_reading_lowers_the_loss(model):
    pairs = drawn(passages(40), tokenizer(), random.Random(3))
    reader = torch.nn.Linear(12, 1)

    def lost() -> float:
        found = scores(model, reader, pairs.tokens)
        return float(functional.binary_cross_entropy_with_logits(found, pairs.there))

    with torch.no_grad():
        reader.bias.fill_(1.0)
    first, table = lost(), model.encoder.embeddings.word_embeddings.weight.clone()
    learn(model, reader, pairs)
    assert lost() < first - 0.1
    assert torch.equal(model.encoder.embeddings.word_embeddings.weight, table)


@pytest.mark.parametrize(
    ("step", "steps", "share"), [(0, 500, 1 / 40), (39, 500, 0.922), (250, 500, 0.5), (500, 500, 0.0), (0, 1, 1 / 40)]
)
def test_the_rate_rises_over_forty_steps_and_falls_to_nothing(step, steps, share):
    assert rate(step, steps) == pytest.approx(share)
