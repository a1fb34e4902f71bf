"""Whether a text is for the coder at all: in French, and like what it learnt from. numpy only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voices.coding.features import Floats, Grams
from voices.coding.language import foreign
from voices.domain import WhyOutside
from voices.errors import ModelError

_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Border:
    """Log-odds that a text is a testimony about such a place, and the bar under which it is taken for another.

    `dense` (dim,) weighs the passage's scaled vector, `lexical` (BUCKETS,) its n-grams: float32. Context is not looked
    at: a recipe pasted among testimonies has testimonies around it.
    """

    dense: Floats
    lexical: Floats
    bias: float
    bar: float

    def odds(self, dense: Floats, grams: Sequence[Grams]) -> NDArray[np.float64]:
        """(n,) log-odds. Row by row, so that a passage's answer depends on that passage alone."""
        found = np.empty(len(grams))
        for row, (buckets, values) in enumerate(grams):
            found[row] = self.dense @ dense[row] + values @ self.lexical[buckets] + self.bias
        return found

    def crossed(self, dense: Floats, grams: Sequence[Grams]) -> NDArray[np.bool_]:
        """(n,) which texts lie outside."""
        return np.asarray(self.odds(dense, grams) < self.bar)


def unreadable(text: str) -> WhyOutside | None:
    """Why no coder of French can read the text: it has no letter (« … », a row of figures), or is in another language.

    None where one can.
    """
    if _LETTER.search(text) is None:
        return WhyOutside.WORDLESS
    return WhyOutside.FOREIGN if foreign(text) else None


def read_outside(path: Path) -> tuple[str, ...]:
    """The texts of that file, one a line. Raises ModelError when it is missing or holds none."""
    try:
        found = tuple(line for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise _missing(path) from error
    if not found:
        raise _missing(path)
    return found


def _missing(path: Path) -> ModelError:
    return ModelError(
        f"Les textes d’ailleurs manquent (« {path.name} ») : sans eux le codeur ne saurait pas dire qu’un texte"
        " n’est pas pour lui.",
        "Réinstaller voices, ou remettre corpora/outside/learn.txt à sa place.",
    )
