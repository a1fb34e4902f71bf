"""Quotes that people chose, for a word processor and for a spreadsheet."""

import datetime
import io
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voices.domain import DOUBTFUL_SENSE, TO_REREAD, Consent, Quote, Testimony
from voices.exchange.rows import SENSES, Cell, cautions
from voices.exchange.sheets import write_csv

if TYPE_CHECKING:
    from docx.document import Document as Written

COLUMNS = (
    *("numero", "citation", "attribution", "lieu", "date", "sujet", "sens", "sens_a_verifier"),
    *("accord", "mots", "passage", "a_relire"),
)
CONSENTS = {Consent.ANONYMOUS_QUOTES: "citations sans nom", Consent.NAMED_QUOTES: "citations avec le prénom"}
ChosenQuotes = Sequence[tuple[Quote, Testimony]]


def csv(quotes: ChosenQuotes) -> bytes:
    """One row a quote, as `sheets` writes tables: no cell is a formula."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "citations.csv"
        write_csv(path, COLUMNS, _rows(quotes))
        return path.read_bytes()


def docx(title: str, quotes: ChosenQuotes) -> bytes:
    """A document in real styles (Title, Heading 2, Quote, Caption): the same quotes give the same text."""
    from docx import Document

    document = Document()
    _describe(document, title)
    document.add_paragraph(printable(title), style="Title")
    document.add_paragraph(_summary(len(quotes)))
    for number, (quote, testimony) in enumerate(quotes, start=1):
        document.add_paragraph(_heading(number, quote), style="Heading 2")
        document.add_paragraph(f"«\u202f{printable(quote.text)}\u202f»", style="Quote")
        document.add_paragraph(printable(quote.attribution), style="Caption")
        document.add_paragraph(
            f"Accord\u202f: {CONSENTS.get(testimony.consent, testimony.consent.value)}. Passage n° {quote.passage_id}."
        )
        if quote.cautions:
            document.add_paragraph(f"{TO_REREAD.capitalize()}\u202f:")
        for told in quote.cautions:
            document.add_paragraph(printable(told), style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def printable(text: str) -> str:
    """The text without the control characters that a Word file cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\n\t")


def _rows(quotes: ChosenQuotes) -> Iterator[tuple[Cell, ...]]:
    for number, (quote, testimony) in enumerate(quotes, start=1):
        yield (
            *(number, quote.text, quote.attribution, testimony.origin.place, testimony.origin.date, quote.subject),
            *((SENSES[quote.sense], "oui" if quote.sense_doubtful else "non") if quote.sense else (None, None)),
            *(CONSENTS.get(testimony.consent), len(quote.text.split()), quote.passage_id, cautions(quote)),
        )


def _heading(number: int, quote: Quote) -> str:
    told = f"{quote.subject}, {SENSES[quote.sense]}" if quote.subject and quote.sense else quote.subject
    if quote.sense_doubtful:
        told += f", {DOUBTFUL_SENSE}"
    return f"{number}. {told}" if told else f"Citation {number}"


def _summary(number: int) -> str:
    return (
        f"{number} citation{'s' if number > 1 else ''}, mot pour mot\u202f; une coupe est marquée «\u202f[…]\u202f». "
        "Les noms qu’on y lit sont des noms de remplacement. Un accord peut être retiré\u202f: avant de publier, "
        "revoyez la page «\u202fPublications\u202f» du site."
    )


def _describe(document: "Written", title: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    properties = document.core_properties
    properties.title, properties.language, properties.author = printable(title), "fr-FR", "voices"
    # A fixed date: the same quotes give the same document.
    properties.created = properties.modified = datetime.datetime(2000, 1, 1)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    document.styles["Quote"].font.size = Pt(14)
