"""Rich text (.rtf): bytes read one for one, code pages checked against French, tables row by row."""

import re
from collections.abc import Iterator
from itertools import groupby

from striprtf.striprtf import rtf_to_text

from voices.errors import ReadingError
from voices.ingest.document import Document, Parsed, ReadOptions, Stretch
from voices.ingest.encodings import LABELS, LEGACY, french_likelihood
from voices.ingest.tables import table_stretches

MAX_SIZE = 20_000_000  # characters of text and layout, pictures taken out
_PICTURE = re.compile(r"[0-9a-fA-F\s]{2000,}|\\bin\d+ ")
_CHARSET = re.compile(r"\\(mac|pca|pc)(?![a-z])")
_CODE_PAGE = re.compile(r"\\ansicpg\d+")
_CHARSETS = {"mac": "mac_roman", "pca": "cp850", "pc": "cp850"}
_UNLIKELY = -4.5  # mean log-likelihood under which accents are not where French puts them


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document, a stretch a paragraph. Raises ReadingError where it is damaged or too large to be a text."""
    del options
    source = _PICTURE.sub("", data.decode("latin-1"))
    if len(source) > MAX_SIZE:
        raise ReadingError("Le fichier RTF est trop gros pour être un texte.", "L’enregistrer en .docx ou en .txt.")
    text, code_page = _text(source)
    warnings = list(_warnings(source, text))
    if french_likelihood(text) < _UNLIKELY:
        text, code_page = max(_other_readings(source), key=lambda reading: french_likelihood(reading[0]))
        warnings.append("L’encodage annoncé par le fichier ne donnait pas du français\u202f: vérifier les accents.")
    details = (f"Encodage\u202f: {LABELS.get(code_page, code_page)}.",)
    return Parsed((Document(tuple(_stretches(text))),), details, tuple(warnings))


def _text(source: str) -> tuple[str, str]:
    """The text and the encoding of its bytes: the one announced, else that of the family announced."""
    page = re.search(r"\\ansicpg(\d+)", source[:2000])
    family = _CHARSET.search(source[:200])
    encoding = _CHARSETS[family[1]] if family else "cp1252"
    named = "mac_roman" if page and page[1] == "10000" else f"cp{page[1]}" if page else encoding
    return _stripped(source, encoding), named


def _stripped(source: str, encoding: str) -> str:
    try:
        return str(rtf_to_text(source, encoding=encoding, errors="replace"))
    except Exception as error:  # what striprtf does of a damaged file has no bounds of its own
        raise ReadingError("Le fichier RTF est abîmé.", "Le rouvrir et l’enregistrer à nouveau.") from error


def _other_readings(source: str) -> Iterator[tuple[str, str]]:
    """The text with the announced code page first, then with each of those French files are really written in."""
    yield _text(source)
    bare = _CODE_PAGE.sub("", source)
    for encoding in LEGACY:
        yield _stripped(bare, encoding), encoding


def _stretches(text: str) -> Iterator[Stretch]:
    """Lines that end with a bar are the rows of a table: striprtf puts one after each cell."""
    for is_row, lines in groupby(text.splitlines(), key=lambda line: line.rstrip().endswith("|")):
        if is_row:
            yield from table_stretches([line.rstrip()[:-1].split("|") for line in lines])
        else:
            yield from (Stretch(line) for line in lines if line.strip())


def _warnings(source: str, text: str) -> Iterator[str]:
    if re.search(r"\\(?:deleted|revised)(?![a-z0-9])", source):
        yield "Le fichier porte un suivi des modifications\u202f: des passages supprimés peuvent avoir été lus."
    if source.count("{") - source.count("\\{") != source.count("}") - source.count("\\}"):
        yield "Le fichier RTF paraît coupé ou abîmé\u202f: vérifier que le texte est entier."
    if "\N{REPLACEMENT CHARACTER}" in text:
        yield "Des caractères n’ont pas pu être lus\u202f: ils sont remplacés par «\u202f�\u202f»."
