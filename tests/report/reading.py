"""How tests read a report: as HTML, the way a browser does."""

from lxml import html

from tests.report.studies import QUOTABLE
from voices.domain import Study
from voices.report import render


def page(
    study: Study, *, title: str = "Trois lieux, deux ans", quotable: frozenset[str] = QUOTABLE
) -> html.HtmlElement:
    return html.document_fromstring(render(study, title=title, quotable=quotable))


def said(element: html.HtmlElement) -> str:
    """The words of an element, white space made plain."""
    return " ".join(element.text_content().replace("\u202f", " ").replace("\u00a0", " ").split())
