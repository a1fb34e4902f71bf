"""Web pages (.html): blocks make paragraphs, inline elements do not; scripts and styles are dropped."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from voices.ingest.characters import words
from voices.ingest.document import Document, Parsed, ReadOptions, Stretch
from voices.ingest.encodings import Decoded, decode, without_nuls
from voices.ingest.tables import table_stretches

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# Python knows more codecs than pages are written in: some are slow, some are no encoding of a text at all.
_WRITTEN_IN = re.compile(
    r"utf-?(?:8|16|32)(?:-?[lb]e)?|(?:windows|cp|ibm)-?\d{3,4}|iso-?8859-?\d{1,2}|latin-?\d{1,2}|mac(?:intosh|_?roman)?"
    r"|koi8-[ru]|gb(?:k|2312|18030)|big5|euc-(?:jp|kr)|shift_jis"
)
_OPENED, _CLOSED = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE), re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")  # a single space needs no work
_DROPPED = words("head script style template noscript svg iframe object canvas -comment")
_INLINE = words(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q ruby s samp small span
    strike strong sub sup time tt u var wbr"""
)


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document, a stretch a block, a line of <pre>, or a row of a table."""
    del options
    decoded = without_nuls(_decoded(data))
    tree = LexborHTMLParser(decoded.text)
    stretches = tuple(_stretches(tree.body)) if tree.body is not None else ()
    cut = _OPENED.search(decoded.text) is not None and _CLOSED.search(decoded.text) is None
    warnings = ("La page paraît coupée\u202f: vérifier que le texte est entier.",) if cut else ()
    return Parsed((Document(stretches),), decoded.details, (*decoded.warnings, *warnings))


def _decoded(data: bytes) -> Decoded:
    """The page in the encoding it declares, where that one can read it; else in the one that gives French."""
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    # Browsers read « iso-8859-1 » as cp1252, and pages are written to be read by browsers.
    name = "cp1252" if name in {"iso-8859-1", "latin1", "latin-1", "windows-1252", "us-ascii"} else name
    if _WRITTEN_IN.fullmatch(name) and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return Decoded(data.decode(name), name, (f"Encodage\u202f: {name}, déclaré par la page.",))
        except (UnicodeError, LookupError):
            return _doubtful(data)
    return _doubtful(data) if name and not _WRITTEN_IN.fullmatch(name) else decode(data)


def _doubtful(data: bytes) -> Decoded:
    found = decode(data)
    doubt = "La page déclare un encodage qui n’est pas le sien\u202f: vérifier les lettres accentuées."
    return Decoded(found.text, found.encoding, found.details, (*found.warnings, doubt))


def _stretches(body: LexborNode) -> Iterator[Stretch]:
    """A walk without recursion: pages may be nested deeper than Python allows."""
    pending: list[str] = []
    todo: list[tuple[LexborNode | None, bool]] = [(body, False)]
    while todo:
        node, verbatim = todo.pop()
        name = "" if node is None else node.tag or ""
        if node is None or name not in _INLINE | {"-text", "br"}:
            yield from _flushed(pending, verbatim=verbatim)
        if node is None or name in _DROPPED or name.startswith(("_", "!")):
            continue
        if name == "-text":
            pending.append(_text(node, verbatim=verbatim))
        elif name == "br":
            pending.append("\n")
        elif name == "table" and node.css_first("table table") is None:
            yield from table_stretches([_row(row) for row in node.css("tr")])
        else:
            verbatim_below = verbatim or name == "pre"
            if name not in _INLINE:
                todo.append((None, verbatim_below))
            todo.extend((child, verbatim_below) for child in reversed(list(node.iter(include_text=True))))
    yield from _flushed(pending, verbatim=False)


def _text(node: LexborNode, *, verbatim: bool) -> str:
    text = node.text_content or ""
    return text if verbatim else _SPACES.sub(" ", text)


def _flushed(pending: list[str], *, verbatim: bool) -> Iterator[Stretch]:
    """The paragraph read so far, if any; within <pre>, each of its lines."""
    text = "".join(pending)
    pending.clear()
    if not verbatim:
        text = re.sub(" {2,}", " ", text).replace(" \n", "\n").replace("\n ", "\n").strip(" \n")
    yield from (Stretch(line) for line in (text.split("\n") if verbatim else [text]) if line.strip())


def _row(row: LexborNode) -> list[str]:
    return ["\n".join(stretch.text for stretch in _stretches(cell)) for cell in row.css("td, th")]
