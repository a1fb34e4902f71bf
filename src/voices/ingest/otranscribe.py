"""oTranscribe's .otr: JSON around HTML; speakers are typed in the words, times stand among them."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from voices.errors import ReadingError
from voices.ingest.document import Document, Parsed, ReadOptions, Stretch
from voices.ingest.encodings import decode
from voices.ingest.json_text import loaded

_BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "blockquote", "tr"})
_TIME = "\x00"
"""Stands for a timestamp in the flow of the words, its seconds between two of it; the readers strip NUL from text."""


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document, a stretch a line; its seconds are those of the first timestamp in it.

    Raises ReadingError where this is not an oTranscribe file.
    """
    del options
    decoded = decode(data)
    flow = "".join(_flow(_html(decoded.text)))
    stretches = tuple(stretch for line in flow.split("\n") if (stretch := _stretch(line)))
    return Parsed((Document(stretches),), decoded.details, decoded.warnings)


def _html(text: str) -> str:
    try:
        found = loaded(text)
    except (ValueError, RecursionError) as error:
        raise ReadingError(
            "Ce fichier .otr n’est pas du JSON bien formé.", "L’exporter à nouveau depuis oTranscribe."
        ) from error
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise ReadingError(
            "Ce fichier .otr ne contient pas de transcription.", "L’exporter à nouveau depuis oTranscribe."
        )
    return str(found["text"]).replace(_TIME, "")


def _flow(markup: str) -> Iterator[str]:
    body = LexborHTMLParser(markup).body
    for node in body.traverse(include_text=True) if body is not None else ():
        if node.is_text_node:
            if not _in_timestamp(node):
                yield re.sub(r"[\n\r\t ]+", " ", node.text_content or "")
        elif "timestamp" in ((node.attributes or {}).get("class") or "").split():
            yield f"{_TIME}{(node.attributes or {}).get('data-timestamp') or node.text()}{_TIME}"
        elif node.tag in _BLOCKS:
            yield "\n"


def _in_timestamp(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and "timestamp" in ((parent.attributes or {}).get("class") or "").split()


def _stretch(line: str) -> Stretch | None:
    first, *others = line.split(_TIME)
    times, words = others[::2], [first, *others[1::2]]
    text = re.sub(" {2,}", " ", " ".join(words)).strip()
    seconds = next((at for at in map(_seconds, times) if at is not None), None)
    return Stretch(text, seconds=seconds) if text else None


def _seconds(stamp: str) -> float | None:
    if not re.fullmatch(r"\s*(?:\d{1,9}:){0,2}\d{1,9}(?:\.\d+)?\s*", stamp):
        return None
    parts = stamp.strip().split(":")
    return sum(float(part) * unit for part, unit in zip(reversed(parts), (1, 60, 3600), strict=False))
