"""Words: which ones set apart, which go together, where they are said. The measures of textual data analysis.

Lafon's specificities, concordances, co-occurrences, correspondence analysis, on the words of passages.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from voices.domain import Passage
from voices.ports import Progress

if TYPE_CHECKING:
    from voices.lexicon.words import Words


def read(passages: Sequence[Passage], *, progress: Progress | None = None) -> "Words":
    """The words of the passages, in the order given: forms, lemmas, parts of speech, places in the text.

    Raises ModelError where the French pipeline is not installed.
    """
    from voices.lexicon import words

    return words.read(passages, progress=progress)
