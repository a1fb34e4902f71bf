"""In what order to review: first the passages where most corrections are expected.

What is expected of a passage is the sum, over codes, of the probability that the machine is wrong: that the code is not
there, or has another sense, where it put one; that it is there, where it put none. Over a corpus it is the number of
errors that reviewing removes, which no other order of the same probabilities is expected to remove faster (expected
error reduction, Roy and McCallum 2001, where the error is that of the coding itself). Other orders were tried
(docs/review.md): to keep passages of the queue unlike one another makes it slower.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voices.domain import OUTSIDE, CodedPassage, Coding, Sense, WhyOutside

_SAID = {Sense.PRESENCE: "présence", Sense.LACK: "manque", Sense.MIXED: "présence et manque mêlés"}


@dataclass(frozen=True, slots=True)
class ToReview:
    """A passage of the queue: how many corrections are expected of it, and why, one French sentence."""

    passage_id: str
    corrections: float
    reason: str


def order(coded: Sequence[CodedPassage]) -> tuple[ToReview, ...]:
    """The passages, most useful to review first; equals in the order given."""
    queue = [ToReview(one.passage_id, sum(_wrong(one).values()), _reason(one)) for one in coded]
    return tuple(sorted(queue, key=lambda one: -one.corrections))


def _wrong(coded: CodedPassage) -> dict[str, float]:
    """For each code, the probability that what the machine says of it is wrong."""
    put = {one.code: one for one in coded.codings}
    return {
        code: 1 - value * put[code].sense_probability if code in put else value
        for code, value in coded.probabilities.items()
    }


def _reason(coded: CodedPassage) -> str:
    """The code that is likeliest to be wrong, and which way; or that none was looked for."""
    if coded.outside:
        why = coded.why or WhyOutside.UNLIKE
        return f"{OUTSIDE.capitalize()} : {why}, et la machine n’y pose aucun code."
    put, wrong = {one.code: one for one in coded.codings}, _wrong(coded)
    if not wrong:
        return "Aucun code n’est cherché ici."
    code = max(wrong, key=lambda one: wrong[one])
    if code not in put:
        doubt = _percent(coded.probabilities[code])
        return f"La machine ne pose pas « {code} », mais ne l’écarte qu’à moitié\u202f: {doubt}."
    return _doubted(put[code])


def _doubted(put: Coding) -> str:
    """Why a code that was put is doubtful: the code itself, or its sense where that is the less sure."""
    said = f"La machine pose « {put.code} » ({_SAID[put.sense]})"
    if put.sense_probability < put.probability:
        return f"{said}, mais n’est sûre du sens qu’à {_percent(put.sense_probability)}."
    return f"{said} à {_percent(put.probability)} seulement."


def _percent(value: float) -> str:
    return f"{100 * value:.0f}\u202f%"
