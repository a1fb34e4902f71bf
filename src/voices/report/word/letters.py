"""What a word processor can bear of a text: XML takes no control characters, and no sign may turn a line around."""

import re

_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def fit(words: str) -> str:
    """The words without what a DOCX cannot hold."""
    return _UNFIT.sub("", words)
