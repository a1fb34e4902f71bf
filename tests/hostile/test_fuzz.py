"""Files drawn at random: every reader refuses them in plain French or reads them. `make fuzz` draws for longer."""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile.mutations import files
from voices.domain import FileReport, Outcome
from voices.errors import ReadingError
from voices.ingest import ReadOptions, held
from voices.ingest.metadata import front_matter

EXAMPLES = int(os.environ.get("FUZZ", "0"))
"""How many files to draw; where it is not told, few, and the same each time."""
DRAWN = settings(
    max_examples=EXAMPLES or 400,
    derandomize=not EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def reports_of(name: str, data: bytes) -> list[FileReport]:
    """As the site reads a file; of an archive, each of its files."""
    held.columns(name, data)
    held.read_sheet("temoignages.csv", data, ["a.txt"])
    if not held.is_archive(name):
        return [*held.read(name, data, options=ReadOptions()).files]
    found: list[FileReport] = []
    try:
        for member in held.unpack(name, data):
            if not member.refusal:
                found += held.read(member.name, member.content(), options=ReadOptions()).files
    except ReadingError as error:
        found.append(FileReport(name, Outcome.REFUSED, reason=str(error)))
    return found


@DRAWN
@given(files())
def test_a_file_drawn_at_random_is_read_or_refused_in_plain_words(drawn):
    for report in reports_of(*drawn):
        told = report.reason or ""
        assert (report.outcome is Outcome.REFUSED) == bool(told)
        assert "Error" not in told, told
        assert "arrêtée" not in told, told


@DRAWN
@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_front_matter_is_read(lines):
    front_matter(lines)
