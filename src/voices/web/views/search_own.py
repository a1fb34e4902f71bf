"""Codes of the evaluators' own and sub-codes, as the code book has them now."""

from voices.defining import book


def own_codes() -> list[tuple[str, str]]:
    """Id and label of each."""
    return [(one.id, one.label) for one in book().own]


def subcodes() -> list[tuple[str, str]]:
    """Id and label of each, with its code's."""
    return [(sub.id, f"{code.label}, {sub.label}") for code in book().codebook.codes for sub in code.subcodes]
