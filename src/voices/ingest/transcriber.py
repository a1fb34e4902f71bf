"""Transcriber's .trs: the words are what follows each mark (Sync, Who, Event…) inside a turn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from voices.errors import ReadingError
from voices.ingest.agreeing import agreed
from voices.ingest.cues import Cue, join_cues
from voices.ingest.document import Document, Parsed, ReadOptions
from voices.ingest.xml import local_name, parse_xml

UNKNOWN = "Locuteur inconnu"


@dataclass(frozen=True, slots=True, repr=False)
class _Place:
    """Where a turn's reading stands: who speaks, since when."""

    speaker: str
    start: float | None


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document, a stretch for what each speaker says in one go; of people speaking at once, each has theirs.

    Raises ReadingError where this is not a Transcriber file.
    """
    del options
    root = parse_xml(data)
    if local_name(root) != "Trans":
        raise ReadingError(
            "Ce fichier .trs ne vient pas de Transcriber.", "L’ouvrir dans Transcriber et l’enregistrer à nouveau."
        )
    names = {one.get("id", ""): " ".join(one.get("name", "").split()) for one in root.iter("Speaker")}
    cues = [cue for turn in root.iter("Turn") for cue in _turn(turn, names)]
    document = Document(join_cues(cues))
    return Parsed((document,), tuple(_details(root)), tuple(_warnings(root, cues)))


def _turn(turn: etree._Element, names: dict[str, str]) -> Iterator[Cue]:
    speakers = [names.get(one) or one for one in turn.get("speaker", "").split()] or [UNKNOWN]
    place = _Place(speakers[0], _seconds(turn.get("startTime")))
    times = [_seconds(sync.get("time")) for sync in turn.iter("Sync")] + [_seconds(turn.get("endTime"))]
    ends = iter(times[1:])
    words, end = turn.text or "", times[0]
    for mark in turn:
        kind = local_name(mark)
        if kind in ("Sync", "Who"):
            yield _cue(place, words, end)
            words = ""
            place = _moved(mark, place, speakers)
            end = next(ends, None) if kind == "Sync" else end
        words += f" {mark.tail or ''}"
    yield _cue(place, words, end)


def _moved(mark: etree._Element, place: _Place, speakers: list[str]) -> _Place:
    if local_name(mark) == "Sync":
        return _Place(speakers[0], _seconds(mark.get("time")))
    number = mark.get("nb", "")
    known = number.isdecimal() and 1 <= int(number) <= len(speakers)
    return _Place(speakers[int(number) - 1] if known else UNKNOWN, place.start)


def _cue(place: _Place, words: str, end: float | None) -> Cue:
    return Cue(" ".join(words.split()), place.start, end, place.speaker)


def _seconds(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch(r"\s*\d{1,9}(?:\.\d*)?\s*", text) else None


def _details(root: etree._Element) -> Iterator[str]:
    events = sum(1 for _ in root.iter("Event", "Background", "Comment"))
    if events:
        yield f"Bruits, musiques et commentaires du transcripteur, laissés de côté\u202f: {events}."
    topics = sum(1 for topic in root.iter("Topic") if topic.get("desc"))
    if topics:
        yield f"Thèmes notés dans le fichier, non repris\u202f: {topics}."


def _warnings(root: etree._Element, cues: list[Cue]) -> Iterator[str]:
    overlaps = sum(1 for turn in root.iter("Turn") if len(turn.get("speaker", "").split()) > 1)
    if overlaps:
        yield f"Tours où plusieurs personnes parlent à la fois\u202f: {overlaps}\u202f; chacune garde ses paroles."
    unknown = sum(1 for cue in cues if cue.speaker == UNKNOWN and cue.text)
    if unknown:
        yield f"Paroles sans locuteur\u202f: {agreed(unknown, 'passage')}."
