"""Stretches into turns: who speaks, who interviews, one turn for what one speaker says in one go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from voices.domain import Role
from voices.ingest.document import Stretch
from voices.ingest.interviewers import guess_interviewers
from voices.ingest.labels import read_labels
from voices.raw import RawTurn


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns in order, how speakers were recognised, and what a person should check (no names in it)."""

    turns: tuple[RawTurn, ...]
    details: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class _Said:
    stretch: Stretch
    preamble: bool = False


def label_turns(stretches: Sequence[Stretch], *, interviewers: Sequence[str] = ()) -> Turns:
    """The turns that the stretches make. No word is lost but labels and marked times; their order is kept.

    Labels are looked for only in stretches whose format names no speaker and no role. `interviewers` are labels or
    names; where none is given, who interviews is inferred, and nobody is taken for it where that is not clear.
    What comes before the first label of a labelled text (title, date, place) is context: it is given the
    interviewer's role.
    """
    said, typed = _speakers(stretches)
    guess = guess_interviewers(_by_speaker(said), given=interviewers)
    turns = tuple(_merged(_with_role(one, guess.speakers) for one in said))
    details = (*_preamble_detail(said, typed=typed), *guess.details)
    return Turns(turns, details, guess.warnings)


def _speakers(stretches: Sequence[Stretch]) -> tuple[list[_Said], bool]:
    """The stretches with their speakers, label lines taken out, and whether labels were typed in the text."""
    bare = [rank for rank, stretch in enumerate(stretches) if stretch.speaker is None and stretch.role is None]
    lines: dict[int, list[Stretch]] = {}
    typed = False
    for line in read_labels([stretches[rank].text for rank in bare]):
        whole = stretches[bare[line.source]]
        seconds = whole.seconds if line.seconds is None else line.seconds
        typed = typed or line.speaker is not None
        found = replace(whole, text=line.text, speaker=line.speaker, seconds=seconds)
        lines.setdefault(bare[line.source], []).append(found)
    kept = {rank: [stretch] for rank, stretch in enumerate(stretches)} | {rank: [] for rank in bare} | lines
    return _carried(one for rank in range(len(stretches)) for one in kept[rank]), typed


def _carried(stretches: Iterable[Stretch]) -> list[_Said]:
    """Each stretch with the speaker that the last label named; times alone on a line pass to the next words."""
    said: list[_Said] = []
    speaker: str | None = None
    seconds: float | None = None
    stretches = list(stretches)
    labelled = any(stretch.speaker for stretch in stretches)
    for stretch in stretches:
        if stretch.role is None:
            speaker = stretch.speaker or speaker
        seconds = stretch.seconds if stretch.seconds is not None else seconds
        if not stretch.text.strip():
            continue
        known = replace(stretch, speaker=stretch.speaker if stretch.role else speaker, seconds=seconds)
        said.append(_Said(known, preamble=labelled and known.speaker is None and known.role is None))
        seconds = None
    return said


def _by_speaker(said: Sequence[_Said]) -> dict[str, list[str]]:
    """What each speaker of unknown role says, turn by turn."""
    turns: dict[str, list[str]] = {}
    unknown = (one.stretch for one in said if one.stretch.speaker is not None and one.stretch.role is None)
    for speaker, group in groupby(unknown, key=lambda stretch: stretch.speaker or ""):
        turns.setdefault(speaker, []).append("\n".join(stretch.text for stretch in group))
    return turns


def _with_role(said: _Said, interviewers: frozenset[str]) -> RawTurn:
    stretch = said.stretch
    asks = said.preamble or stretch.speaker in interviewers
    role = stretch.role or (Role.INTERVIEWER if asks else Role.WITNESS)
    return RawTurn(stretch.text.strip(), role, stretch.speaker, stretch.empty, stretch.seconds)


def _merged(turns: Iterable[RawTurn]) -> Iterable[RawTurn]:
    for _, group in groupby(turns, key=lambda turn: (turn.speaker, turn.role, turn.empty)):
        same = list(group)
        yield replace(same[0], text="\n".join(turn.text for turn in same))


def _preamble_detail(said: Sequence[_Said], *, typed: bool) -> tuple[str, ...]:
    count = sum(one.preamble for one in said)
    if not count or not typed:
        return ()
    return (f"Lignes d’en-tête avant la première prise de parole\u202f: {count}, gardées comme contexte, non codées.",)
