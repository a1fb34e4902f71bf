"""Timed words (subtitles, transcribers) joined into stretches: one for what a speaker says in one go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from voices.ingest.document import Stretch
from voices.ingest.labels import read_labels

PAUSE = 2.0
"""Seconds of silence that end a line inside a turn, so that unpunctuated speech can be cut there."""


@dataclass(frozen=True, slots=True, repr=False)
class Cue:
    """Words with when they begin and end (seconds, None where not told) and who says them."""

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None


def join_cues(cues: Sequence[Cue]) -> tuple[Stretch, ...]:
    """Consecutive cues of one speaker as one stretch, joined by a space, or by a line end after a long pause
    and before a dash.

    Where no cue names its speaker, labels typed in the words are looked for (Zoom), and last until the next one.
    """
    cues = [cue for cue in cues if cue.text.strip()]
    if not any(cue.speaker for cue in cues):
        cues = _labelled(cues)
    return tuple(_joined(list(group)) for _, group in groupby(cues, key=lambda cue: cue.speaker))


def carry_speakers(cues: Iterable[Cue]) -> list[Cue]:
    """The cues, those without a speaker given the one before: many files name a speaker only when it changes."""
    carried: list[Cue] = []
    for cue in cues:
        speaker = cue.speaker or (carried[-1].speaker if carried else None)
        carried.append(replace(cue, speaker=speaker))
    return carried


def _labelled(cues: Sequence[Cue]) -> list[Cue]:
    found = [
        replace(cues[line.source], text=line.text, speaker=line.speaker)
        for line in read_labels([cue.text for cue in cues])
    ]
    return [cue for cue in carry_speakers(found) if cue.text.strip()]


def _joined(cues: Sequence[Cue]) -> Stretch:
    text = cues[0].text.strip()
    for before, cue in pairwise(cues):
        apart = _pause(before, cue) > PAUSE or cue.text.lstrip().startswith(("- ", "– ", "— "))
        text += ("\n" if apart else " ") + cue.text.strip()
    return Stretch(text, speaker=cues[0].speaker, seconds=cues[0].start)


def _pause(before: Cue, after: Cue) -> float:
    end = before.start if before.end is None else before.end
    return 0.0 if end is None or after.start is None else after.start - end
