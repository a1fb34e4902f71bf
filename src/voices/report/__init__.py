"""The report: a Study told in one French HTML page that needs nothing else to be read."""

from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path

from voices.domain import Study


def render(
    study: Study, *, title: str, generated_on: date | None = None, quotable: AbstractSet[str] = frozenset()
) -> str:
    """The report as one HTML page: no script, no link outside, style and charts inside.

    `quotable` holds the ids of the testimonies whose words may be shown; passages of others are counted,
    and their words are never in the page. `generated_on` None prints no date.
    """
    from voices.report.page import render_page

    return render_page(study, title=title, generated_on=generated_on, quotable=frozenset(quotable))


def write(
    study: Study,
    path: Path,
    *,
    title: str,
    generated_on: date | None = None,
    quotable: AbstractSet[str] = frozenset(),
) -> None:
    """Write the page of `render` at `path`, whole or not at all. Raises OSError where the folder cannot be written."""
    page = render(study, title=title, generated_on=generated_on, quotable=quotable)
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(page, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
