"""From a testimony as it came to one that may be seen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from voices.domain import Origin, Testimony, Turn
from voices.ports import Progress
from voices.privacy.contacts import MARKS
from voices.privacy.detection import Findings, Part, find, label_parts
from voices.privacy.protection import Correspondence, Protected
from voices.privacy.pseudonyms import cast, dressed
from voices.raw import RawTestimony, RawTurn
from voices.roles import role_of

SEPARATOR = "\n\n"
"""What parts two turns in a testimony's text."""

Replacement = tuple[int, int, str, str]
"""Start, end, kind, what comes instead."""


def protect_all(
    raws: Sequence[RawTestimony], *, keep_names: bool = False, progress: Progress | None = None
) -> tuple[Protected, ...]:
    """The testimonies with names and contact details replaced, in the order given."""
    if keep_names:
        return tuple(Protected(_laid_out(raw, [turn.text for turn in raw.turns], {}, {}), ()) for raw in raws)
    return tuple(_protected(raw, found) for raw, found in zip(raws, find(raws, progress), strict=True))


def _protected(raw: RawTestimony, findings: Sequence[Findings]) -> Protected:
    labels = {turn.speaker: label_parts(turn.speaker) for turn in raw.turns if turn.speaker}
    told = _parts_before(zip((turn.text for turn in raw.turns), (found.parts for found in findings), strict=True))
    names = cast(raw.id, [*told, *_parts_before(labels.items())])
    replaced = [_replacements(turn, found, names) for turn, found in zip(raw.turns, findings, strict=True)]
    speakers = {label: _rewritten(label, _renamed(label, parts, names)) for label, parts in labels.items()}
    texts = [_rewritten(turn.text, found) for turn, found in zip(raw.turns, replaced, strict=True)]
    return Protected(
        _laid_out(replace(raw, origin=_told(raw.origin)), texts, speakers, _counts(replaced)),
        _correspondences(
            [(turn.text, found) for turn, found in zip(raw.turns, replaced, strict=True)]
            + [(label, _renamed(label, parts, names)) for label, parts in labels.items()]
        ),
    )


def _parts_before(texts: Iterable[tuple[str, tuple[Part, ...]]]) -> list[tuple[Part, str]]:
    return [(part, text[part.start - 1 : part.start]) for text, parts in texts for part in parts]


def _replacements(turn: RawTurn, found: Findings, names: Mapping[str, str]) -> list[Replacement]:
    marks = [(span.start, span.end, span.kind, MARKS[span.kind]) for span in found.contacts]
    return sorted([*marks, *_renamed(turn.text, found.parts, names)])


def _renamed(text: str, parts: Iterable[Part], names: Mapping[str, str]) -> list[Replacement]:
    return [
        (part.start, part.end, "personne", dressed(names[part.key], text[part.start : part.end]))
        for part in parts
        if part.key in names
    ]


def _rewritten(text: str, replacements: Iterable[Replacement]) -> str:
    pieces, position = [], 0
    for start, end, _, instead in replacements:
        pieces += [text[position:start], instead]
        position = end
    return "".join([*pieces, text[position:]])


def _counts(replaced: Iterable[Iterable[Replacement]]) -> dict[str, int]:
    """At how many places of the text something was replaced, by kind: a first name and a family name are two."""
    return dict(sorted(Counter(kind for found in replaced for _, _, kind, _ in found).items()))


def _correspondences(texts: Iterable[tuple[str, Iterable[Replacement]]]) -> tuple[Correspondence, ...]:
    every = [
        Correspondence(kind, text[start:end], instead)
        for text, replacements in texts
        for start, end, kind, instead in replacements
    ]
    return tuple(dict.fromkeys(every))


def _laid_out(
    raw: RawTestimony, texts: Sequence[str], speakers: Mapping[str, str], replaced: Mapping[str, int]
) -> Testimony:
    turns, position = [], 0
    for turn, text in zip(raw.turns, texts, strict=True):
        speaker = speakers.get(turn.speaker, turn.speaker) if turn.speaker else turn.speaker
        turns.append(Turn(position, position + len(text), turn.role, speaker, turn.empty, turn.seconds))
        position += len(text) + len(SEPARATOR)
    text = SEPARATOR.join(texts)
    return Testimony(raw.id, text, tuple(turns), raw.origin, raw.consent, replaced, raw.terms)


def _told(origin: Origin) -> Origin:
    """The origin, less a role that is somebody's name (« Kerbrat » in the column of roles)."""
    named = origin.role is not None and role_of(origin.role) is None and label_parts(origin.role)
    return replace(origin, role=None) if named else origin
