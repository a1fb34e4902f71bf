"""The seams: small Protocols that rooms satisfy without knowing each other."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from voices.domain import CodedPassage, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]
"""Called with (done, total) while something long goes on."""


class Encoder(Protocol):
    """Turns texts into vectors. A text's vector depends on that text alone, never on its neighbours."""

    @property
    def identity(self) -> str:
        """Name, revision, prefix and variant: two encoders of one identity give the same vectors."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> "NDArray[np.float32]":
        """(n_texts, dim) float32, rows L2-normalised, in the order given."""


class Coder(Protocol):
    """Puts codes on passages."""

    @property
    def identity(self) -> str:
        """Name and revision of the coder, as written in reports."""

    def code(self, passages: Sequence[Passage], encoder: Encoder) -> tuple[CodedPassage, ...]:
        """One CodedPassage a passage, in the order given."""

    def describe(self) -> dict[str, str]:
        """French label to French sentence, for the method section of a report: name, data, figures, limits."""
