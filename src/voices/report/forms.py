"""The forms that a report can take, each made from its page."""

from collections.abc import Callable, Mapping
from pathlib import Path

from voices.errors import VoicesError
from voices.report.markdown import markdown
from voices.report.paper import pdf
from voices.report.word import docx

Form = Callable[[str], bytes]

FORMS: Mapping[str, Form] = {
    ".html": lambda page: page.encode(),
    ".docx": docx,
    ".pdf": pdf,
    ".md": lambda page: markdown(page).encode(),
}


def form_of(path: Path) -> Form:
    """What turns a page into the file that `path` names. Raises VoicesError where its ending is none of `FORMS`."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise VoicesError(
            f"Un rapport ne peut pas s’appeler « {path.name} » : sa fin dit sa forme.".replace(" :", "\u202f:"),
            "Finir son nom par .html (à lire à l’écran), .docx (à modifier), .pdf (à imprimer) ou .md (Markdown).",
        )
    return form
