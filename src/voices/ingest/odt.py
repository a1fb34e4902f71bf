"""OpenDocument texts (.odt and flat .fodt): paragraphs and headings in order, what is beside them read or reported."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from voices.errors import ReadingError
from voices.ingest.agreeing import agreed
from voices.ingest.archive import open_document, read_member
from voices.ingest.document import Document, Parsed, ReadOptions, Stretch
from voices.ingest.tables import table_stretches
from voices.ingest.xml import local_name, parse_xml

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SPACES = re.compile(r"[ \t\r\n]+")
_DROPPED = {"forms", "sequence-decls", "user-field-decls", "variable-decls", "title", "desc", "ruby-text", "glue-point"}
_REPORTED = {
    "annotation": "Commentaires de relecture laissés de côté",
    "changed-region": "Suppressions en suivi des modifications, laissées de côté",
    "note": "Notes lues, après le paragraphe qui les appelle",
    "text-box": "Zones de texte lues",
    "table": "Tableaux lus, ligne par ligne",
}


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document; tables row by row, text boxes and notes after the paragraph that holds them.

    Raises ReadingError where the file is damaged, encrypted, or not an OpenDocument text.
    """
    del options
    content, styles = _parts(data)
    text = content.find(f".//{_OFFICE}text")
    if text is None:
        raise ReadingError("Ce fichier OpenDocument n’est pas un texte.", "Enregistrer le texte en .odt ou en .docx.")
    counts: Counter[str] = Counter()
    stretches = tuple(_blocks(text, counts))
    return Parsed((Document(stretches),), (*_report(counts), *_margins(styles)))


def _parts(data: bytes) -> tuple[etree._Element, etree._Element]:
    """The roots that hold the text and the styles: one and the same in a flat file."""
    if not data.startswith(b"PK"):
        root = parse_xml(data)
        return root, root
    with open_document(data) as archive:
        names = set(archive.namelist())
        manifest = read_member(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise ReadingError(
                "Le document est protégé par un mot de passe.", "L’ouvrir et l’enregistrer sans mot de passe."
            )
        if "content.xml" not in names:
            raise ReadingError("Ce fichier n’est pas un document OpenDocument.", "L’enregistrer à nouveau en .odt.")
        content = parse_xml(read_member(archive, "content.xml"))
        return content, parse_xml(read_member(archive, "styles.xml")) if "styles.xml" in names else content


def _blocks(container: etree._Element, counts: Counter[str]) -> Iterator[Stretch]:
    """The stretches of a text, a section, a list, a cell, a note or a text box, in document order."""
    for child in container:
        name = local_name(child)
        if name in {"p", "h"}:
            yield from _paragraph(child, counts)
        elif name == "table":
            counts["table"] += 1
            yield from table_stretches(
                [_row(row, counts) for row in child.iter(f"{_TABLE}table-row") if _own(row, child)]
            )
        elif name == "tracked-changes":
            counts["changed-region"] += len(child.findall(f"*/{_TEXT}deletion"))
        elif name == "annotation":
            counts["annotation"] += 1
        elif name and name not in _DROPPED:
            yield from _blocks(child, counts)


def _own(row: etree._Element, table: etree._Element) -> bool:
    return next(row.iterancestors(f"{_TABLE}table")) is table


def _row(row: etree._Element, counts: Counter[str]) -> list[str]:
    cells = [cell for cell in row if local_name(cell) in {"table-cell", "covered-table-cell"}]
    return ["\n".join(stretch.text for stretch in _blocks(cell, counts)) for cell in cells]


def _paragraph(paragraph: etree._Element, counts: Counter[str]) -> Iterator[Stretch]:
    aside: list[etree._Element] = []
    text = "".join(_words(paragraph, counts, aside))
    if text.strip():
        yield Stretch(text)
    for block in aside:
        yield from _blocks(block, counts)


def _words(element: etree._Element, counts: Counter[str], aside: list[etree._Element]) -> Iterator[str]:
    """The text of a paragraph; text boxes and notes met on the way are put in `aside`."""
    yield _SPACES.sub(" ", element.text or "")
    for child in element:
        yield from _inline(child, counts, aside)
        yield _SPACES.sub(" ", child.tail or "")


def _inline(child: etree._Element, counts: Counter[str], aside: list[etree._Element]) -> Iterator[str]:
    name = local_name(child)
    if name == "s":
        told = child.get(f"{_TEXT}c", "1")
        yield " " * (min(int(told), 1000) if re.fullmatch(r"\d{1,9}", told) else 1)
    elif name == "tab":
        yield "\t"
    elif name == "line-break":
        yield "\n"
    elif name == "annotation":
        counts["annotation"] += 1
    elif name in {"note", "text-box"}:
        counts[name] += 1
        body = child.find(f"{_TEXT}note-body") if name == "note" else child
        aside.extend(() if body is None else (body,))
    elif name and name not in _DROPPED:
        yield from _words(child, counts, aside)


def _report(counts: Counter[str]) -> Iterator[str]:
    for name, sentence in _REPORTED.items():
        if counts[name]:
            yield f"{sentence}\u202f: {counts[name]}."


def _margins(styles: etree._Element) -> Iterator[str]:
    pages = styles.iter(f"{_STYLE}header", f"{_STYLE}footer", f"{_STYLE}header-left", f"{_STYLE}footer-left")
    words = sum(len(" ".join(map(str, page.itertext())).split()) for page in pages)
    if words:
        yield f"En-têtes et pieds de page laissés de côté\u202f: {agreed(words, 'mot')}."
