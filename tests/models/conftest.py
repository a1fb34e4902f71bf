"""A base as the real one, but tiny: twelve layers of twelve numbers, random, and the shipped tokenizer."""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from tests.models.passages import SHIPPED, passages, tokenizer


@pytest.fixture(autouse=True)
def _seeded() -> Iterator[None]:
    """What draws, seeded; put back as it was, for tests elsewhere."""
    drawn, threads = random.getstate(), torch.get_num_threads()
    random.seed(3)
    torch.set_num_threads(1)
    with torch.random.fork_rng():
        torch.manual_seed(3)
        yield
    random.setstate(drawn)
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(3)
    folder = tmp_path_factory.mktemp("base")
    shape = BertConfig(
        vocab_size=tokenizer().get_vocab_size(),
        hidden_size=12,
        num_hidden_layers=12,
        num_attention_heads=2,
        intermediate_size=24,
        pad_token_id=1,
    )
    BertModel(shape, add_pooling_layer=False).save_pretrained(folder)
    shutil.copy(SHIPPED, folder / "tokenizer.json")
    return folder


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The passages of three sets, as a file."""
    path = tmp_path_factory.mktemp("written") / "coded_passages.jsonl"
    rows = [
        {
            "testimony_id": one.testimony_id,
            "passage_no": one.number,
            "text": one.text,
            "codes": {code: sense.value for code, sense in one.codes.items()},
            "subcodes": one.subcodes,
            "confiance": one.trust,
        }
        for one in passages(3)
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
