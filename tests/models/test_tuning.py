"""The encoder and its heads: what is kept, written, read again and learnt, on a tiny base."""

import copy
import json
import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import tuned as build
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load_file
from sentence_transformers_folder import LAYER
from source import Shape
from tuning import TEACHER_WEIGHT, Examples, Tuner, encode, learn, main, rate, read, tuned, write

from tests.models.passages import passages, tokenizer

CODES, SUBCODES = 3, 8
STAGES = [{"passages": 90.0, "epochs": 2.0, "hidden": 0.1}]


@pytest.fixture(scope="module")
def examples() -> Examples:
    return read(tokenizer(), passages(2, testimonies=4))


def tuner(base: Path, layers: tuple[int, ...] = (0, 1)) -> Tuner:
    return Tuner(layers, CODES, SUBCODES, base=base)


def begun(base: Path, examples: Examples, layers: tuple[int, ...] = (0, 1)) -> Tuner:
    """A tuner whose heads have started, as `main` makes it."""
    found = tuner(base, layers)
    found.start(examples, encode(found, examples.tokens))
    return found


def lost(model: Tuner, examples: Examples) -> float:
    """The loss over all the passages."""
    with torch.no_grad():
        rows = list(range(len(examples.tokens)))
        return float(model.loss(encode(model, examples.tokens), examples, rows))


def weights(model: Tuner) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in model.encoder.state_dict().items()}


def test_what_people_said_is_read_as_numbers():
    found = read(tokenizer(), passages(1, testimonies=1))
    assert found.senses.tolist() == [[1, 0, 0], [2, 0, 0], [0, 1, 0], [0, 2, 3], [0, 0, 0]]
    assert found.trust.tolist() == [0, 0, 0, 1, 0]
    assert found.subcodes.tolist() == [[1, *[0] * 7], [0] * 8, [0, 0, 1, *[0] * 5], [0] * 8, [0] * 8]
    assert len(found.tokens) == 5


@pytest.mark.parametrize("layers", [(0, 1, 2), (1, 3, 5, 7, 9, 11), (11,)], ids=str)
def test_layers_kept_are_those_of_the_base_in_their_order(base, layers):
    whole, some = weights(tuner(base, tuple(range(12)))), weights(tuner(base, layers))
    for place, number in enumerate(layers):
        own = {name: value for name, value in some.items() if name.startswith(f"encoder.layer.{place}.")}
        assert own
        for name, value in own.items():
            kept = whole[name.replace(f"layer.{place}.", f"layer.{number}.", 1)]
            assert torch.equal(value, kept), name
    assert f"encoder.layer.{len(layers)}.output.dense.weight" not in some


def test_a_vector_has_length_one_and_does_not_change_with_its_neighbours(base, examples):
    model = tuner(base)
    together = encode(model, examples.tokens)
    alone = torch.cat([encode(model, [one]) for one in examples.tokens])
    assert torch.allclose(together.norm(dim=1), torch.ones(len(together)), atol=1e-5)
    assert torch.allclose(together, alone, atol=1e-5)


def test_heads_start_at_the_base_rates(base, examples):
    model = begun(base, examples)
    biases = model.head.bias.detach()
    counts = torch.stack([torch.bincount(one, minlength=4) for one in examples.senses.T])
    shares = counts / len(examples.tokens)
    assert torch.allclose(biases[:12].reshape(3, 4).exp(), shares + 1e-3, atol=1e-5)
    assert torch.sigmoid(biases[12]).item() == pytest.approx(0.2, abs=1e-5), "trust"
    assert torch.allclose(torch.sigmoid(biases[13:]), examples.subcodes.mean(0), atol=1e-5)
    assert torch.allclose(model.centre, encode(model, examples.tokens).mean(0))


def test_what_no_passage_has_costs_next_to_nothing(base, examples):
    assert not examples.subcodes[:, 1].any(), "« soi » is in none of them"
    found = lost(begun(base, examples), examples)
    assert 0 < found < 10


def test_a_teacher_is_followed(base, examples):
    model = begun(base, examples)
    own = encode(model, examples.tokens)
    untaught = lost(model, examples)
    assert lost(model, replace(examples, teacher=own)) == pytest.approx(untaught, abs=1e-4)
    assert lost(model, replace(examples, teacher=-own)) == pytest.approx(untaught + 2 * TEACHER_WEIGHT, abs=1e-3)


@pytest.mark.parametrize("layers", [(0,), (1, 3, 5)], ids=str)
def test_what_is_written_is_what_goes_on(base, examples, tmp_path, layers):
    model = begun(base, examples, layers)
    with torch.no_grad():
        model.scale.copy_(torch.tensor(31.0))
        for value in model.encoder.encoder.layer.parameters():
            value.add_(torch.randn_like(value) * 0.1)
    write(model, tmp_path, STAGES)
    found = tuned(tmp_path, CODES, SUBCODES, base=base)
    assert (found.begun, found.stages) == (True, STAGES)
    before, after = weights(model), weights(found)
    assert before.keys() == after.keys()
    assert all(torch.equal(value, after[name]) for name, value in before.items())
    assert torch.equal(found.centre, model.centre)
    assert torch.equal(found.head.bias, model.head.bias)
    assert torch.allclose(found.head.weight * found.scale, model.head.weight * model.scale, rtol=1e-5)
    assert lost(found, examples) == pytest.approx(lost(model, examples), rel=1e-5)


def test_an_encoder_without_heads_starts_them_anew(base, tmp_path):
    model = tuner(base)
    write(model, tmp_path, STAGES)
    (tmp_path / "heads.safetensors").unlink()
    found = tuned(tmp_path, CODES, SUBCODES, base=base)
    assert not found.begun
    after = weights(found)
    assert all(torch.equal(value, after[name]) for name, value in weights(model).items())


class Words:
    """What the build takes from the source package beside the tuned layers."""

    shape = Shape(hidden=12, layers=12, heads=2, inner=24, vocabulary=40, positions=512)

    def blocks(self, name: str, rows: int) -> str:
        return f"{rows} blocks of {name}"

    def floats(self, name: str, *shape: int) -> np.ndarray:
        return np.full(shape, 7.0, np.float32)


def test_the_build_reads_each_layer_that_was_written(base, tmp_path):
    model = tuner(base, (1, 3))
    with torch.no_grad():
        for value in model.encoder.encoder.layer.parameters():
            value.add_(torch.randn_like(value))
    write(model, tmp_path, STAGES)
    source, layers = build.Tuned(Words(), tmp_path), model.encoder.encoder.layer  # type: ignore[arg-type]
    assert (source.shape.layers, source.told["stages"]) == (2, STAGES)
    for number, layer in enumerate(layers):
        for short, (name, side) in LAYER.items():
            part = layer.get_submodule(name)
            rows, biases = len(part.weight), source.floats(f"l{number}.{short}.b", len(part.bias))
            assert np.array_equal(source.weights(f"l{number}.{short}.w", rows), part.weight.detach().numpy()), side
            assert np.array_equal(biases, part.bias.detach().numpy())
        norm = source.floats(f"l{number}.oln.w", 12)
        assert np.array_equal(norm, layer.output.LayerNorm.weight.detach().numpy())
    assert source.floats("emb.pos", 2, 12).tolist() == [[7.0] * 12] * 2, "positions stay the source's"


def test_a_few_steps_lower_the_loss_and_leave_the_word_table(base, examples, tmp_path):
    model = begun(base, examples)
    model.stages = STAGES
    first, before = lost(model, examples), weights(model)
    learn(model, examples, epochs=6, hidden=0.1, out=tmp_path)
    after = weights(model)
    assert lost(model, examples) < 0.9 * first
    moved = {name for name, value in after.items() if not torch.equal(value, before[name])}
    assert moved == {name for name in after if name.startswith("encoder.layer.")}
    assert all(one.grad is None for one in model.encoder.embeddings.parameters()), "not even reckoned"
    told = json.loads((tmp_path / "tuning.json").read_text())
    assert told == {"layers": 2, "stages": [*STAGES, {"passages": 40, "epochs": 6, "hidden": 0.1}]}
    assert lost(tuned(tmp_path, CODES, SUBCODES, base=base), examples) == pytest.approx(lost(model, examples), rel=1e-4)


def test_hidden_tokens_change_what_is_learnt(base, examples, tmp_path):
    start = begun(base, examples)
    found = []
    for hidden in (0.0, 0.0, 0.5):
        random.seed(3)
        model = copy.deepcopy(start)
        learn(model, examples, epochs=1, hidden=hidden, out=tmp_path)
        found.append(model.head.weight)
    assert torch.equal(found[0], found[1])
    assert not torch.equal(found[0], found[2])


def test_lower_layers_move_less(base):
    rates = [group["lr"] for group in tuner(base, (0, 1, 2)).groups()]
    assert rates[:3] == sorted(rates[:3])
    assert rates[0] < rates[1] < rates[2] == pytest.approx(3e-4)


@settings(deadline=None)
@given(steps=st.integers(1, 3000))
def test_the_rate_rises_shortly_then_falls_and_is_never_nothing(steps):
    rates = [rate(step, steps) for step in range(steps + 1)]
    highest = rates.index(max(rates))
    assert highest <= max(1, 0.06 * steps)
    assert all(0 < one <= 1 + 1 / steps + 1e-9 for one in rates), "the two lines cross where both are nearly 1"
    assert min(rates[highest:]) >= 0.02
    assert rates[: highest + 1] == sorted(rates[: highest + 1])
    assert rates[highest:] == sorted(rates[highest:], reverse=True)


def test_stages_then_a_student_from_the_command_line(base, written, tmp_path, monkeypatch):
    def tune(*arguments: str) -> list[dict[str, float]]:
        monkeypatch.setattr(sys, "argv", ["tuning.py", *arguments])
        main(base=base, written=written)
        out = Path(arguments[1])
        assert all(value.isfinite().all() for value in load_file(out / "heads.safetensors").values())
        stages: list[dict[str, float]] = json.loads((out / "tuning.json").read_text())["stages"]
        return stages

    first, second, student = (str(tmp_path / name) for name in ("1", "2", "6"))
    stages = [{"passages": 30, "epochs": 1, "hidden": 0.0}, {"passages": 25, "epochs": 1, "hidden": 0.1}]
    assert tune("--out", first, "--sets", "V1-V2", "--epochs", "1") == stages[:1]
    again = ("--sets", "V3", "--again", "8", "--epochs", "1", "--hide", "0.1", "--seed", "4", "--threads", "1")
    assert tune("--out", second, "--tuned", first, *again) == stages
    layers = ("--layers", "1,3,5,7,9,11", "--teacher", second, "--epochs", "1")
    assert tune("--out", student, "--tuned", second, *layers) == [*stages, {"passages": 45, "epochs": 1, "hidden": 0.0}]
    assert len(tuned(Path(student), CODES, SUBCODES, base=base).encoder.encoder.layer) == 6
