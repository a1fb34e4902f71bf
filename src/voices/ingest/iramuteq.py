"""IRaMuTeQ's corpus: one text file, each text opened by `****` and its starred variables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from voices.errors import ReadingError
from voices.ingest.document import Document, Parsed, ReadOptions, Stretch
from voices.ingest.encodings import decode

_MARKER = re.compile(r"^\*\*\*\*(?:\s|$)|^\d{4}\s+(?=.*\*)")
_THEME = re.compile(r"^-\*\S+\s*$")
_VARIABLE = re.compile(r"\*(?P<name>[^\s_*]+)(?:_(?P<value>\S*))?")
_METADATA = {
    "lieu": "lieu",
    "place": "lieu",
    "ville": "lieu",
    "site": "lieu",
    "typelieu": "type_lieu",
    "typedelieu": "type_lieu",
    "date": "date",
    "annee": "date",
    "année": "date",
    "an": "date",
    "canal": "canal",
    "source": "canal",
    "consentement": "consentement",
    "canaux": "canaux",
    "jusquau": "jusqu_au",
}


@dataclass(slots=True, repr=False)
class _Text:
    variables: dict[str, str]
    lines: list[str] = field(default_factory=list)


def is_iramuteq(text: str) -> bool:
    """Whether a plain text is an IRaMuTeQ corpus: its first written line, or three lines, open texts."""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    stars = [line for line in lines if line.startswith("****") and _MARKER.match(line)]
    return bool(lines) and (lines[0] in stars or len(stars) >= 3)


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document a text, its starred variables as metadata where they tell a place, a date, a channel, a consent.

    Raises ReadingError where no text is opened.
    """
    del options
    decoded = decode(data)
    lines = re.split("\r\n|[\r\n]", decoded.text.removeprefix("\ufeff"))
    before, texts = _texts(lines)
    if not texts:
        raise ReadingError(
            "Ce corpus n’ouvre aucun texte.",
            "Chaque texte doit commencer par une ligne «\u202f**** *variable_valeur\u202f».",
        )
    documents = tuple(_document(text, rank) for rank, text in enumerate(texts, start=1))
    words = sum(len(line.split()) for line in before)
    outside = (f"{words} mots avant le premier «\u202f****\u202f» n’appartiennent à aucun texte et ne sont pas lus.",)
    empty = sum(not document.stretches for document in documents)
    hollow = (f"Textes vides\u202f: {empty}.",) if empty else ()
    warnings = (*decoded.warnings, *(outside if words else ()), *hollow)
    filled = tuple(document for document in documents if document.stretches)
    return Parsed(filled, (*decoded.details, *_details(texts, lines)), warnings)


def _texts(lines: Sequence[str]) -> tuple[list[str], list[_Text]]:
    """The lines before the first marker, and the texts."""
    before: list[str] = []
    texts: list[_Text] = []
    for line in lines:
        if _MARKER.match(line):
            found = _VARIABLE.finditer(_MARKER.sub("", line))
            texts.append(_Text({one["name"].casefold(): one["value"] or "" for one in found}))
        elif not _THEME.match(line):
            (texts[-1].lines if texts else before).append(line)
    return before, texts


def _document(text: _Text, rank: int) -> Document:
    known = ((_METADATA[name], value) for name, value in text.variables.items() if name in _METADATA and value)
    metadata: dict[str, str] = {}
    for name, value in known:
        metadata.setdefault(name, value.replace("_", "-" if name == "date" else " "))
    stretches = tuple(Stretch(line.strip()) for line in text.lines if line.strip())
    return Document(stretches, key=f"t{rank:03d}", metadata=metadata)


def _details(texts: Sequence[_Text], lines: Sequence[str]) -> Iterator[str]:
    yield f"Textes du corpus\u202f: {len(texts)}."
    names = sorted({name for text in texts for name in text.variables} - _METADATA.keys())
    if names:
        yield f"Variables étoilées non reprises\u202f: {', '.join(f'*{name}' for name in names[:20])}."
    themes = sum(_THEME.match(line) is not None for line in lines)
    if themes:
        yield f"Lignes de thématique («\u202f-*\u202f»), ôtées du texte\u202f: {themes}."
