"""Whisper's JSON in its four dialects: openai and faster-whisper, whisper-timestamped, WhisperX, whisper.cpp."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from voices.errors import ReadingError
from voices.ingest.agreeing import agreed
from voices.ingest.cues import Cue, join_cues
from voices.ingest.document import Document, Parsed, ReadOptions
from voices.ingest.encodings import decode
from voices.ingest.json_text import loaded

REPEATS = 4
"""The same segment that many times in a row is the machine's, not the speaker's."""


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document, a stretch for what each speaker says in one go.

    Raises ReadingError where this is not JSON, or not a transcription.
    """
    del options
    decoded = decode(data)
    segments = _segments(_json(decoded.text))
    cues, dropped = _without_repeats([cue for segment in segments for cue in _cues(segment)])
    warnings = decoded.warnings
    if dropped:
        warnings += (
            f"Segments répétés {REPEATS} fois ou plus de suite par la transcription automatique, "
            f"gardés une seule fois\u202f: {agreed(dropped, 'répétition ôtée')}.",
        )
    return Parsed(
        (Document(join_cues(cues)),), (f"Transcription automatique\u202f: {len(segments)} segments.",), warnings
    )


def _json(text: str) -> object:
    try:
        return loaded(text)
    except (ValueError, RecursionError) as error:
        raise ReadingError(
            "Ce fichier n’est pas du JSON bien formé.", "Refaire la transcription ou l’exporter en .vtt ou .srt."
        ) from error


def _segments(found: object) -> list[Mapping[str, Any]]:
    if isinstance(found, dict):
        found = next((found[key] for key in ("segments", "transcription") if isinstance(found.get(key), list)), None)
    if not isinstance(found, list) or not all(isinstance(segment, dict) for segment in found):
        raise ReadingError(
            "Ce fichier JSON ne contient pas de transcription connue.",
            "Donner un fichier produit par Whisper, ou exporter la transcription en .vtt ou .srt.",
        )
    return found


def _cues(segment: Mapping[str, Any]) -> Iterator[Cue]:
    """The segment as one cue, or one a speaker where its words are by several."""
    start, end = _span(segment)
    told = segment.get("words")
    words = [word for word in told if isinstance(word, dict)] if isinstance(told, list) else []
    speaker = _text(segment.get("speaker")) or None
    spoken = list(_by_speaker(words, speaker))
    if len({name for name, _ in spoken}) > 1:
        for name, said in spoken:
            first = next((at for at in (_span(word)[0] for word in said) if at is not None), start)
            last = next((at for at in (_span(word)[1] for word in reversed(said)) if at is not None), end)
            yield Cue(_joined(said), first, last, name)
    else:
        yield Cue(
            _text(segment.get("text")) or _joined(words), start, end, speaker or (spoken[0][0] if spoken else None)
        )


def _by_speaker(
    words: Sequence[Mapping[str, Any]], speaker: str | None
) -> Iterator[tuple[str | None, list[Mapping[str, Any]]]]:
    """Words in runs of one speaker; a word without one belongs to the run before it."""
    named: list[tuple[str | None, Mapping[str, Any]]] = []
    for word in words:
        name = _text(word.get("speaker")) or (named[-1][0] if named else speaker)
        named.append((name, word))
    for name, run in groupby(named, key=lambda pair: pair[0]):
        yield name, [word for _, word in run]


def _joined(words: Iterable[Mapping[str, Any]]) -> str:
    return " ".join(filter(None, (_text(word.get("word") or word.get("text")) for word in words)))


def _span(timed: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """When it begins and ends, in seconds; whisper.cpp gives milliseconds."""
    offsets = timed.get("offsets")
    if isinstance(offsets, dict):
        start, end = _number(offsets.get("from")), _number(offsets.get("to"))
        return (None if start is None else start / 1000), (None if end is None else end / 1000)
    return _number(timed.get("start")), _number(timed.get("end"))


def _number(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _without_repeats(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """The cues, each run of REPEATS or more with the same words kept once, and how many were left out."""
    kept: list[Cue] = []
    dropped = 0
    spoken = (cue for cue in cues if cue.text)
    for _, group in groupby(spoken, key=lambda cue: (cue.text.casefold(), cue.speaker)):
        run = list(group)
        keep = [replace(run[0], end=run[-1].end)] if len(run) >= REPEATS else run
        kept.extend(keep)
        dropped += len(run) - len(keep)
    return kept, dropped
