"""In what order to review: first the passages where a correction is likeliest, and unlike those already chosen.

The expected number of corrections of a passage is the sum, over codes, of the probability that the machine is wrong:
1 - p where it put the code, p where it did not. Over a corpus it is the number of errors that reviewing removes, which
no other order of the same probabilities removes faster (expected error reduction, Roy and McCallum 2001, where the
error is that of the coding itself). Passages that say the same thing teach the same thing: a passage counts less the
nearer it is to one before it in the queue (a greedy form of maximal marginal relevance, Carbonell and Goldstein 1998).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voices.coding.calibration import Doubles
from voices.coding.features import Floats
from voices.domain import CodedPassage, Sense

LIKENESS_WEIGHT = 0.5
"""What a passage loses when it says exactly what one before it says."""

SPREAD = 500
"""How many come first are kept unlike one another: more than anyone reviews before the coder is adapted again."""

_SAID = {Sense.PRESENCE: "présence", Sense.LACK: "manque", Sense.MIXED: "présence et manque mêlés"}


@dataclass(frozen=True, slots=True)
class ToReview:
    """A passage of the queue: how many corrections are expected of it, and why, one French sentence."""

    passage_id: str
    corrections: float
    reason: str


def order(coded: Sequence[CodedPassage], vectors: Floats) -> tuple[ToReview, ...]:
    """The passages, most useful to review first; equals in the order given.

    `vectors` is (n, dim) float32, rows L2-normalised, in the order of `coded`.
    """
    expected = np.array([_corrections(one) for one in coded])
    return tuple(
        ToReview(coded[row].passage_id, float(expected[row]), _reason(coded[row])) for row in ranked(expected, vectors)
    )


def ranked(expected: Doubles, vectors: Floats) -> list[int]:
    """Rows, highest expected corrections first; in the first ones, each is lowered by its likeness to those before."""
    centred = vectors - vectors.mean(axis=0) if len(vectors) else vectors
    directions = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    nearest = np.zeros(len(expected))
    left = np.ones(len(expected), bool)
    found: list[int] = []
    for _ in range(min(SPREAD, len(expected))):
        worth = np.where(left, expected * (1 - LIKENESS_WEIGHT * nearest), -1.0)
        best = int(np.argmax(worth))
        found.append(best)
        left[best] = False
        nearest = np.maximum(nearest, directions @ directions[best])
    rest = np.flatnonzero(left)
    return found + [int(row) for row in rest[np.argsort(-expected[rest], kind="stable")]]


def _corrections(coded: CodedPassage) -> float:
    return sum(_wrong(coded).values())


def _wrong(coded: CodedPassage) -> dict[str, float]:
    """For each code, the probability that what the machine says of it is wrong."""
    put = {one.code for one in coded.codings}
    return {code: 1 - value if code in put else value for code, value in coded.probabilities.items()}


def _reason(coded: CodedPassage) -> str:
    """The code that is likeliest to be wrong, and which way."""
    put, wrong = {one.code: one for one in coded.codings}, _wrong(coded)
    if not wrong:
        return "Aucun code n’est cherché ici."
    code = max(wrong, key=lambda one: wrong[one])
    percent = f"{100 * coded.probabilities[code]:.0f}\u202f%"
    if code in put:
        return f"La machine pose « {code} » ({_SAID[put[code].sense]}) à {percent} seulement."
    return f"La machine ne pose pas « {code} », mais ne l’écarte qu’à moitié\u202f: {percent}."
