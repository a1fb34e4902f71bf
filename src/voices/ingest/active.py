"""What a document carries besides its words that would act where it is opened: scripts, macros, objects, actions."""

import re

_ACTIVE = {
    "html": re.compile(
        rb"<(?:script|iframe|object|embed)[\s>]|http-equiv\s*=\s*[\"']?refresh|javascript:", re.IGNORECASE
    ),
    "pdf": re.compile(rb"/JavaScript\b|/Launch\b"),
    "rtf": re.compile(rb"\\(?:object|objdata|includetext)(?![a-z])|INCLUDE(?:TEXT|PICTURE)|DDE(?:AUTO)?\b"),
    "word": re.compile(rb"word/(?:vbaProject\.bin|embeddings/|activeX/)"),
    "odt": re.compile(rb"Basic/script-lb|Object 1/|ObjectReplacements/"),
    "questionnaire": re.compile(rb"xl/(?:vbaProject\.bin|embeddings/|activeX/)"),
}
"""Patterns of bytes; of packages, the names of members, which stand in clear."""


def active(data: bytes, leaf: str) -> str | None:
    """What to say of it, for the document that the reader `leaf` reads; None where nothing is seen."""
    pattern = _ACTIVE.get(leaf)
    if pattern is None or pattern.search(data) is None:
        return None
    return "Le fichier contient un script, une macro ou un objet incorporé\u202f: rien n’en a été lu ni exécuté."
