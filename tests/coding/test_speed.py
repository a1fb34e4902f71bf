"""The speed of coding: the pure parts of its measure, and warm processes on work that costs nothing."""

import json
from dataclasses import asdict
from typing import Any

import pytest
from benchmarks import coding, warm
from benchmarks.coding import CHUNK, Way, chunked, page, spread
from benchmarks.cut import passages_of
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.fakes import labelled
from voices.coding.labelled import Labelled


def _testimonies(lengths):
    return [[Labelled(f"W1-{at}", n, "Bonjour.", {}) for n in range(length)] for at, length in enumerate(lengths)]


LENGTHS = st.lists(st.integers(1, 9), min_size=1, max_size=120)


@given(LENGTHS, st.integers(1, 400))
def test_whole_testimonies_are_taken_just_enough_and_each_once(lengths, count):
    every = _testimonies(lengths)
    taken = spread([one for testimony in every for one in testimony], count)
    assert all(testimony in every for testimony in taken)
    assert len({testimony[0].testimony_id for testimony in taken}) == len(taken)
    assert sum(map(len, taken)) >= min(count, sum(lengths))
    assert sum(map(len, taken[:-1])) < count


def test_testimonies_are_taken_from_end_to_end_of_the_corpus():
    taken = spread([one for testimony in _testimonies([4] * 100) for one in testimony], 40)
    assert [testimony[0].testimony_id for testimony in taken] == [f"W1-{at}" for at in range(0, 100, 10)]


@given(LENGTHS)
def test_chunks_keep_order_and_testimonies_whole_and_are_never_small(lengths):
    every = _testimonies(lengths)
    chunks = chunked(every)
    assert [one for chunk in chunks for one in chunk] == [one for testimony in every for one in testimony]
    assert len(chunks) == 1 or all(len(chunk) >= CHUNK for chunk in chunks)
    where = {(one.testimony_id, at) for at, chunk in enumerate(chunks) for one in chunk}
    assert len(where) == len(lengths)


def test_passages_written_for_the_engines_are_read_back_the_same(tmp_path):
    chunks = [passages_of(labelled()[:3]), passages_of(labelled()[3:5])]
    file = tmp_path / "cut.json"
    file.write_text(json.dumps([[asdict(one) for one in chunk] for chunk in chunks]), encoding="utf-8")
    assert coding.read(file) == chunks


def _times(*walls):
    return [{"wall": wall, "processor": 2 * wall} for wall in walls]


def test_one_slow_chunk_moves_neither_the_speed_nor_the_ratio():
    slow, quick = _times(4, 4, 40), _times(1, 1, 50)
    assert warm.rate([8, 8, 8], quick, "wall") == 8
    assert warm.rate([8, 8, 8], quick, "processor") == 4
    assert warm.faster(quick, slow, "wall") == 4


def test_the_page_compares_every_way_with_the_first():
    passages = passages_of(labelled()[:4])
    ways = [Way("reference", _times(2.0, 2.0), 800.4), Way("ours", _times(0.5, 0.5), 200.0)]
    text = page([passages, passages], ways, threads=2, load=0.3)
    assert text.startswith("8 passages of ")
    assert "chunks: 2; threads for each way: 2; load of the machine before: 0.3. " in text
    assert "| reference | 2.0 | × 1.00 | 1.0 | × 1.00 | 800 MB |" in text
    assert "| ours | 8.0 | × 4.00 | 4.0 | × 4.00 | 200 MB |" in text


class Told:
    """An engine that keeps what it was asked, in a list that all share."""

    def __init__(self, name, asked):
        self.name, self._asked = name, asked

    def ask(self, question):
        self._asked.append((self.name, question))
        return {"wall": float(len(self._asked))}


def test_each_engine_does_every_chunk_and_they_take_turns_to_be_first():
    asked: list[tuple[str, str]] = []
    engines: list[Any] = [Told(name, asked) for name in "abc"]
    spent = warm.in_turn(engines, [1, 2, 3, 4])
    assert ["".join(name for name, question in asked if question == str(chunk)) for chunk in (1, 2, 3, 4)] == [
        "abc",
        "bca",
        "cab",
        "abc",
    ]
    assert {name: len(times) for name, times in spent.items()} == {"a": 4, "b": 4, "c": 4}
    assert spent["b"][1]["wall"] == 4


def test_a_warm_process_answers_with_its_times_and_at_the_end_its_memory(monkeypatch, capsys):
    done: list[object] = []
    monkeypatch.setattr("sys.stdin", ["3\n", "1\n", "end\n"])
    warm.serve(done.append, lambda: done.append("finished"))
    ready, *times, memory = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ready == {"ready": True}
    assert done == [3, 1, "finished"]
    assert all(one["wall"] >= 0 and one["processor"] >= 0 for one in times)
    assert memory["mb"] > 1


def test_an_engine_that_does_not_start_is_told_with_its_command():
    with pytest.raises(SystemExit, match=r"personne did not start.*benchmarks\.nothing --engine personne"):
        warm.start("personne", "benchmarks.nothing", [], {})
