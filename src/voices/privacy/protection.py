"""What protecting a testimony gives: the text without names, and apart from it, what stood for what."""

from dataclasses import dataclass

from voices.domain import Testimony


@dataclass(frozen=True, slots=True, repr=False)
class Correspondence:
    """One thing that was replaced. `kind` is a key of `Testimony.replaced`; `original` never shows in a repr."""

    kind: str
    original: str
    replacement: str

    def __repr__(self) -> str:
        return f"Correspondence(kind={self.kind}, replacement={self.replacement})"


@dataclass(frozen=True, slots=True)
class Protected:
    """A testimony that may be seen, and the table that may not: keep it apart, under a key."""

    testimony: Testimony
    correspondences: tuple[Correspondence, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` is of that kind (`personne`, `telephone`, `courriel`…). Unicode code points."""

    start: int
    end: int
    kind: str
