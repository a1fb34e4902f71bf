"""The rows that follow a testimony's words when some of them change: nothing points beside what it pointed at."""

from collections.abc import Mapping, Sequence
from typing import Any

from voices.naming.shifting import Shift
from voices.store.models import Passage, ShortlistItem, Suggestion, Testimony
from voices.store.search import words

_BATCH = 200
_PLACED = ("start", "end", "sentences", "speaker")
_WORDED = ("text", "lemmas", "question", "previous", "vector")


def move(row: Testimony, shift: Shift, labels: Mapping[str, str]) -> list[int]:
    """The ids of the passages whose vectors are to be computed anew, as their words changed. Within a transaction.

    The testimony's row is changed and not saved; `labels` are the speakers' labels that change.
    """
    old, row.text = row.text, shift.text(row.text)
    row.turns = [
        [*shift.span(start, end), role, labels.get(who, who), *rest] for start, end, role, who, *rest in row.turns
    ]
    passages = list(Passage.objects.select_for_update().filter(testimony=row.pk).order_by("pk"))
    changed = []
    for passage in passages:
        before = (passage.text, passage.question, passage.previous)
        _follow(passage, old, row.text, shift)
        passage.speaker = labels.get(passage.speaker, passage.speaker)[:200]
        if before != (passage.text, passage.question, passage.previous):
            changed.append(passage)
    Passage.objects.bulk_update(passages, _PLACED, batch_size=_BATCH)
    Passage.objects.bulk_update(changed, _WORDED, batch_size=_BATCH)
    _move_evidence(row, shift)
    _move_quotes(row, shift)
    return [passage.pk for passage in changed if passage.vector is None]


def _follow(passage: Passage, old: str, new: str, shift: Shift) -> None:
    passage.question = _copied(passage.question, old, new, passage.start, shift)
    passage.previous = _copied(passage.previous, old, new, passage.start, shift)
    start, end = shift.span(passage.start, passage.end)
    if passage.text != new[start:end]:
        passage.lemmas = _lemmas(passage, new[start:end], start, shift)
        passage.text, passage.vector = new[start:end], None
    passage.start, passage.end = start, end
    passage.sentences = [list(shift.span(*span)) for span in passage.sentences]


def _copied(copy: str, old: str, new: str, before: int, shift: Shift) -> str:
    """What a passage keeps of the words before it, as they are now. What is nowhere there any more is let go."""
    at = old.rfind(copy, 0, before) if copy else -1
    return new[slice(*shift.span(at, at + len(copy)))] if at >= 0 else ""


def _lemmas(passage: Passage, text: str, start: int, shift: Shift) -> str:
    """One lemma a word: those of words that stay, and for a new word, itself: a name has no other lemma."""
    spans, lemmas = words.spans(passage.text), passage.lemmas.split()
    if not lemmas:
        return ""
    known = {
        (shift.place(passage.start + first) - start, passage.text[first:past]): lemma
        for (first, past), lemma in zip(spans, lemmas, strict=False)
        if len(spans) == len(lemmas)
    }
    return " ".join(known.get((first, text[first:past]), text[first:past].lower()) for first, past in words.spans(text))


def _move_evidence(row: Testimony, shift: Shift) -> None:
    suggestions = list(Suggestion.objects.filter(passage__testimony=row.pk))
    for one in suggestions:
        one.codings = [_coding_moved(coding, shift) for coding in one.codings]
    Suggestion.objects.bulk_update(suggestions, ["codings"], batch_size=_BATCH)


def _coding_moved(coding: dict[str, Any], shift: Shift) -> dict[str, Any]:
    evidence = coding.get("evidence")
    if not evidence:
        return coding
    start, end = shift.span(evidence["start"], evidence["end"])
    return {**coding, "evidence": {**evidence, "start": start, "end": end}}


def _move_quotes(row: Testimony, shift: Shift) -> None:
    """The spans of quotes put aside. Their digests stay: they tell a quote whose words changed from the one chosen."""
    items = list(ShortlistItem.objects.filter(passage__testimony=row.pk))
    for item in items:
        item.spans = _spans(item.spans, shift)
    ShortlistItem.objects.bulk_update(items, ["spans"], batch_size=_BATCH)


def _spans(spans: Sequence[Sequence[int]], shift: Shift) -> list[list[int]]:
    return [list(shift.span(start, end)) for start, end in spans]
