"""The forms of a report: the end of a file's name says which."""

from datetime import date
from pathlib import Path

import pytest

from tests.report.studies import QUOTABLE, small
from voices.errors import VoicesError
from voices.report import write
from voices.report.forms import FORMS


@pytest.mark.parametrize(
    ("name", "begins"), [("a.html", b"<!DOCTYPE"), ("a.DOCX", b"PK"), ("a.pdf", b"%PDF"), ("a.md", b"# Trois lieux")]
)
def test_the_end_of_the_name_says_the_form(tmp_path: Path, name: str, begins: bytes):
    write(small(), (tmp_path / name,), title="Trois lieux", generated_on=date(2026, 11, 22), quotable=QUOTABLE)
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_several_forms_are_written_at_once(tmp_path: Path):
    write(small(), [tmp_path / f"a{end}" for end in FORMS], title="Trois lieux", quotable=QUOTABLE)
    assert sorted(one.suffix for one in tmp_path.iterdir()) == sorted(FORMS)


def test_a_form_unknown_is_told_before_anything_is_written(tmp_path: Path):
    with pytest.raises(VoicesError, match=r"a\.odt"):
        write(small(), (tmp_path / "a.html", tmp_path / "a.odt"), title="Trois lieux", quotable=QUOTABLE)
    assert list(tmp_path.iterdir()) == []
