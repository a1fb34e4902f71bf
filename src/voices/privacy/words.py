"""A text cut into words, with what names need: plain forms, what stands between, where sentences start."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from voices.privacy.lists import plain

_WORD = re.compile(
    r"[^\W\d_]{3,}(?:_\w+|\d{2,4})(?!\w)"  # what one calls oneself: « Titi69 », « Ptit_Lu_44 »
    r"|(?:[MNO]['’](?=[A-ZÀ-Þ]))?[^\W\d_]+(?:-[^\W\d_]+)*"
)
_CLOSES = ".!?…\n:"
_SKIPPED = " \t\u00a0\u202f«\"“(—–-•*’'"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `text[start:end]`; hyphens inside it, elisions (« d’ ») apart."""

    start: int
    end: int
    text: str
    plain: str

    @property
    def latin(self) -> bool:
        """Whether it is written in our alphabet."""
        return unicodedata.name(self.text[0], "").startswith("LATIN")

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital."""
        return self.text[0].isupper()


class Words:
    """The words of one text, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items = tuple(Word(m.start(), m.end(), m.group(), plain(m.group())) for m in _WORD.finditer(text))

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Word:
        return self.items[index]

    def plain(self, index: int) -> str:
        """The plain form of a word, '' outside the text."""
        return self.items[index].plain if 0 <= index < len(self.items) else ""

    def gap(self, index: int) -> str:
        """What stands between the word before and this one."""
        before = self.items[index - 1].end if index > 0 else 0
        return self.text[before : self.items[index].start] if index < len(self.items) else "\n"

    def joined(self, index: int) -> bool:
        """Whether only a space (or an apostrophe, a no-break space) parts this word from the one before."""
        return index > 0 and self.gap(index) in (" ", "\u00a0", "\u202f", "'", "’")

    def near(self, index: int) -> bool:
        """Whether no sentence ends between this word and the one before."""
        return index > 0 and not any(mark in _CLOSES for mark in self.gap(index))

    @cached_property
    def without_capitals(self) -> bool:
        """Whether nothing in it is in capitals: speech turned to text, text messages."""
        return not any(word.capital for word in self.items)

    @cached_property
    def starts(self) -> frozenset[int]:
        """Indexes of the words that start a sentence or a quotation: their capital says nothing."""
        return frozenset(index for index, word in enumerate(self.items) if self._starts(word.start))

    def _starts(self, start: int) -> bool:
        before = self.text[max(0, start - 12) : start]
        bare = before.rstrip(_SKIPPED)
        return not bare or bare[-1] in _CLOSES or any(mark in before[len(bare) :] for mark in '«“"—–•')
