"""A letter for a word processor: paragraphs, a list of things, what is asked."""

import datetime
import io
from collections.abc import Sequence

from voices.exchange.chosen import printable


def docx(
    title: str, before: Sequence[str], things: Sequence[str], asking: str, asked: Sequence[str], after: Sequence[str]
) -> bytes:
    """The document, in real styles: the same letter gives the same text."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document()
    properties = document.core_properties
    properties.title, properties.language, properties.author = printable(title), "fr-FR", "voices"
    properties.created = properties.modified = datetime.datetime(2000, 1, 1)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    document.add_paragraph("À compléter\u202f: destinataire, adresse", style="Intense Quote")
    document.add_paragraph(f"Objet\u202f: {printable(title[0].lower() + title[1:])}", style="Heading 2")
    for text in before:
        document.add_paragraph(printable(text))
    for text in things:
        document.add_paragraph(printable(text), style="List Bullet")
    document.add_paragraph(printable(asking))
    for text in asked:
        document.add_paragraph(printable(text), style="List Number")
    for text in after:
        document.add_paragraph(printable(text))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
