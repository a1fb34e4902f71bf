"""Tables laid out by hand in a document: who speaks and what is said, question and answer, or plain rows."""

import re
from collections.abc import Sequence

from voices.domain import Role
from voices.ingest.characters import folded, words
from voices.ingest.document import Stretch

_TIME = re.compile(r"\W*(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,]\d+)?\W*")
_HEADINGS = words(
    """locuteur locutrice locuteurs intervenant intervenants qui personne parole speaker nom temps minutage heure
    texte propos transcription verbatim question questions reponse reponses parle contenu"""
)


def table_stretches(rows: Sequence[Sequence[str]]) -> tuple[Stretch, ...]:
    """What a table says, row by row; its first column gives the speakers or the questions where it plainly does."""
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    timed = bool(filled) and all(len(row) == 3 and _TIME.fullmatch(row[0] or "0:00") for row in _body(filled))
    pairs = [row[-2:] for row in _body(filled)]
    if filled and (timed or all(len(row) == 2 for row in filled)):
        if _are_speakers([speaker for speaker, _ in pairs]):
            times = [_seconds(row[0]) if timed else None for row in _body(filled)]
            return _spoken(pairs, times)
        if not timed and _are_questions([question for question, _ in pairs]):
            return tuple(stretch for question, answer in pairs for stretch in _answered(question, answer))
    return tuple(Stretch(cell) for row in filled for cell in row if cell)


def _body(rows: Sequence[list[str]]) -> Sequence[list[str]]:
    """The rows without the headings (« Locuteur | Texte »)."""
    headings = bool(rows) and len(rows[0]) > 1 and all(folded(cell) in _HEADINGS for cell in rows[0])
    return rows[1:] if headings else rows


def _are_speakers(labels: Sequence[str]) -> bool:
    """Short labels, some of which come back: a form's (« Lieu », « Date ») never do."""
    named = [label.rstrip(" \u00a0\u202f:") for label in labels if label]
    short = all(len(label) <= 40 and len(label.split()) <= 5 and label[-1:] not in ".?!…" for label in named)
    return len(named) >= 2 and short and len(set(named)) < len(named)


def _are_questions(cells: Sequence[str]) -> bool:
    asked = [cell for cell in cells if cell]
    return bool(asked) and 2 * sum(cell.endswith("?") for cell in asked) > len(asked)


def _spoken(pairs: Sequence[Sequence[str]], times: Sequence[float | None]) -> tuple[Stretch, ...]:
    stretches = []
    speaker: str | None = None
    for (label, text), seconds in zip(pairs, times, strict=True):
        speaker = label.rstrip(" \u00a0\u202f:") or speaker
        if text:
            stretches.append(Stretch(text, speaker=speaker, seconds=seconds))
    return tuple(stretches)


def _answered(question: str, answer: str) -> tuple[Stretch, ...]:
    asked = (Stretch(question, role=Role.INTERVIEWER),) if question else ()
    return (*asked, Stretch(answer, role=Role.WITNESS)) if answer else asked


def _seconds(time: str) -> float | None:
    match = _TIME.fullmatch(time)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return float(3600 * hours + 60 * minutes + seconds)
