"""How tests read a report: as HTML, the way a browser does."""

from lxml import html

from tests.report.studies import QUOTABLE
from voices.domain import Study
from voices.report import render

_KNOWN: dict[tuple[int, frozenset[str]], tuple[Study, html.HtmlElement]] = {}


def page(study: Study, *, quotable: frozenset[str] = QUOTABLE) -> html.HtmlElement:
    """The page of a study, parsed once; the study is kept with it, so that its id stays its own."""
    key = (id(study), quotable)
    if key not in _KNOWN:
        _KNOWN[key] = (study, html.document_fromstring(render(study, title="Trois lieux, deux ans", quotable=quotable)))
    return _KNOWN[key][1]


def said(element: html.HtmlElement) -> str:
    """The words of an element, white space made plain."""
    return " ".join(element.text_content().replace("\u202f", " ").replace("\u00a0", " ").split())
