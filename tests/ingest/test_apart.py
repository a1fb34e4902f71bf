"""What the process apart may do, and what becomes of one that does more."""

import pickle
import time
from enum import Enum
from io import BytesIO

import pytest

from tests.hostile.good import FILES, html
from tests.hostile.make import FOLDER
from voices.domain import Role
from voices.errors import ReadingError, SettingsError
from voices.ingest import ReadOptions, apart, enclosed, held, word
from voices.ingest.document import Document, Parsed, Stretch


def test_what_is_read_apart_is_what_the_reader_reads():
    assert apart.run("word.read", FILES["docx"], ReadOptions()) == word.read(FILES["docx"], ReadOptions())


def test_speakers_roles_and_lone_surrogates_come_back_as_they_were():
    kept = Parsed((Document((Stretch("\ud800", "L1", Role.WITNESS, True, 1.5),), metadata={"lieu": "ici"}),), ("a",))
    assert apart._Known(BytesIO(enclosed.packed(("found", kept)))).load() == ("found", kept)


def test_a_role_comes_back_from_the_python_of_debian_12_too(monkeypatch):
    monkeypatch.setattr(Enum, "__reduce_ex__", lambda one, _: (getattr, (type(one), one.name)))  # as 3.11.2 has it
    answer = apart._Known(BytesIO(enclosed.packed(("found", Role.WITNESS)))).load()
    assert answer == ("found", Role.WITNESS)


def test_nothing_that_could_act_comes_back():
    with pytest.raises(pickle.UnpicklingError):
        apart._Known(BytesIO(pickle.dumps(print))).load()


@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx"])
def test_errors_come_back_as_they_were_raised(suffix):
    leaf = {"docx": "word", "pdf": "pdf", "xlsx": "questionnaire"}[suffix]
    with pytest.raises(ReadingError) as caught:
        apart.run(f"{leaf}.read", FILES[suffix][:100], ReadOptions())
    assert caught.value.remedy


def test_an_unknown_kind_of_column_is_told_from_a_damaged_file():
    with pytest.raises(SettingsError):
        apart.run("questionnaire.read", FILES["csv"], ReadOptions(columns={"Votre prénom": "klingon"}))


def test_a_file_that_turns_in_circles_is_ended_and_the_next_one_is_read():
    endless = (FOLDER / "pdf" / "reference_a_soi.pdf").read_bytes()
    began = time.monotonic()
    (report,) = held.read("a.pdf", endless, options=ReadOptions()).files
    assert "trop de temps" in str(report.reason)
    assert time.monotonic() - began < 60
    assert held.read("b.docx", FILES["docx"], options=ReadOptions()).testimonies


def test_the_clock_ends_what_waits_without_working(monkeypatch):
    monkeypatch.setattr(apart, "LONGEST", 0.0)
    with pytest.raises(ReadingError, match="trop de temps"):
        apart.run("pdf.read", (FOLDER / "pdf" / "reference_a_soi.pdf").read_bytes(), ReadOptions())


@pytest.mark.parametrize(
    "source",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "open('dehors.txt', 'w')",
        "import os; os.mkdir('dehors')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "bytearray(2**31)",
    ],
    ids=["socket", "write", "folder", "program", "shell", "memory"],
)
def test_a_reader_turned_by_its_file_opens_writes_and_starts_nothing(source):
    """The code stands for what a flaw in a library would let a file do."""
    import subprocess
    import sys

    attempt = f"try:\n exec({source!r})\nexcept (PermissionError, MemoryError): print('non')"
    code = f"from voices.ingest.enclosed import _bound; _bound()\n{attempt}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "non"


def test_a_page_that_names_others_is_read_alone():
    body = "<p>Bonjour.</p><img src='http://127.0.0.1:9/a.png'><link rel=stylesheet href='http://127.0.0.1:9/a.css'>"
    assert held.read("a.html", html(body), options=ReadOptions()).testimonies
