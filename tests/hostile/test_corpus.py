"""Every malformed file is refused in plain French or read, within bounds, and harms nothing."""

import pytest

from tests.hostile.expected import becomes, expected, paths
from tests.hostile.make import FOLDER, files
from tests.hostile.watched import Fate, fates

SECONDS, KIB = 10, 2**20


@pytest.fixture(scope="module")
def found() -> dict[str, Fate]:
    """What became of each file; that process ends at once where a reader opens a connection or writes a file."""
    return {path.relative_to(FOLDER).as_posix(): fate for path, fate in fates(paths()).items()}


def test_the_corpus_is_what_its_makers_make():
    kept = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in paths()}
    assert kept == files()
    assert len(kept) >= 300
    assert sum(map(len, kept.values())) < 6_000_000


def test_each_file_becomes_what_is_expected(found):
    assert {name: becomes(fate) for name, fate in found.items()} == expected()


def test_each_refusal_says_what_happened_and_what_to_do(found):
    refusals = {name: report["reason"] for name, fate in found.items() for report in fate.reports if report["reason"]}
    for name, reason in refusals.items():
        assert isinstance(reason, str)
        assert reason.count(".") >= 1, name
        assert len(reason.split()) >= 6, (name, reason)
        assert "Error" not in reason, (name, reason)  # a failure that no reader foresaw
        assert "Traceback" not in reason, name


def test_each_file_is_done_with_in_time_and_within_memory(found):
    assert {name: fate.seconds for name, fate in found.items() if fate.seconds > SECONDS} == {}
    assert max(fate.kib for fate in found.values()) < KIB
