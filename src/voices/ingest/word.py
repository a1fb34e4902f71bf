"""Word documents (.docx): every paragraph of the body in document order, what is beside it read or reported."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from voices.errors import ReadingError
from voices.ingest.agreeing import agreed
from voices.ingest.archive import open_document, read_member
from voices.ingest.document import Document, Parsed, ReadOptions, Stretch
from voices.ingest.tables import table_stretches
from voices.ingest.xml import local_name, parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_PUNCTUAL = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
_DROPPED = {"del", "moveFrom", "rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr", "instrText", "delText"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


@dataclass(slots=True)
class _Found:
    """What the walk meets beside the plain text: notes to bring in, and counts of what to report."""

    notes: dict[tuple[str, str], etree._Element]
    counts: Counter[str] = field(default_factory=Counter)


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document: body, tables row by row, text boxes and notes after the paragraph that holds them.

    Raises ReadingError where the file is damaged, encrypted, or not a Word document.
    """
    del options
    with open_document(data) as archive:
        body = _part(archive, "word/document.xml")
        if body is None:
            raise ReadingError("Ce fichier n’est pas un document Word lisible.", "L’enregistrer à nouveau en .docx.")
        found = _Found({**_notes(archive, "footnotes"), **_notes(archive, "endnotes")})
        stretches = tuple(_blocks(body, found))
        aside = tuple(_aside(archive))
    return Parsed((Document(stretches),), (*_report(found.counts), *aside))


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    if name not in archive.namelist():
        return None
    # The strict variant of the format differs by its name space alone.
    return parse_xml(read_member(archive, name).replace(_STRICT_W[1:-1].encode(), _W[1:-1].encode()))


def _notes(archive: zipfile.ZipFile, kind: str) -> dict[tuple[str, str], etree._Element]:
    root = _part(archive, f"word/{kind}.xml")
    notes = () if root is None else (note for note in root if note.get(f"{_W}type") is None)
    return {(kind, note.get(f"{_W}id", "")): note for note in notes}


def _blocks(container: etree._Element, found: _Found) -> Iterator[Stretch]:
    """The stretches of a body, a cell, a note or a text box, in document order."""
    for child in container:
        name = local_name(child)
        if name == "p":
            yield from _paragraph(child, found)
        elif name == "tbl":
            found.counts["tableau"] += 1
            yield from table_stretches([_row(row, found) for row in child.iter(f"{_W}tr") if _own(row, child, "tbl")])
        elif name == "AlternateContent":
            yield from _blocks(_alternative(child), found)
        elif name and name not in _DROPPED:
            yield from _blocks(child, found)


def _own(element: etree._Element, ancestor: etree._Element, name: str) -> bool:
    """Whether the nearest such ancestor is that one: rows of a table within a cell belong to the inner table."""
    return next(element.iterancestors(f"{_W}{name}")) is ancestor


def _row(row: etree._Element, found: _Found) -> list[str]:
    if row.find(f"{_W}trPr/{_W}del") is not None:
        found.counts["suppression"] += 1
        return []
    cells = [cell for cell in row.iter(f"{_W}tc") if _own(cell, row, "tr")]
    return ["\n".join(stretch.text for stretch in _blocks(cell, found)) for cell in cells]


def _paragraph(paragraph: etree._Element, found: _Found) -> Iterator[Stretch]:
    boxes: list[etree._Element] = []
    text = "".join(_words(paragraph, found, boxes))
    if text.strip():
        yield Stretch(text)
    for box in boxes:
        yield from _blocks(box, found)


def _words(element: etree._Element, found: _Found, boxes: list[etree._Element]) -> Iterator[str]:
    """The text of a paragraph; text boxes and notes met on the way are put aside in `boxes`."""
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _PUNCTUAL:
            yield _PUNCTUAL[name]
        elif name in _NOTES:
            _take_note(child, (_NOTES[name], child.get(f"{_W}id", "")), found, boxes)
        elif name == "txbxContent":
            found.counts["zone de texte"] += 1
            boxes.append(child)
        elif name == "AlternateContent":
            yield from _words(_alternative(child), found, boxes)
        elif name and name not in _DROPPED:
            found.counts["insertion"] += name in {"ins", "moveTo"}
            found.counts["symbole"] += name == "sym"
            yield from _words(child, found, boxes)
        else:
            found.counts["suppression"] += name in {"del", "moveFrom"}


def _take_note(mark: etree._Element, key: tuple[str, str], found: _Found, boxes: list[etree._Element]) -> None:
    note = found.notes.pop(key, None)  # taken once: notes that call each other would never end
    if note is not None and note is not mark:
        found.counts["note"] += 1
        boxes.append(note)


def _alternative(element: etree._Element) -> etree._Element:
    """One of the two writings of the same content: the modern one where it has text, else the older one."""
    choices = [child for child in element if local_name(child) in {"Choice", "Fallback"}]
    with_text = (child for child in choices if next(child.iter(f"{_W}t"), None) is not None)
    return next(with_text, choices[0] if choices else element)


def _aside(archive: zipfile.ZipFile) -> Iterator[str]:
    """What is not part of the text: headers, footers, comments."""
    names = [name for name in archive.namelist() if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name)]
    parts = [part for name in sorted(names) if (part := _part(archive, name)) is not None]
    words = sum(len(" ".join(node.text or "" for node in part.iter(f"{_W}t")).split()) for part in parts)
    if words:
        yield f"En-têtes et pieds de page laissés de côté\u202f: {agreed(words, 'mot')}."
    comments = _part(archive, "word/comments.xml")
    if comments is not None and len(comments):
        yield f"Commentaires de relecture laissés de côté\u202f: {len(comments)}."


def _report(counts: Counter[str]) -> Iterator[str]:
    sentences = {
        "insertion": "Insertions en suivi des modifications, lues",
        "suppression": "Suppressions en suivi des modifications, laissées de côté",
        "tableau": "Tableaux lus, ligne par ligne",
        "zone de texte": "Zones de texte lues",
        "note": "Notes lues, après le paragraphe qui les appelle",
        "symbole": "Symboles dessinés par une police, laissés de côté",
    }
    for kind, sentence in sentences.items():
        if counts[kind]:
            yield f"{sentence}\u202f: {counts[kind]}."
