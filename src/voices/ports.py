"""The seams: small Protocols that rooms satisfy without knowing each other."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from voices.domain import CodedPassage, Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]
"""Called with (done, total) while something long goes on."""

Span = tuple[int, int]
"""A stretch of a text in code points, start inclusive, end exclusive."""


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


@runtime_checkable
class SplittingEncoder(Encoder, Protocol):
    """An encoder that can tell, in the pass that makes a vector, what each stretch of the text brings to it."""

    @property
    def splits(self) -> bool:
        """Whether it can: that depends on the model it holds."""

    def encode_parts(
        self, texts: Sequence[str], spans: Sequence[Sequence[Span]], *, progress: Progress | None = None
    ) -> tuple["NDArray[np.float32]", list["NDArray[np.float32]"]]:
        """The vectors, as `encode` gives them, and for each text the (n_spans, dim) float32 parts of its spans.

        The parts of spans that tile a text, and that of what is read around it, add up to its vector.
        """


class Coder(Protocol):
    """Puts codes on passages."""

    @property
    def identity(self) -> str:
        """Name and revision of the coder, as written in reports."""

    def code(
        self, passages: Sequence[Passage], encoder: Encoder, *, progress: Progress | None = None
    ) -> tuple[CodedPassage, ...]:
        """One CodedPassage a passage, in the order given. `progress` counts the texts that the encoder reads."""

    def describe(self) -> dict[str, str]:
        """French label to French sentence, for the method section of a report: name, data, figures, limits."""
