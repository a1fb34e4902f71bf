"""What the guide and the help show of words, done on the shipped demonstration: each example has something to show."""

import re
import shlex
from pathlib import Path

import pytest

import voices
from voices import pipeline
from voices.cli.app import app
from voices.cli.lexicon import lexicon
from voices.exchange import study as files

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "guide" / "analyse.md").read_text(encoding="utf-8")
HELP = "\n".join(str(command.callback.__doc__) for command in lexicon.registered_commands if command.callback)
SHOWN = sorted(set(re.findall(r"voices lexicon [a-z]+ sortie[^`\n]*", f"{GUIDE}\n{HELP}")))
LINES = GUIDE.split("words = voices.lexicon(study)\n")[1].split("```")[0].splitlines()


@pytest.fixture(scope="module")
def demo(settings):
    """The demonstration, read and coded."""
    return pipeline.code(pipeline.read(ROOT / "corpora" / "demo"), settings=settings)


@pytest.fixture(scope="module")
def folder(demo, tmp_path_factory):
    made = tmp_path_factory.mktemp("guide")
    files.save(demo, made / "sortie" / pipeline.STUDY_FILE)
    return made


def test_examples_are_found():
    assert len(SHOWN) >= 8
    assert len(LINES) == 4


@pytest.mark.parametrize("line", SHOWN)
def test_an_example_shows_something(folder, monkeypatch, capsys, line):
    monkeypatch.chdir(folder)
    app(shlex.split(line)[1:], standalone_mode=False)
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) > 2
    assert "Que faire" not in shown.err


@pytest.fixture(scope="module")
def words(demo):
    return voices.lexicon(demo)


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_python_gives_something(words, line):
    assert len(eval(line, {"words": words}))
