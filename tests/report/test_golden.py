"""The whole page of the small study, line by line. After a wanted change: `python -m tests.report.test_golden`."""

from datetime import date
from pathlib import Path

from tests.report.studies import QUOTABLE, small
from voices.report import render

GOLDEN = Path(__file__).parent / "small.html"
STYLE = "(style.css)"


def normalised() -> str:
    """The page without its style, which is looked at and not compared; no space at the ends of lines."""
    page = render(small(), title="Trois lieux, deux ans", generated_on=date(2026, 11, 22), quotable=QUOTABLE)
    before, rest = page.split("<style>\n")
    page = f"{before}<style>\n{STYLE}\n</style>{rest.split('</style>')[1]}"
    return "\n".join(line.rstrip() for line in page.splitlines() if line.strip()) + "\n"


def test_the_small_report_is_the_one_that_was_looked_at():
    assert normalised() == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.write_text(normalised(), encoding="utf-8", newline="\n")
