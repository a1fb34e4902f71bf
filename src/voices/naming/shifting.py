"""A text some stretches of which are written anew: where each place of it then is."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` becomes `instead`."""

    start: int
    end: int
    instead: str


class Shift:
    """Edits of one text, apart from each other, and what they do to offsets."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self.edits = tuple(sorted(edits, key=lambda edit: edit.start))
        if any(one.end > other.start for one, other in pairwise(self.edits)):
            raise ValueError("edits overlap")
        self._starts = [edit.start for edit in self.edits]
        self._begun: list[int] = []
        grown = 0
        for edit in self.edits:
            self._begun.append(edit.start + grown)
            grown += len(edit.instead) - (edit.end - edit.start)

    def text(self, text: str) -> str:
        """The text, once edited."""
        pieces, at = [], 0
        for edit in self.edits:
            pieces += [text[at : edit.start], edit.instead]
            at = edit.end
        return "".join([*pieces, text[at:]])

    def place(self, offset: int) -> int:
        """Where that offset then is; inside an edit, as far from its start as its new words allow."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        edit, begun = self.edits[index], self._begun[index]
        if offset >= edit.end:
            return begun + len(edit.instead) + offset - edit.end
        return begun + min(offset - edit.start, len(edit.instead))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where that stretch then is."""
        return self.place(start), self.place(end)
