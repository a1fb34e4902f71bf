"""Plain text and Markdown: front matter, then paragraphs, kept as written."""

import re
from collections.abc import Sequence
from itertools import pairwise

from voices.ingest.document import Document, Parsed, ReadOptions, Stretch
from voices.ingest.encodings import decode
from voices.ingest.metadata import front_matter

_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<lines>(?:[^\n]*\n){0,40}?)---[ \t]*(?:\n|\Z)")
_OPENED = re.compile(r"\A\s*---[ \t]*\n(?P<line>[^\n]*)")
_UNCLOSED = "L’en-tête ouvert par «\u202f---\u202f» n’est pas fermé\u202f: il est lu comme du texte."
_WRAPPED = range(50, 86)  # where typewriters, mail programs and editors cut lines


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document, a stretch a line (or a paragraph, where lines were cut at a fixed width)."""
    del options
    decoded = decode(data)
    text = re.sub("\r\n|[\r\u2028\u2029\x0b\x0c\x85]", "\n", decoded.text)
    front = _FRONT.match(text)
    head = front_matter(front["lines"].splitlines() if front else ())
    body = text[front.end() :] if front and head.metadata else text
    stretches = tuple(Stretch(paragraph) for paragraph in paragraphs(body.split("\n")))
    document = Document(stretches, metadata=head.metadata, identity=head.identity)
    unclosed = () if front or not _opens_a_header(text) else (_UNCLOSED,)
    return Parsed((document,), decoded.details + head.details, decoded.warnings + head.warnings + unclosed)


def _opens_a_header(text: str) -> bool:
    opened = _OPENED.match(text)
    return opened is not None and bool(front_matter((opened["line"],)).metadata)


def paragraphs(lines: Sequence[str]) -> list[str]:
    """The lines that hold something, those cut at a fixed width put together again."""
    if not _hard_wrapped(lines):
        return [line for line in lines if line.strip()]
    joined: list[str] = []
    open_paragraph = False
    for line in lines:
        if open_paragraph and line.strip() and not _starts_anew(line):
            joined[-1] = f"{joined[-1].rstrip()} {line.strip()}"
        elif line.strip():
            joined.append(line)
        open_paragraph = len(line.rstrip()) >= _WRAPPED.start
    return joined


def _hard_wrapped(lines: Sequence[str]) -> bool:
    """Whether most sentences run over the line end, no line being longer than a typewriter's."""
    filled = [line.rstrip() for line in lines if line.strip()]
    if len(filled) < 4 or max(map(len, filled)) >= _WRAPPED.stop:
        return False
    full = [line for line, after in pairwise(filled) if _runs_on(line, after)]
    return len(full) >= max(3, 0.4 * len(filled))


def _runs_on(line: str, after: str) -> bool:
    return len(line) in _WRAPPED and line[-1] not in ".!?…:»" and not _starts_anew(after)


def _starts_anew(line: str) -> bool:
    """A dash, a bullet, an indent or a speaker's label opens a paragraph of its own."""
    return bool(re.match(r"\s{2,}|\s*[-–—•*>\[]|\s*[^\W_][\w .'’-]{0,30}\s?:\s|\s*\d+[.)]\s", line))
