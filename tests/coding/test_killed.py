"""Training killed at any moment, or on a disk that fills: the former coder is there and whole, or the new one is."""

import json
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.coding.fakes import WordEncoder, labelled
from tests.safekeeping import disks
from voices import coding
from voices.coding.model import CoderModel
from voices.errors import ModelError

KILLS = int(os.environ.get("KILLS", "3"))
NAME = "mien"


@pytest.fixture(scope="session")
def other(encoder: WordEncoder) -> CoderModel:
    """A coder that learnt from fewer testimonies than `model`."""
    return coding.train(labelled(testimonies=18), encoder, seed=3)


def revision(folder: Path) -> str:
    return coding.load(folder).revision


@pytest.mark.parametrize("there", ["a coder", "an empty folder", "nothing"])
def test_killed_at_each_step_of_its_writing(there, model, other, tmp_path):
    folder, told = tmp_path / NAME, []
    if there != "nothing":
        folder.mkdir()
    if there == "a coder":
        coding.adopt(model, folder)
        (folder / "note.txt").write_text("à garder", encoding="utf-8")
    former = revision(folder) if there == "a coder" else ""
    for step in count():
        killed = _killed_at(step, lambda: coding.adopt(other, folder, replacing=True))
        is_there = folder.is_dir() and any(folder.iterdir())
        told.append(revision(folder) if is_there else "")
        if not killed:
            break
    new = told[-1]
    assert len(told) > 10
    assert new not in ("", former)
    assert told == [former] * told.count(former) + [new] * told.count(new)  # never another, never back
    coding.adopt(model, folder, replacing=True)
    assert [one.name for one in tmp_path.iterdir()] == [NAME]
    names = {"card.md", "examples.jsonl", "manifest.json", "weights.safetensors"}
    assert {one.name for one in folder.iterdir()} == names | ({"note.txt"} if former else set())


def test_left_in_the_middle_it_is_told_apart_and_taken_up_again(model, other, tmp_path):
    """Killed while files take their place, then replaced by a run that is killed too: the last whole one counts."""
    folder = tmp_path / NAME
    coding.adopt(model, folder)
    steps = [step for step in range(40) if _killed_at(step, lambda: coding.adopt(other, folder, replacing=True))]
    assert steps
    for step in steps:
        _killed_at(step, lambda: coding.adopt(model, folder, replacing=True))
        coding.load(folder)
    coding.adopt(model, folder, replacing=True)
    coding.adopt(model, tmp_path / "autre")
    assert revision(folder) == revision(tmp_path / "autre")


@pytest.mark.parametrize("room", [0, 500_000, 1_500_000])
def test_on_a_full_disk(room, model, other, tmp_path):
    with disks.disk(tmp_path / "disque", 16) as small:
        coding.adopt(model, small / NAME)
        former, filled = revision(small / NAME), disks.Filled(small)
        filled.leave(room)
        with pytest.raises(ModelError, match="le disque est plein"):
            coding.adopt(other, small / NAME, replacing=True)
        with pytest.raises(ModelError, match="le disque est plein"):
            coding.adopt(other, small / "neuf")
        assert revision(small / NAME) == former
        assert {one.name for one in small.iterdir()} == {NAME, "tout le reste"}
        filled.free()
        coding.adopt(other, small / NAME, replacing=True)
        assert revision(small / NAME) != former


def test_what_a_helper_process_refuses_is_told_by_its_parent():
    """Errors that cannot be sent back break the pool: people would read of a broken pool, and of nothing to do."""
    sent = pickle.loads(pickle.dumps(ModelError("Trop peu de passages.", "En coder d’autres.")))
    assert (type(sent), sent.problem, sent.remedy) == (ModelError, "Trop peu de passages.", "En coder d’autres.")


@pytest.mark.long
def test_the_command_killed_at_random(tmp_path):
    """Half of the kills fall anywhere, half while the coder is written."""
    chance, folder = random.Random(7), tmp_path / NAME
    files = [_written(tmp_path / f"{size}.jsonl", size) for size in (24, 30)]
    began = time.monotonic()
    known = set()
    for file in files:
        assert _training(file, folder).wait(300) == 0
        known.add(revision(folder))
    lasts = (time.monotonic() - began) / 2
    assert len(known) == 2
    for number in range(KILLS):
        began, running = time.monotonic(), _training(files[number % 2], folder)
        until = chance.uniform(0, lasts)
        while time.monotonic() - began < (until if number % 2 else 10 * lasts) and running.poll() is None:
            if number % 2 == 0 and (tmp_path / f".{NAME}.brouillon").exists():
                time.sleep(chance.uniform(0, 0.02))
                break
            time.sleep(0.001)
        running.kill()
        running.wait()
        assert revision(folder) in known
        _wait_until_alone(running.pid)
    assert _training(files[0], folder).wait(300) == 0
    assert {one.name for one in tmp_path.iterdir() if one.suffix != ".jsonl"} == {NAME}


@pytest.mark.long
def test_the_command_on_a_full_disk(tmp_path):
    file = _written(tmp_path / "24.jsonl", 24)
    with disks.disk(tmp_path / "disque", 16) as small:
        filled = disks.Filled(small)
        status = _training(file, small / NAME).wait(300)
        said = file.with_suffix(".said.jsonl").read_text()
        assert (status, "le disque est plein" in said, "Traceback" in said) == (2, True, False), said
        filled.free()
        assert _training(file, small / NAME).wait(300) == 0
        coding.load(small / NAME)


def _killed_at(step: int, act: Callable[[], object]) -> bool:
    """Whether a process that does this was killed, before it opened, made, moved or removed for that time."""
    child = os.fork()
    if child:
        ended = os.waitpid(child, 0)[1]
        assert os.WIFSIGNALED(ended) or os.WEXITSTATUS(ended) == 0
        return os.WIFSIGNALED(ended)
    left = step

    def before(event: str, _: tuple[Any, ...]) -> None:
        nonlocal left
        if event in _TOUCHES:
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    try:
        sys.addaudithook(before)
        act()
    except BaseException:
        os._exit(1)
    os._exit(0)


_TOUCHES = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir")


def _written(path: Path, testimonies: int) -> Path:
    """Coded passages in a file."""
    rows = [
        {
            "testimony_id": one.testimony_id,
            "passage_no": one.number,
            "text": one.text,
            "codes": {code: sense.value for code, sense in one.codes.items()},
            "confiance": one.trust,
            "subcodes": list(one.subcodes),
            "question": one.question,
        }
        for one in labelled(testimonies=testimonies)
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def _training(labelled_file: Path, out: Path) -> "subprocess.Popen[bytes]":
    said = ["train", str(labelled_file), "--rapide", "--out", str(out), "--remplacer"]
    command = [sys.executable, "-c", "from voices.cli import main; main()", *said]
    with labelled_file.with_suffix(".said.jsonl").open("wb") as told:
        return subprocess.Popen(
            command, env=os.environ | {"VOICES_FILS": "2"}, stdout=told, stderr=told, start_new_session=True
        )


def _wait_until_alone(session: int) -> None:
    """Nothing, once no process is left of those that a killed run had started."""
    before = time.monotonic()
    while _alive(session):
        assert time.monotonic() - before < 30
        time.sleep(0.2)


def _alive(session: int) -> bool:
    listed = subprocess.run(["ps", "-s", str(session), "-o", "stat="], capture_output=True, text=True, check=False)
    return any(not state.startswith("Z") for state in listed.stdout.split())
