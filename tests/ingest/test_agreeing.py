"""Numbers agree with their words, in what readers say of a file."""

import re
from pathlib import Path

import pytest

import voices
from voices.ingest.agreeing import agreed

SOURCES = [path for path in Path(voices.__file__).parent.rglob("*") if path.suffix in (".py", ".html")]


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 ligne"), (1, "1 ligne ôtée"), (3, "3 lignes ôtées")],
)
def test_each_word_takes_its_s(number, said):
    assert agreed(number, "ligne ôtée" if number else "ligne") == said


def test_a_plural_may_be_told():
    assert agreed(2, "passage à sa place", "passages à leur place") == "2 passages à leur place"


def test_no_sentence_leaves_its_plural_to_the_reader():
    lazy = re.compile(r"\} \w+\((?:s|e|es|x)\)")
    assert [path.name for path in SOURCES if lazy.search(path.read_text(encoding="utf-8"))] == []
