"""The report: a Study told in one French HTML page that needs nothing else to be read."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from voices.domain import Study

if TYPE_CHECKING:
    from voices.report.before import Before
    from voices.report.page import Page
    from voices.report.telling import Telling


def render(
    study: Study, *, title: str, generated_on: date | None = None, quotable: AbstractSet[str] = frozenset()
) -> str:
    """The report as one HTML page: no script, no link outside, style and charts inside.

    `quotable` holds the ids of the testimonies whose words may be shown; passages of others are counted,
    and their words are never in the page. `generated_on` None prints no date.
    """
    return compose(study, title=title, generated_on=generated_on, quotable=quotable).html


def compose(
    study: Study,
    *,
    title: str,
    generated_on: date | None = None,
    quotable: AbstractSet[str] = frozenset(),
    telling: "Telling | None" = None,
) -> "Page":
    """The page of `render`, told as `telling` says; the figures that it shows, each with the passages it counts; the
    quotes that it prints, each passage once.
    """
    from voices.report.page import render_page
    from voices.report.telling import PLAIN

    told = telling or PLAIN
    return render_page(study, title=title, generated_on=generated_on, quotable=frozenset(quotable), telling=told)


def write(
    study: Study,
    paths: Sequence[Path],
    *,
    title: str,
    generated_on: date | None = None,
    quotable: AbstractSet[str] = frozenset(),
    before: "Before | None" = None,
    plan: Path | None = None,
) -> None:
    """Write the page of `render` at each path, in the form that its name ends with, each whole or not at all.

    `before` is the last report, for the part on what has changed since; `plan` a file that says its parts and notes.

    Raises VoicesError where a name ends with no form known or the plan is at fault, before anything is written;
    OSError where the folder cannot be written.
    """
    from voices.report.forms import form_of
    from voices.report.plan import PLAIN_PLAN
    from voices.report.planned import read_plan
    from voices.report.telling import Telling

    forms = [form_of(path) for path in paths]
    codes = [code.id for code in study.codebook.codes]
    told = Telling(before=before, plan=read_plan(plan, codes=codes) if plan else PLAIN_PLAN)
    page = compose(study, title=title, generated_on=generated_on, quotable=quotable, telling=told).html
    for path, form in zip(paths, forms, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.part")
        try:
            draft.write_bytes(form(page))
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
