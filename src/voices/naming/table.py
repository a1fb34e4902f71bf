"""What was replaced in a testimony of the base: where it stands, and, sealed, what it stands for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from voices.privacy import Correspondence, checking
from voices.receiving.sealing import open_names
from voices.settings import Settings
from voices.store.models import Testimony


@dataclass(frozen=True, slots=True)
class Standing:
    """`text[start:end]`, in the testimony, stands in place of something of that kind."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, repr=False)
class Replaced:
    """A pseudonym, or a mark such as « [téléphone] »: how many times it stands in the text, and what it may stand for.

    `count` is 0 for what stands in speakers' labels alone. `originals` are several where different words gave one mark.
    """

    mark: str
    kind: str
    count: int
    originals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where words are to be replaced: these stretches of the text, in order, and that many speakers' labels."""

    spans: tuple[tuple[int, int], ...]
    labels: int

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.spans) + self.labels


@dataclass(frozen=True, slots=True, repr=False)
class Names:
    """What was replaced in one testimony. `segments` tile its text and cross no turn; `labels` are its speakers'."""

    text: str
    segments: tuple[tuple[int, int], ...]
    labels: tuple[str, ...]
    correspondences: tuple[Correspondence, ...]

    @property
    def texts(self) -> list[str]:
        """Where names are looked for: the segments, then the labels."""
        return [*(self.text[start:end] for start, end in self.segments), *self.labels]

    @property
    def standing(self) -> tuple[Standing, ...]:
        """Where something was replaced in the text, in order."""
        return tuple(
            Standing(start + mark.start, start + mark.end, mark.kind)
            for start, end in self.segments
            for mark in checking.marks(self.text[start:end], self.correspondences)
        )

    @property
    def replaced(self) -> tuple[Replaced, ...]:
        """What stands in place of something, in the order of the text."""
        counts = Counter(self.text[one.start : one.end] for one in self.standing)
        in_labels = {
            label[mark.start : mark.end]
            for label in self.labels
            for mark in checking.marks(label, self.correspondences)
        }
        marks = dict.fromkeys([*counts, *sorted(in_labels)])
        return tuple(Replaced(mark, self._of(mark)[0].kind, counts[mark], self._originals(mark)) for mark in marks)

    def correspondence(self, mark: str, original: int) -> Correspondence | None:
        """What that mark stands for, by its rank among its originals; None where there is no such one."""
        found = self._of(mark)
        return found[original] if 0 <= original < len(found) else None

    def _of(self, mark: str) -> list[Correspondence]:
        return [one for one in self.correspondences if one.replacement == mark]

    def _originals(self, mark: str) -> tuple[str, ...]:
        return tuple(one.original for one in self._of(mark))


def names_of(row: Testimony, settings: Settings) -> Names:
    """What was replaced in that testimony. Raises PrivacyError where the key does not open its table."""
    return laid_out(row, open_names(row.names, settings) if row.names else ())


def laid_out(row: Testimony, correspondences: Sequence[Correspondence]) -> Names:
    """The testimony's words and labels, with what stands for what in them."""
    edges = {0, len(row.text)} | {edge for turn in row.turns for edge in turn[:2]}
    return Names(
        text=row.text,
        segments=tuple(pairwise(sorted(edges))),
        labels=tuple(dict.fromkeys(turn[3] for turn in row.turns if turn[3])),
        correspondences=tuple(correspondences),
    )


def left(row: Testimony, said: str, settings: Settings) -> int:
    """How many times these words still stand in the testimony, written with other capitals. Raises PrivacyError."""
    names = names_of(row, settings)
    return checking.left(names.texts, said, names.correspondences)


def stamp(row: Testimony) -> str:
    """What tells the testimony's words as they are from what they were or will be."""
    return sha256(f"{row.text}\0{row.turns}".encode()).hexdigest()[:20]
