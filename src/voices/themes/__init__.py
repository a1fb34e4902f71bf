"""Themes: what the passages of a corpus talk about, found without being told what to look for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from voices.domain import Passage, Study, Themes
from voices.ports import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def find(
    passages: Sequence[Passage], vectors: "NDArray[np.float32]", *, seed: int, progress: Progress | None = None
) -> Themes:
    """The themes of a corpus: each passage is in one theme, or an outlier, or left out (it says nothing).

    A repeat goes where what it repeats goes. The stability of each theme is measured. The same passages, vectors and
    seed give the same themes, in whatever order the passages come.

    Args:
        passages: what was said, ids all different.
        vectors: (n_passages, dim) float32, a row a passage.
        seed: of k-means and of the draws that measure stability, the only steps where anything is drawn.
        progress: called with (passages read, passages) while words are read.

    Raises ModelError where the French pipeline is not installed.
    """
    from voices.themes import finding

    return finding.find(passages, vectors, seed=seed, progress=progress)


def tell(study: Study) -> Themes:
    """The study's themes, each described in a sentence and crossed with codes, places, periods and channels."""
    from voices.themes import telling

    return telling.told(study)
