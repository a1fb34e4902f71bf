"""Letters without what a reader looks past: accents, capitals, punctuation."""

import unicodedata


def without_accents(text: str) -> str:
    """The text, its accents and other marks gone; its case and ligatures stay."""
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


def bare(text: str) -> str:
    """Its words alone: case, accents and width folded, all that is no letter or digit gone, a space between words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one if one.isalnum() else " " for one in letters if not unicodedata.combining(one)).split())
