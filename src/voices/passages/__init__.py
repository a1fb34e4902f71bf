"""Testimonies -> passages: 1 to 5 sentences, one idea, within a turn, at exact offsets."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from voices.domain import Passage, Role, Testimony, Turn
from voices.ports import Progress

if TYPE_CHECKING:
    from voices.passages.sentences import Unit

_BATCH = 20
"""Testimonies cut at once, between two reports of progress."""

__all__ = ["cut"]


def cut(
    testimonies: Sequence[Testimony],
    *,
    progress: Progress | None = None,
) -> tuple[Passage, ...]:
    """The passages of the witnesses' turns, in order; the interviewer's turns and the empty ones give none.

    Every character of those turns but white space is in exactly one passage. A passage crosses no turn and holds at
    most 90 words. `question` is given to the first passage after an interviewer's turn, `previous` to the others of
    the same answer. `progress` counts testimonies.

    Raises ModelError where the French pipeline is not installed.
    """
    found: list[Passage] = []
    for first in range(0, len(testimonies), _BATCH):
        batch = testimonies[first : first + _BATCH]
        found += _cut_batch(batch)
        if progress:
            progress(first + len(batch), len(testimonies))
    return tuple(found)


def _cut_batch(testimonies: Sequence[Testimony]) -> Iterator[Passage]:
    from voices.passages.sentences import units

    spoken = [(t, i) for t in testimonies for i, turn in enumerate(t.turns) if _is_coded(turn)]
    texts = [t.text[t.turns[i].start : t.turns[i].end] for t, i in spoken]
    last: Passage | None = None
    for (testimony, index), text, found in zip(spoken, texts, units(texts), strict=True):
        for spans in _passages_of_turn(text, found):
            last = _passage(testimony, index, spans, last)
            yield last


def _is_coded(turn: Turn) -> bool:
    return turn.role is Role.WITNESS and not turn.empty


def _passages_of_turn(text: str, units: Sequence["Unit"]) -> Iterator[tuple[tuple[int, int], ...]]:
    """The sentence spans of each passage of a turn, as offsets in the turn's text."""
    from voices.passages.boundaries import cut_turn, shipped_weights

    if not units:
        return
    for first, past in pairwise([0, *cut_turn(text, units, shipped_weights()), len(units)]):
        yield tuple((unit.start, unit.end) for unit in units[first:past])


def _passage(testimony: Testimony, index: int, spans: Sequence[tuple[int, int]], last: Passage | None) -> Passage:
    turn = testimony.turns[index]
    sentences = tuple((turn.start + start, turn.start + end) for start, end in spans)
    start, end = sentences[0][0], sentences[-1][1]
    if last is not None and last.testimony_id != testimony.id:
        last = None
    number = last.number + 1 if last else 1
    return Passage(
        id=f"{testimony.id}-p{number:03d}",
        testimony_id=testimony.id,
        number=number,
        start=start,
        end=end,
        text=testimony.text[start:end],
        turn=index,
        sentences=sentences,
        speaker=turn.speaker,
        question=None if last and last.turn == index else _question(testimony, index),
        previous=last.text if last and _same_answer(testimony, last.turn, index) else None,
    )


def _question(testimony: Testimony, index: int) -> str | None:
    """What the interviewer said just before a turn."""
    before = testimony.turns[index - 1] if index else None
    if before is None or before.role is not Role.INTERVIEWER:
        return None
    return testimony.text[before.start : before.end].strip() or None


def _same_answer(testimony: Testimony, earlier: int, index: int) -> bool:
    """Whether one person speaks from one turn to the other, nobody else in between."""
    turns = testimony.turns[earlier : index + 1]
    return all(turn.role is Role.WITNESS and turn.speaker == turns[0].speaker for turn in turns)
