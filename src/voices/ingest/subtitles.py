"""Subtitles (.vtt, .srt), however carelessly written: what is not a timing, a number or a note is someone's words."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from voices.ingest.agreeing import agreed
from voices.ingest.cues import Cue, carry_speakers, join_cues
from voices.ingest.document import Document, Parsed, ReadOptions
from voices.ingest.encodings import decode

_LINE_END = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_STAMP = r"(?:\d+\s*:\s*)?\d{1,3}\s*:\s*\d{1,2}(?:[.,]\d{1,9})?"
_TIMING = re.compile(rf"^\s*(?P<start>{_STAMP})\s*-+>\s*(?P<end>{_STAMP})(?:\s.*)?$")
_ALMOST_TIMING = re.compile(r"^\s*\S*\d\S*\s*-->\s*\S*\d")
_NUMBER = re.compile(r"^\s*(?:\d+|[0-9a-fA-F-]{32,36}(?:/\d+(?:-\d+)?)?)\s*$")
_BLOCK = re.compile(r"^(?:NOTE|STYLE|REGION)(?:\s|$)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]+(?P<name>[^<>\n]*))?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<(?:\d+:)?\d+:\d+(?:[.,]\d+)?>|\{\\[^{}]*\}", re.IGNORECASE
)
_UNREAD = re.compile(r"</?(?:c|v|lang|ruby|font)(?:[.\s<]|$)", re.IGNORECASE)
_ROLLING = re.compile(r"<(?:\d+:)?\d+:\d+[.,]\d+><c|</c>")


@dataclass(slots=True, repr=False)
class _Block:
    """The lines found after one timing; `start` and `end` are None where there was none, or it could not be read."""

    start: float | None = None
    end: float | None = None
    lines: list[str] = field(default_factory=list)
    untimed: bool = False


@dataclass(slots=True)
class _Counts:
    bad: int = 0
    notes: int = 0
    repeated: int = 0
    unread: int = 0


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document, a stretch for what each speaker says in one go. Words whose timing cannot be read are kept."""
    del options
    decoded = decode(data)
    lines = _LINE_END.split(decoded.text.removeprefix("\ufeff"))
    counts = _Counts()
    blocks = list(_blocks(_without_notes(lines, counts), counts))
    if _ROLLING.search(decoded.text):
        _drop_repeated(blocks, counts)
    cues = [cue for block in blocks for cue in _voices(block)]
    if any(cue.speaker for cue in cues):
        cues = carry_speakers(cues)
    untimed = sum(block.untimed for block in blocks if block.lines)
    counts.unread = sum(len(_UNREAD.findall(cue.text)) for cue in cues)
    warnings = (*decoded.warnings, *_warnings(counts, untimed))
    return Parsed((Document(join_cues(cues)),), (*decoded.details, *_details(counts)), warnings)


def _without_notes(lines: Sequence[str], counts: _Counts) -> list[str]:
    """The lines without the WEBVTT header and the NOTE, STYLE and REGION blocks."""
    kept: list[str] = []
    skipping = web = bool(lines) and lines[0].lstrip().startswith("WEBVTT")
    blank = True
    for line in lines:
        if not line.strip() or _TIMING.match(line):
            skipping = False
        elif web and blank and not skipping and _BLOCK.match(line):
            skipping = True
            counts.notes += line.startswith("NOTE")
        blank = not line.strip()
        if not skipping:
            kept.append(line)
    return kept


def _blocks(lines: Sequence[str], counts: _Counts) -> Iterator[_Block]:
    block = _Block(untimed=True)
    for rank, line in enumerate(lines):
        timing = _TIMING.match(line)
        if timing and block.start is not None and not block.lines and rank and _TIMING.match(lines[rank - 1]):
            continue  # a timing pasted twice
        if _is_timing(lines, rank):
            yield block
            block = _timed(timing, counts)
        elif line.strip() and not _is_identifier(lines, rank, block):
            if block.lines and (not lines[rank - 1].strip() or _is_number_of_next(lines, rank - 1)):
                yield block
                block = _Block(untimed=True)
            block.lines.append(line)
    yield block


def _timed(timing: re.Match[str] | None, counts: _Counts) -> _Block:
    if timing is None:
        counts.bad += 1
        return _Block()
    return _Block(_seconds(timing["start"]), _seconds(timing["end"]))


def _is_identifier(lines: Sequence[str], rank: int, block: _Block) -> bool:
    """Whether the line names the cue that follows: a number, or anything alone between a blank and a timing."""
    if _is_number_of_next(lines, rank):
        return True
    line = lines[rank].rstrip()
    alone = (rank == 0 or not lines[rank - 1].strip()) and _is_timing(lines, rank + 1)
    return alone and not line.endswith((".", "?", "!", "…")) and (bool(block.lines) or (block.untimed and rank < 4))


def _is_number_of_next(lines: Sequence[str], rank: int) -> bool:
    """Whether the line is a cue's number, which is never the first line under a timing."""
    if not _NUMBER.match(lines[rank]) or (rank and _is_timing(lines, rank - 1)):
        return False
    after_blank = rank == 0 or not lines[rank - 1].strip()
    followed = rank + 1 < len(lines) and bool(lines[rank + 1].strip())
    return _is_timing(lines, rank + 1) or (after_blank and followed)


def _is_timing(lines: Sequence[str], rank: int) -> bool:
    line = lines[rank] if rank < len(lines) else ""
    return _TIMING.match(line) is not None or _ALMOST_TIMING.match(line) is not None


def _drop_repeated(blocks: Sequence[_Block], counts: _Counts) -> None:
    """Take out the lines that automatic captions show again under the next timing."""
    shown: list[str] = []
    for block in blocks:
        lines = [line for line in _whole("\n".join(block.lines)) if line]
        size = next((n for n in range(min(len(shown), len(lines)), 0, -1) if shown[-n:] == lines[:n]), 0)
        counts.repeated += size
        block.lines = lines[size:]
        shown = lines or shown


def _whole(text: str) -> list[str]:
    return [" ".join(line.split()) for line in _TAG.sub("", text).split("\n")]


def _voices(block: _Block) -> Iterator[Cue]:
    """The cues of a block: one a voice. A dash at the head of a line shows another speaker: its line stays apart."""
    text = "\n".join(block.lines)
    heads = list(_VOICE.finditer(text))
    edges = [head.start() for head in heads] + [len(text)]
    cue = Cue("", block.start, block.end)
    if words := _clean(text[: edges[0]]):
        yield replace(cue, text=words)
    for head, end in zip(heads, edges[1:], strict=True):
        name = " ".join(html.unescape(head["name"] or "").split())
        if words := _clean(text[head.end() : end]):
            yield replace(cue, text=words, speaker=name or None)


def _clean(text: str) -> str:
    lines = [" ".join(html.unescape(line).split(" ")).strip() for line in _TAG.sub("", text).split("\n")]
    joined = ""
    for line in filter(None, lines):
        joined += ("" if not joined else "\n" if re.match(r"[-–—]\s", line) else " ") + line
    return joined


def _seconds(stamp: str) -> float:
    parts = re.sub(r"\s", "", stamp).replace(",", ".").split(":")
    return sum(float(part) * unit for part, unit in zip(reversed(parts), (1, 60, 3600), strict=False))


def _details(counts: _Counts) -> Iterator[str]:
    if counts.notes:
        yield f"Notes techniques laissées de côté\u202f: {counts.notes}."
    if counts.repeated:
        yield f"Lignes répétées par le sous-titrage automatique, gardées une fois\u202f: {counts.repeated}."


def _warnings(counts: _Counts, untimed: int) -> Iterator[str]:
    if counts.bad:
        yield f"Minutages illisibles\u202f: {counts.bad}\u202f; les paroles sont gardées."
    if untimed:
        kept = agreed(untimed, "passage gardé à sa place", "passages gardés à leur place")
        yield f"Paroles sans minutage\u202f: {kept}."
    if counts.unread:
        yield f"Balises mal fermées, restées dans les paroles\u202f: {counts.unread}."
