"""What every reader gives, whatever the format: documents made of stretches, and what a person should know of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from voices.domain import Role
from voices.raw import Identity


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the person reading says of the files. `interviewers` are names or labels of who asks the questions.

    `columns` maps a questionnaire's column heading to its kind (« identité », « lieu », « date », « consentement »,
    « fermée », « ouverte », « ignorée »); it wins over what is recognised.
    """

    interviewers: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Stretch:
    """A paragraph, a cue or an answer. `speaker` and `role` are None where the format does not say."""

    text: str
    speaker: str | None = None
    role: Role | None = None
    empty: bool = False
    seconds: float | None = None

    def __repr__(self) -> str:
        return f"Stretch({len(self.text)} caractères)"


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """One future testimony. `key` tells documents of one file apart (a row's number, a text's rank).

    `metadata` holds values as written, under the keys `lieu`, `type_lieu`, `date`, `canal`, `consentement`.
    """

    stretches: tuple[Stretch, ...]
    key: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    identity: Identity = field(default_factory=Identity)

    def __repr__(self) -> str:
        return f"Document({self.key!r}, {len(self.stretches)} morceaux)"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The documents of one file, the facts worth showing, and what a person should check (French sentences)."""

    documents: tuple[Document, ...]
    details: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


Reader = Callable[[bytes, ReadOptions], Parsed]
"""A reader: the bytes of one file to what it holds. Raises ReadingError where it cannot be read."""
